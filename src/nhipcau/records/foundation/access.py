"""All authority on two screens: what may be done, and which roles may do it.

Roles are stored by their short codes; a code is never reused or renamed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Permission(StrEnum):
    """What may be done. The value is what logs and pages show to administrators."""

    # Units and people
    UNIT_VIEW = "units.view"
    UNIT_MANAGE = "units.manage"
    ACCOUNT_VIEW = "accounts.view"
    ACCOUNT_MANAGE = "accounts.manage"
    GRANT_GIVE = "grants.give"
    # Documents
    DOCUMENT_VIEW = "documents.view"
    PAPER_RECEIVE = "documents.receive"
    DOCUMENT_CONFIRM = "documents.confirm"
    DOCUMENT_CORRECT = "documents.correct"
    DOCUMENT_VOID = "documents.void"
    DOCUMENT_MERGE = "documents.merge"
    DOCUMENT_EXPORT = "documents.export"
    MENTION_LINK = "documents.link"
    RELATION_DECIDE = "documents.relate"
    STUB_ENTER = "documents.stub"
    # Work in the background, and the trail
    JOB_VIEW = "jobs.view"
    JOB_RETRY = "jobs.retry"
    TRAIL_VIEW = "trail.view"


@dataclass(frozen=True, slots=True)
class Role:
    """A role as an administrator gives it: ``sentence`` tells what its holder does."""

    code: str
    name: StrPromise
    sentence: StrPromise
    permissions: frozenset[Permission]


_READS = frozenset(
    {Permission.UNIT_VIEW, Permission.DOCUMENT_VIEW, Permission.DOCUMENT_EXPORT, Permission.JOB_VIEW}
)
_WORKS = _READS | {
    Permission.PAPER_RECEIVE,
    Permission.MENTION_LINK,
    Permission.RELATION_DECIDE,
    Permission.JOB_RETRY,
}
_REGISTERS = _WORKS | {
    Permission.DOCUMENT_CONFIRM,
    Permission.DOCUMENT_CORRECT,
    Permission.DOCUMENT_VOID,
    Permission.DOCUMENT_MERGE,
    Permission.STUB_ENTER,
}

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role(
            "clerk",
            _("Clerk"),
            _("Receives papers, confirms what was read and gives register numbers."),
            _REGISTERS,
        ),
        Role(
            "officer",
            _("Officer"),
            _("Brings in papers, links what they cite and decides how documents hang together."),
            _WORKS,
        ),
        Role(
            "head",
            _("Head"),
            _("Reads everything of the office and its trail, and decides how documents hang together."),
            _WORKS | {Permission.TRAIL_VIEW},
        ),
        Role(
            "consolidator",
            _("Consolidator"),
            _("Reads everything of the office and takes it out for reports."),
            _READS,
        ),
        Role(
            "administrator",
            _("Administrator"),
            _("Sets up units, accounts and grants; sees jobs and the trail, but no documents."),
            frozenset(
                {
                    Permission.UNIT_VIEW,
                    Permission.UNIT_MANAGE,
                    Permission.ACCOUNT_VIEW,
                    Permission.ACCOUNT_MANAGE,
                    Permission.GRANT_GIVE,
                    Permission.JOB_VIEW,
                    Permission.JOB_RETRY,
                    Permission.TRAIL_VIEW,
                }
            ),
        ),
        Role(
            "auditor",
            _("Auditor"),
            _("Reads all records of the office and the trail; writes nothing."),
            _READS | {Permission.ACCOUNT_VIEW, Permission.TRAIL_VIEW},
        ),
    )
}

# The product itself, at first start and in the demo: sets up the first unit and the first account, no more.
SYSTEM = Role(
    "system",
    _("System"),
    _("The product itself while it is set up."),
    frozenset(
        {
            Permission.UNIT_VIEW,
            Permission.UNIT_MANAGE,
            Permission.ACCOUNT_VIEW,
            Permission.ACCOUNT_MANAGE,
            Permission.GRANT_GIVE,
        }
    ),
)


def permissions_of(roles: tuple[str, ...]) -> frozenset[Permission]:
    """What the holder of these role codes may do; unknown codes give nothing."""
    known = {**ROLES, SYSTEM.code: SYSTEM}
    return frozenset().union(*(known[code].permissions for code in roles if code in known))
