"""Every write of the foundation that a person asks for, one subject a module.

May import the foundation's models, policies and events. Go on with ``accounts.py`` (who signs in) and
``grants.py`` (what they may do).
"""

from nhipcau.records.foundation.services.accounts import change_password, create_account, set_active
from nhipcau.records.foundation.services.grants import end_grant, give_grant
from nhipcau.records.foundation.services.refusals import refuse

__all__ = ["change_password", "create_account", "end_grant", "give_grant", "refuse", "set_active"]
