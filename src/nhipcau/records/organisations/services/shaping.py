"""Units are called and typed anew, and take another place in a tree; what was before stays as it was."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.records.foundation import events
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import ADMINISTRATIVE, Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.organisations.models import Change, ParentLink, UnitVersion
from nhipcau.records.organisations.services.drafting import Basis, Draft, Facts, facts_of
from nhipcau.records.organisations.services.standing import (
    ask_places,
    begin,
    earliest,
    end_of_life,
    require_hierarchy,
    shown,
    version_on,
)
from nhipcau.records.organisations.services.writing import write


@transaction.atomic
def rename_unit(
    *,
    by: Actor,
    unit: Unit,
    on: date,
    name: str | None = None,
    short_name: str | None = None,
    type: str | None = None,  # noqa: A002 (the word of the field, as on the page)
    level: str | None = None,
    pillar: str | None = None,
    basis: Basis | None = None,
) -> UnitVersion:
    """Give a unit another name, type, level or pillar from a day on; ``None`` leaves what there is.

    It holds until the next change that is entered already. Raises ``ValidationError`` where the unit does not
    exist on that day, has changed on that very day, or nothing would change.
    """
    (row,) = begin(by, unit)
    old = version_on(row, on)
    facts = facts_of(old, name=name, short_name=short_name, type=type, level=level, pillar=pillar)
    _refuse_nothing(facts != facts_of(old))
    _refuse_same_day(row, old.valid_from, on)
    draft = Draft()
    change = draft.act(Change.Kind.RENAME, row, on, basis)
    new = draft.version(change, row, facts, until=old.valid_to)
    new.closed_by = old.closed_by
    new.full_clean(exclude=["unit", "opened_by", "closed_by"], validate_constraints=False)
    draft.end(old, change)
    write(draft)
    changes = {
        field: (getattr(old, field) or None, getattr(new, field) or None)
        for field in Facts.__dataclass_fields__
        if getattr(old, field) != getattr(new, field)
    }
    events.record(by=by, verb="rename", record=row, changes=changes | {"on": (None, on)})
    return new


@transaction.atomic
def move_unit(
    *,
    by: Actor,
    unit: Unit,
    parent: Unit | None,
    on: date,
    hierarchy: str = ADMINISTRATIVE,
    basis: Basis | None = None,
) -> ParentLink | None:
    """Place a unit below another in one hierarchy from a day on; without ``parent`` it stands at the top.

    All that stands below it goes with it. Raises ``ValidationError`` where either does not exist on that day,
    the place began on that very day, nothing would change, or the unit would stand below itself.
    """
    (row,) = begin(by, unit)
    require_hierarchy(hierarchy)
    version_on(row, on)
    old = ParentLink.objects.filter(in_force(on), unit=row, hierarchy=hierarchy).first()
    _refuse_nothing((old.parent_id if old else None) != (parent.pk if parent else None))
    if old is not None:
        _refuse_same_day(row, old.valid_from, on)
    draft = Draft()
    change = draft.act(Change.Kind.MOVE, row, on, basis)
    until, closed_by = (old.valid_to, old.closed_by) if old else (_next_place(row, on, hierarchy), None)
    if old is not None:
        draft.end(old, change)
    new = None
    if parent is not None:
        _refuse_itself(row, parent)
        version_on(parent, on)
        until = earliest(until, end_of_life(row, on), end_of_life(parent, on))
        new = draft.place(change, row, parent, hierarchy, until=until)
        new.closed_by = closed_by
    ask_places(by, draft)
    write(draft)
    changes = {
        "parent": (old.parent if old else None, parent),
        "hierarchy": (None, hierarchy),
        "on": (None, on),
    }
    events.record(by=by, verb="move", record=row, changes=changes)
    return new


def _next_place(unit: Unit, day: date, hierarchy: str) -> date | None:
    """The day from which a place is entered already."""
    rows = ParentLink.objects.filter(unit=unit, hierarchy=hierarchy, valid_from__gt=day)
    following = rows.order_by("valid_from").first()
    return following.valid_from if following else None


def _refuse_itself(unit: Unit, parent: Unit) -> None:
    if unit.pk == parent.pk:
        raise ValidationError(_("A unit cannot be its own parent."))


def _refuse_nothing(differs: bool) -> None:
    if not differs:
        raise ValidationError(_("Nothing would change."))


def _refuse_same_day(unit: Unit, began: date, day: date) -> None:
    if began == day:
        raise ValidationError(
            _("“%(unit)s” has a change on %(day)s already; undo that one, or choose another day.")
            % {"unit": unit, "day": shown(day)}
        )
