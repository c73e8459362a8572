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
    # Records of any kind
    RECORD_SHARE = "records.share"
    # Work in the background, and the trail
    JOB_VIEW = "jobs.view"
    JOB_RETRY = "jobs.retry"
    TRAIL_VIEW = "trail.view"


#: Each permission in words, as a refusal and the table of rights show it.
SENTENCES: dict[Permission, StrPromise] = {
    Permission.UNIT_VIEW: _("See the units and their tree."),
    Permission.UNIT_MANAGE: _("Found, rename, move and end units, and open offices."),
    Permission.ACCOUNT_VIEW: _("See who works in the office and which roles they hold."),
    Permission.ACCOUNT_MANAGE: _("Invite people, unlock, switch off and switch on their accounts."),
    Permission.GRANT_GIVE: _("Give and end roles, in the own unit and below."),
    Permission.DOCUMENT_VIEW: _("See the papers and documents of the office."),
    Permission.PAPER_RECEIVE: _("Bring papers in."),
    Permission.DOCUMENT_CONFIRM: _("Confirm what was read and give register numbers."),
    Permission.DOCUMENT_CORRECT: _("Correct the card of a document in the register."),
    Permission.DOCUMENT_VOID: _("Void a document in the register."),
    Permission.DOCUMENT_MERGE: _("Merge documents entered twice, and undo it."),
    Permission.DOCUMENT_EXPORT: _("Take lists of documents out as files."),
    Permission.MENTION_LINK: _("Link a citation with the document that it means."),
    Permission.RELATION_DECIDE: _("Decide how documents hang together."),
    Permission.STUB_ENTER: _("Enter the stub of a paper that bears a secrecy mark."),
    Permission.RECORD_SHARE: _("Let another unit read along in a record of the office, and end it."),
    Permission.JOB_VIEW: _("See the work in the background."),
    Permission.JOB_RETRY: _("Try failed work again."),
    Permission.TRAIL_VIEW: _("See who did what in the office."),
}


@dataclass(frozen=True, slots=True)
class Role:
    """A role as an administrator gives it: ``sentence`` tells what its holder does.

    Who approves or administers must sign in with a second factor; who administers is locked sooner when idle.
    """

    code: str
    name: StrPromise
    sentence: StrPromise
    permissions: frozenset[Permission]
    approves: bool = False
    administers: bool = False

    @property
    def needs_second_factor(self) -> bool:
        """Whether a password alone is not enough."""
        return self.approves or self.administers


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
            _("Reads everything of the office and its trail, and decides who else may read along."),
            _WORKS | {Permission.RECORD_SHARE, Permission.TRAIL_VIEW},
            approves=True,
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
            administers=True,
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


def may_give(codes: tuple[str, ...]) -> frozenset[str]:
    """The codes of the roles that the holder of these may give to others: all, to who may give any."""
    return frozenset(ROLES) if Permission.GRANT_GIVE in permissions_of(codes) else frozenset()


def roles_of(codes: tuple[str, ...]) -> list[Role]:
    """The roles with these codes; unknown ones are left out."""
    return [ROLES[code] for code in codes if code in ROLES]


def permissions_of(roles: tuple[str, ...]) -> frozenset[Permission]:
    """What the holder of these role codes may do; unknown codes give nothing."""
    known = {**ROLES, SYSTEM.code: SYSTEM}
    return frozenset().union(*(known[code].permissions for code in roles if code in known))
