"""Units begin and end, and keep registers of their own as offices."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.records.foundation import events
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import ADMINISTRATIVE, Office, Unit
from nhipcau.records.foundation.policies import UNITS
from nhipcau.records.organisations.models import Change
from nhipcau.records.organisations.policies import require_reach
from nhipcau.records.organisations.services.drafting import Basis, Draft, Facts
from nhipcau.records.organisations.services.standing import (
    begin,
    end_of_life,
    end_unit,
    require_hierarchy,
    shown,
    version_on,
)
from nhipcau.records.organisations.services.writing import write


@transaction.atomic
def found_unit(
    *,
    by: Actor,
    name: str,
    level: str,
    founded_on: date,
    short_name: str = "",
    type: str = "",  # noqa: A002 (the word of the field, as on the page)
    pillar: str = "",
    parent: Unit | None = None,
    hierarchy: str = ADMINISTRATIVE,
    basis: Basis | None = None,
) -> Unit:
    """Found a unit on a day, below ``parent`` or as the top of its tree.

    Raises ``ValidationError`` where the parent does not exist on that day.
    """
    above = begin(by, *([parent] if parent else []))
    require_hierarchy(hierarchy)
    facts = Facts(name.strip(), level, type, short_name, pillar)
    draft = Draft()
    unit = draft.unit(facts)
    unit.full_clean()
    change = draft.act(Change.Kind.FOUND, unit, founded_on, basis)
    draft.version(change, unit, facts)
    if above:
        version_on(above[0], founded_on)
        draft.place(change, unit, above[0], hierarchy, until=end_of_life(above[0], founded_on))
    write(draft)
    changes = events.creation(unit, "name", "short_name", "level", "pillar")
    changes |= {"parent": (None, parent), "founded_on": (None, founded_on)}
    events.record(by=by, verb="found", record=unit, changes=changes)
    return unit


@transaction.atomic
def close_unit(*, by: Actor, unit: Unit, closed_on: date, basis: Basis | None = None, why: str = "") -> Unit:
    """End a unit: from the day on it stands nowhere in any tree, bears no code, and keeps no registers.

    Raises ``ValidationError`` where units still stand below it on that day, it began on it or later, or
    later acts are entered already.
    """
    (row,) = begin(by, unit)
    draft = Draft()
    end_unit(draft, draft.act(Change.Kind.CLOSE, row, closed_on, basis), row)
    write(draft)
    events.record(by=by, verb="close", record=row, changes={"closed_on": (None, closed_on)}, why=why)
    return row


@transaction.atomic
def open_office(*, by: Actor, unit: Unit, opened_on: date, why: str = "") -> Office:
    """Let a unit keep registers of its own from a day on; a second time changes nothing.

    An office that was closed goes on from the very day of its closing, as if that had not been. Raises
    ``ValidationError`` where the unit does not exist on the day, or the closed office would have a gap.
    """
    require_reach(by, unit)
    row = UNITS.lock(by, Permission.UNIT_MANAGE, unit)
    version_on(row, opened_on)
    office, made = Office.objects.get_or_create(unit=row, defaults={"opened_on": opened_on})
    if office.closed_on is not None:
        _go_on(office, opened_on)
    elif not made:
        return office
    events.record(by=by, verb="open_office", record=row, changes={"opened_on": (None, opened_on)}, why=why)
    return office


@transaction.atomic
def close_office(*, by: Actor, office: Office, on: date, why: str = "") -> Office:
    """Let a unit keep no more registers from a day on; what was registered stays, under the office above.

    Raises ``ValidationError`` where the office is closed already, or was opened on that day or later.
    """
    require_reach(by, office.unit)
    unit = UNITS.lock(by, Permission.UNIT_MANAGE, office.unit)
    row = Office.objects.select_for_update().get(pk=office.pk)
    if row.closed_on is not None:
        raise ValidationError(_("This office was closed on %(day)s.") % {"day": shown(row.closed_on)})
    if on <= row.opened_on:
        told = _("This office was opened on %(day)s; it closes on a later day.")
        raise ValidationError({"on": told % {"day": shown(row.opened_on)}})
    row.closed_on = on
    row.save(update_fields=["closed_on"])
    events.record(by=by, verb="close_office", record=unit, changes={"closed_on": (None, on)}, why=why)
    return row


def _go_on(office: Office, day: date) -> None:
    """Open a closed office again, without a day between: its numbers would be nobody's then."""
    if office.closed_on != day:
        closed = shown(office.closed_on) if office.closed_on else ""
        told = _("This office was closed on %(day)s; it can only go on from that very day.") % {"day": closed}
        raise ValidationError({"on": told})
    office.closed_on = None
    office.save(update_fields=["closed_on"])
