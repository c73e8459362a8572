"""Every write of the foundation that a person asks for, one subject a module.

May import the foundation's models, policies and events. Go on with ``accounts.py`` (who signs in) and
``grants.py`` (what they may do).
"""

from nhipcau.records.foundation.services.accounts import create_account, set_active
from nhipcau.records.foundation.services.grants import end_grant, give_grant
from nhipcau.records.foundation.services.passwords import change_password
from nhipcau.records.foundation.services.refusals import refuse
from nhipcau.records.foundation.services.sessions import end_sessions, mark_session_seen
from nhipcau.records.foundation.services.signing import keep_failure, keep_success, unlock

__all__ = [
    "change_password",
    "create_account",
    "end_grant",
    "end_sessions",
    "give_grant",
    "keep_failure",
    "keep_success",
    "mark_session_seen",
    "refuse",
    "set_active",
    "unlock",
]
