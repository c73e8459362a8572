"""Co-ordination: another unit is let into one record of the office, for a time, and out again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.records.foundation import events
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor, office_of
from nhipcau.records.foundation.models import Owned, Unit, UnitRole
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.foundation.policies import UNIT_ROLES
from nhipcau.records.foundation.references import kind_named, kind_of, lending, refer


@transaction.atomic
def share_record(
    *, by: Actor, record: Owned, unit: Unit, valid_to: date | None = None, why: str = ""
) -> UnitRole:
    """Let the people of ``unit`` read a record of the own office from today on, until before a day.

    Raises ``ValidationError`` where they read it anyway, or nobody could: a unit without an office.
    """
    row = lending(kind_of(record)).lock(by, Permission.RECORD_SHARE, record)
    if valid_to is not None and valid_to <= by.on:
        raise ValidationError({"valid_to": _("Choose a day after today, or leave it open.")})
    _require_other_office(by, unit)
    shared = UnitRole(
        record=refer(row),
        office=row.office,
        unit=unit,
        role=UnitRole.Role.COORDINATION,
        valid_from=by.on,
        valid_to=valid_to,
    )
    if _standing(shared, by.on).exists():
        raise ValidationError({"unit": _("%(unit)s reads along already.") % {"unit": unit.name}})
    shared.full_clean()
    shared.save()
    changes: dict[str, tuple[Any, Any]] = {"reader": (None, unit.name), "valid_to": (None, valid_to)}
    events.record(by=by, verb="share", record=row, changes=changes, why=why)
    return shared


@transaction.atomic
def end_sharing(*, by: Actor, shared: UnitRole, why: str = "") -> UnitRole:
    """Let a unit out of a record again, at once. Ending what has ended changes nothing and is refused."""
    role = UNIT_ROLES.lock(by, Permission.RECORD_SHARE, shared)
    if role.role != UnitRole.Role.COORDINATION or not _standing(role, by.on).exists():
        raise ValidationError(_("This unit does not read along any more."))
    kind = kind_named(role.record.kind)
    record = kind.model._default_manager.get(public_id=role.record.record)
    changes = {"reader": (role.unit.name, None), "valid_to": (role.valid_to, by.on)}
    role.valid_to = by.on
    role.full_clean()
    role.save(update_fields=["valid_to"])
    events.record(by=by, verb="end_share", record=record, changes=changes, why=why)
    return role


def _require_other_office(by: Actor, unit: Unit) -> None:
    office = office_of(unit, on=by.on)
    if office is None:
        raise ValidationError({"unit": _("Nobody of %(unit)s works here yet.") % {"unit": unit.name}})
    if by.office is not None and office.pk == by.office.pk:
        raise ValidationError(
            {"unit": _("%(unit)s belongs to your own office and reads it anyway.") % {"unit": unit.name}}
        )


def _standing(role: UnitRole, on: date) -> Any:
    """The rows of the same unit and role in the same record that hold on the day."""
    return UnitRole.objects.filter(in_force(on), record=role.record, unit=role.unit, role=role.role)
