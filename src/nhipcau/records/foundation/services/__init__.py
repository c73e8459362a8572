"""Every write of the foundation that a person asks for, one subject a module.

May import the foundation's models, policies and events. Go on with ``accounts.py`` (who signs in) and
``grants.py`` (what they may do).
"""

from nhipcau.records.foundation.services.accounts import create_account, lock_unused, set_active
from nhipcau.records.foundation.services.factors import (
    add_passkey,
    add_totp,
    clear_factors,
    make_codes,
    remove_factor,
)
from nhipcau.records.foundation.services.grants import cancel_grant, end_grant, give_grant
from nhipcau.records.foundation.services.imports import (
    check_again,
    choose_columns,
    confirm_import,
    drop_import,
    keep_import,
    keep_layout,
    keep_preview,
    keep_progress,
    keep_written,
    stop_import,
)
from nhipcau.records.foundation.services.invitations import (
    accept_invitation,
    bind_house,
    invite,
    make_link,
    open_invitation,
)
from nhipcau.records.foundation.services.passwords import change_password
from nhipcau.records.foundation.services.refusals import refuse
from nhipcau.records.foundation.services.sessions import end_sessions, mark_session_seen
from nhipcau.records.foundation.services.sharing import end_sharing, share_record
from nhipcau.records.foundation.services.signing import keep_failure, keep_success, unlock

__all__ = [
    "accept_invitation",
    "add_passkey",
    "add_totp",
    "bind_house",
    "cancel_grant",
    "change_password",
    "check_again",
    "choose_columns",
    "clear_factors",
    "confirm_import",
    "create_account",
    "drop_import",
    "end_grant",
    "end_sessions",
    "end_sharing",
    "give_grant",
    "invite",
    "keep_failure",
    "keep_import",
    "keep_layout",
    "keep_preview",
    "keep_progress",
    "keep_success",
    "keep_written",
    "lock_unused",
    "make_codes",
    "make_link",
    "mark_session_seen",
    "open_invitation",
    "refuse",
    "remove_factor",
    "set_active",
    "share_record",
    "stop_import",
    "unlock",
]
