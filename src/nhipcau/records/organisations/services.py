"""Units come into being, take their place in the tree, and become offices.

Every change closes dated rows and opens new ones, so that the tree of any day can still be asked.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.reading.text import fold
from nhipcau.records.foundation import events
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import ADMINISTRATIVE, Ancestor, Office, Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.foundation.policies import UNITS


@transaction.atomic
def found_unit(
    *,
    by: Actor,
    name: str,
    level: str,
    founded_on: date,
    short_name: str = "",
    pillar: str = "",
    parent: Unit | None = None,
    hierarchy: str = ADMINISTRATIVE,
) -> Unit:
    """Found a unit on a day, below ``parent`` or as the top of its tree.

    Raises ``ValidationError`` where the parent does not exist on that day.
    """
    UNITS.require(by, Permission.UNIT_MANAGE)
    unit = Unit(
        name=name, short_name=short_name, level=level, pillar=pillar, folded=folded_name(name, short_name)
    )
    unit.full_clean()
    unit.save()
    _place(unit, parent, founded_on, hierarchy)
    changes = events.creation(unit, "name", "short_name", "level", "pillar")
    changes |= {"parent": (None, parent), "founded_on": (None, founded_on)}
    events.record(by=by, verb="found", record=unit, changes=changes)
    return unit


@transaction.atomic
def close_unit(*, by: Actor, unit: Unit, closed_on: date, why: str = "") -> Unit:
    """End a unit: from the day on it stands nowhere in any tree, and its office keeps no registers.

    Raises ``ValidationError`` where units still stand below it on that day, or it was not there before.
    """
    row = UNITS.lock(by, Permission.UNIT_MANAGE, unit)
    below = Ancestor.objects.filter(in_force(closed_on), ancestor=row, depth__gt=0)
    if below.exists():
        raise ValidationError(_("Units still stand below this one on that day."))
    ended = Ancestor.objects.filter(in_force(closed_on), unit=row, valid_from__lt=closed_on)
    if not ended.update(valid_to=closed_on):
        raise ValidationError(_("The unit does not exist before that day."))
    Office.objects.filter(unit=row, closed_on__isnull=True).update(closed_on=closed_on)
    events.record(by=by, verb="close", record=row, changes={"closed_on": (None, closed_on)}, why=why)
    return row


@transaction.atomic
def open_office(*, by: Actor, unit: Unit, opened_on: date) -> Office:
    """Let a unit keep registers of its own from a day on; a second time changes nothing."""
    row = UNITS.lock(by, Permission.UNIT_MANAGE, unit)
    office, made = Office.objects.get_or_create(unit=row, defaults={"opened_on": opened_on})
    if made:
        changes = {"opened_on": (None, opened_on)}
        events.record(by=by, verb="open_office", record=row, changes=changes)
    return office


def folded_name(name: str, short_name: str) -> str:
    """The words by which a unit is found."""
    return fold(f"{name} {short_name}")


def _place(unit: Unit, parent: Unit | None, day: date, hierarchy: str) -> None:
    """Write the rows of the ancestor table: itself, the parent, and all above it on the day."""
    rows = [Ancestor(unit=unit, ancestor=unit, hierarchy=hierarchy, depth=0, valid_from=day)]
    if parent is not None:
        rows += _above(unit, parent, day, hierarchy)
    Ancestor.objects.bulk_create(rows)


def _above(unit: Unit, parent: Unit, day: date, hierarchy: str) -> list[Ancestor]:
    lines = list(parent.ancestor_rows.filter(in_force(day), hierarchy=hierarchy))
    if not lines:
        raise ValidationError(_("The parent unit does not exist on that day."))
    return [
        Ancestor(
            unit=unit,
            ancestor_id=line.ancestor_id,
            hierarchy=hierarchy,
            depth=line.depth + 1,
            valid_from=day,
            valid_to=line.valid_to,
        )
        for line in lines
    ]
