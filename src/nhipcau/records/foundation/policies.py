"""Who may: one object per kind of record, asked inside every service, so that no door can forget.

``scope`` says which rows there are for an actor, ``allows`` whether something may be done.
Outside scope a record does not exist (``NotFound``); inside, but not allowed, the reason
is told (``Forbidden``).
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from nhipcau.records.foundation.access import SENTENCES, Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import (
    ADMINISTRATIVE,
    Account,
    Ancestor,
    Event,
    Grant,
    Import,
    Job,
    KnownHeading,
    Owned,
    PersonRequest,
    Unit,
    UnitRole,
)
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.foundation.rules import rule

M = TypeVar("M", bound=models.Model)
O = TypeVar("O", bound=Owned)  # noqa: E741 (an owned record)
#: The rule by which an office reads the records in which a unit below it has a role.
SEES_ROLES_BELOW = "SB-02"


class NotFound(Exception):  # noqa: N818 (it is an answer, as in Django's Http404)
    """There is no such record for this actor; whether it exists elsewhere is not told."""


class Forbidden(Exception):  # noqa: N818 (the same)
    """The record is within scope, but the actor's roles do not allow this; ``str()`` is the reason."""


class Policy(Generic[M]):
    """The two questions for one kind. Subclasses say which rows; roles say what may be done."""

    def __init__(self, model: type[M], *, view: Permission) -> None:
        self.view = view
        self.every: QuerySet[M] = model._default_manager.all()

    def within(self, actor: Actor) -> Q:
        """The condition that a row is within the actor's reach, leaving aside what the roles allow."""
        raise NotImplementedError

    def scope(self, actor: Actor, rows: QuerySet[M] | None = None) -> QuerySet[M]:
        """The rows that exist for this actor: none where no role allows to view them."""
        return self._viewed(actor, self.within(actor), rows)

    def _viewed(self, actor: Actor, reach: Q, rows: QuerySet[M] | None) -> QuerySet[M]:
        """The rows within a reach, for who may view such rows at all."""
        every = self.every.all() if rows is None else rows
        return every.filter(reach) if self.view in actor.permissions else every.none()

    def kept(self, actor: Actor, rows: QuerySet[M] | None = None) -> QuerySet[M]:
        """The rows within scope that belong on the actor's own lists."""
        return self.scope(actor, rows)

    def lent(self, actor: Actor, rows: QuerySet[M] | None = None) -> QuerySet[M]:
        """The rows of other offices in which the actor's unit has a role: none where a kind has no such."""
        return self.scope(actor, rows).none()

    def allows(self, actor: Actor, permission: Permission, row: M | None = None) -> bool:
        """Whether the actor may do this, to this row where one is named."""
        if permission not in actor.permissions:
            return False
        return row is None or self.scope(actor).filter(pk=row.pk).exists()

    def require(self, actor: Actor, permission: Permission, row: M | None = None) -> None:
        """Raise ``NotFound`` where the row is outside scope, ``Forbidden`` where no role allows it."""
        if row is not None and not self.scope(actor).filter(pk=row.pk).exists():
            raise NotFound
        if permission not in actor.permissions:
            raise Forbidden(_("None of your roles allows this: %(what)s") % {"what": SENTENCES[permission]})

    def fetch(self, actor: Actor, public_id: UUID | str, *, rows: QuerySet[M] | None = None) -> M:
        """The row with this public id within scope, else ``NotFound`` (also for what is no id at all)."""
        try:
            found = self.scope(actor, rows).filter(public_id=public_id).first()
        except (ValidationError, ValueError):
            found = None
        if found is None:
            raise NotFound
        return found

    def lock(self, actor: Actor, permission: Permission, row: M) -> M:
        """What services start with: ``require``, then the row read again and locked until the end."""
        self.require(actor, permission, row)
        return self.every.select_for_update().get(pk=row.pk)


class OwnedPolicy(Policy[O]):
    """Records of an office: its own people work with them, others may read them where something says so.

    ``below`` names the dated rule that lets an office read the records of all offices below. ``kind`` is the
    kind's code, where units may have roles in its records: a unit reads the records in which it has one.
    """

    def __init__(self, model: type[O], *, view: Permission, below: str = "", kind: str = "") -> None:
        super().__init__(model, view=view)
        self.below = below
        self.kind = kind

    def within(self, actor: Actor) -> Q:
        """The own office, and what it left when closed; offices below by rule; where the unit has a role."""
        left = Q(office__in=actor.closed)
        if actor.office is None or actor.unit is None:
            return left
        reach = Q(office=actor.office) | left
        if self.below and rule(self.below, on=actor.on):
            reach |= Q(office__in=offices_below(actor))
        return reach | self._with_role(actor) if self.kind else reach

    def kept(self, actor: Actor, rows: QuerySet[O] | None = None) -> QuerySet[O]:
        """The rows within scope that the actor's own office keeps: what its registers and counts show.

        Asked by the office alone: the other ways into scope would cost every list their subqueries.
        """
        own = Q(pk__in=[]) if actor.office is None else Q(office=actor.office)
        return self._viewed(actor, own, rows)

    def lent(self, actor: Actor, rows: QuerySet[O] | None = None) -> QuerySet[O]:
        """The rows of closed offices of one's own, and of others in which the actor's unit has a role."""
        reach = Q(office__in=actor.closed)
        if self.kind and actor.office is not None:
            reach |= self._with_role(actor)
        return self._viewed(actor, reach, rows).exclude(office=actor.office)

    def require(self, actor: Actor, permission: Permission, row: O | None = None) -> None:
        """As every policy; who does not keep a record may read it, no more."""
        super().require(actor, permission, row)
        if row is not None and permission != self.view and not self.keeps(actor, row):
            raise Forbidden(_("Another office keeps this record. You may read it, but not change it."))

    def allows(self, actor: Actor, permission: Permission, row: O | None = None) -> bool:
        """As every policy; who does not keep a record may read it, no more."""
        kept = row is None or permission == self.view or self.keeps(actor, row)
        return kept and super().allows(actor, permission, row)

    def keeps(self, actor: Actor, row: O) -> bool:
        """Whether the row belongs to the actor's own office, as far as the row says: no query."""
        return actor.office is not None and row.office_id == actor.office.pk

    def _with_role(self, actor: Actor) -> Q:
        roles = roles_of_unit(actor).filter(record__kind=self.kind)
        return Q(public_id__in=roles.values("record__record"))


def roles_of_unit(actor: Actor) -> QuerySet[UnitRole]:
    """The roles in records that let the actor read them on the actor's day.

    Those of the own unit and office; those of units below where the dated rule says so, but of these none
    that was given for co-ordination: that was meant for the unit alone.
    """
    units = Q(unit__in=[actor.unit, actor.office.unit_id if actor.office else None])
    if rule(SEES_ROLES_BELOW, on=actor.on):
        units |= Q(unit__in=offices_below(actor)) & ~Q(role=UnitRole.Role.COORDINATION)
    return UnitRole.objects.filter(units, in_force(actor.on))


def offices_below(actor: Actor) -> QuerySet[Ancestor, Any]:
    """The units at or below the actor's unit on the actor's day (ids, for a subquery)."""
    rows = Ancestor.objects.filter(in_force(actor.on), hierarchy=ADMINISTRATIVE, ancestor=actor.unit)
    return rows.values("unit_id")


class SharedPolicy(Policy[M]):
    """Shared reference: the same for all offices, seen by everybody whose role views it."""

    def within(self, actor: Actor) -> Q:  # noqa: ARG002 (the same for all)
        """Every row."""
        return Q()


class AccountPolicy(Policy[Account]):
    """Accounts with a grant at or below the actor's unit; the product itself sees all."""

    def within(self, actor: Actor) -> Q:
        """By grants, ended ones too, so that who left can still be looked up."""
        if actor.is_system:
            return Q()
        return Q(pk__in=Grant.objects.filter(unit__in=offices_below(actor)).values("account_id"))

    def require(self, actor: Actor, permission: Permission, row: Account | None = None) -> None:
        """As every policy; and nobody manages the account of who also works where he does not administer.

        A new password or link opens the whole account, with its roles in other offices.
        """
        super().require(actor, permission, row)
        if row is None or permission != Permission.ACCOUNT_MANAGE or actor.is_system:
            return
        left = row.grants.exclude(valid_to__lte=actor.on)
        if left.exclude(unit__in=offices_below(actor)).exists():
            raise Forbidden(_("This person works in another office, too. Who administers both may do this."))


class GrantPolicy(Policy[Grant]):
    """Grants at or below the actor's unit; the product itself sees all."""

    def within(self, actor: Actor) -> Q:
        """By the unit of the grant."""
        return Q() if actor.is_system else Q(unit__in=offices_below(actor))


class ImportPolicy(OwnedPolicy[Import]):
    """Files brought in by the own office, for registers into which the actor may bring files."""

    def _viewed(self, actor: Actor, reach: Q, rows: QuerySet[Import] | None) -> QuerySet[Import]:
        """No role views imports as such: by the permission that the register asked for when the file came."""
        every = self.every.all() if rows is None else rows
        return every.filter(reach, needs__in=[*actor.permissions])


class EventPolicy(Policy[Event]):
    """Events of the own office."""

    def within(self, actor: Actor) -> Q:
        """By the office that the event kept."""
        if actor.office is None:
            return Q(pk__in=[])
        return Q(office_id=actor.office.unit.public_id)


ACCOUNTS = AccountPolicy(Account, view=Permission.ACCOUNT_VIEW)
GRANTS = GrantPolicy(Grant, view=Permission.ACCOUNT_VIEW)
UNITS = SharedPolicy(Unit, view=Permission.UNIT_VIEW)
JOBS = OwnedPolicy(Job, view=Permission.JOB_VIEW)
IMPORTS = ImportPolicy(Import, view=Permission.JOB_VIEW)
HEADINGS = OwnedPolicy(KnownHeading, view=Permission.JOB_VIEW)
PERSON_REQUESTS = OwnedPolicy(PersonRequest, view=Permission.ACCOUNT_VIEW)
# Whoever sees the records sees who reads along in them; so far these are documents.
UNIT_ROLES = OwnedPolicy(UnitRole, view=Permission.DOCUMENT_VIEW)
EVENTS = EventPolicy(Event, view=Permission.TRAIL_VIEW)
