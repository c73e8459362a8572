"""The tables of the foundation, one subject a module.

May import Django, pghistory and each other downwards; holds tables and constraints, no business verbs.
Go on with ``base.py`` (what every model has), then ``units.py`` and ``trail.py``.
"""

from nhipcau.records.foundation.models.accounts import Account
from nhipcau.records.foundation.models.attachments import Attachment
from nhipcau.records.foundation.models.base import Addressed, Owned, versioned
from nhipcau.records.foundation.models.grants import Grant
from nhipcau.records.foundation.models.imports import Import, KnownHeading
from nhipcau.records.foundation.models.jobs import Job
from nhipcau.records.foundation.models.personal import AccessLog, PersonalField, PersonRequest, Retention
from nhipcau.records.foundation.models.references import Reference
from nhipcau.records.foundation.models.refusals import Refusal
from nhipcau.records.foundation.models.signing import Attempt, FormerPassword, Invitation
from nhipcau.records.foundation.models.trail import Event, EventValue, Seal, ValueText
from nhipcau.records.foundation.models.unit_roles import UnitRole
from nhipcau.records.foundation.models.units import ADMINISTRATIVE, Ancestor, Office, Unit

__all__ = [
    "ADMINISTRATIVE",
    "AccessLog",
    "Account",
    "Addressed",
    "Ancestor",
    "Attachment",
    "Attempt",
    "Event",
    "EventValue",
    "FormerPassword",
    "Grant",
    "Import",
    "Invitation",
    "Job",
    "KnownHeading",
    "Office",
    "Owned",
    "PersonRequest",
    "PersonalField",
    "Reference",
    "Refusal",
    "Retention",
    "Seal",
    "Unit",
    "UnitRole",
    "ValueText",
    "versioned",
]
