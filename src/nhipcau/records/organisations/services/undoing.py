"""Takes back the last act that touched a unit: what it opened goes, what it closed is open again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.records.foundation import events
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Grant, Office, Unit
from nhipcau.records.organisations.models import Change, FocalPoint, ParentLink, Succession, UnitVersion
from nhipcau.records.organisations.policies import require_places, require_reach
from nhipcau.records.organisations.services.standing import begin, shown
from nhipcau.records.organisations.services.writing import TABLES, settle, told


@transaction.atomic
def undo_last(*, by: Actor, unit: Unit, why: str = "") -> Change:
    """Undo the last act that touched a unit, for all units that it touched, and return it.

    The act itself is kept, marked as undone; row versions keep what it wrote. Raises ``ValidationError``
    where there is none, a later act touched another of its units, or people or registers hang on a unit
    that it founded.
    """
    (row,) = begin(by, unit)
    change = last_change(row)
    if change is None:
        raise ValidationError(_("Nothing of “%(unit)s” can be undone.") % {"unit": row})
    touched = units_of(change)
    require_reach(by, *Unit.objects.filter(pk__in=touched))
    _refuse_later(change, touched)
    _refuse_inhabited(change)
    own, beside = _placed(change)
    links = _links(change).select_related("unit", "parent")
    require_places(by, moved=[row.unit for row in links], parents=[row.parent for row in links])
    with told():
        Succession.objects.filter(change=change).delete()
        for model in TABLES.values():
            model._default_manager.filter(opened_by=change).delete()
        _reopen(change)
    change.undone_at, change.undone_by = timezone.now(), by.account
    change.save(update_fields=["undone_at", "undone_by"])
    if own or beside:
        settle(own, beside)
    changes = {"change": (str(change), None), "on": (change.in_force_on, None)}
    events.record(by=by, verb="undo", record=change.unit, changes=changes, why=why)
    return change


def units_of(change: Change) -> set[int]:
    """The ids of all units of which the act opened or closed a row."""
    found: set[int] = set()
    for model in TABLES.values():
        fields = ("unit_id", "holder_id") if model is FocalPoint else ("unit_id",)
        for rows in (
            model._default_manager.filter(opened_by=change),
            model._default_manager.filter(closed_by=change),
        ):
            found |= {pk for row in rows.values_list(*fields) for pk in row}
    pairs = Succession.objects.filter(change=change).values_list("predecessor_id", "successor_id")
    return found | {pk for pair in pairs for pk in pair}


def last_change(unit: Unit) -> Change | None:
    """The act that would be undone: the one entered last of those that a row of the unit speaks of."""
    acts = _acts_on({unit.pk})
    return Change.objects.select_related("unit").get(pk=max(acts)) if acts else None


def _acts_on(ids: set[int]) -> set[int]:
    """The acts (ids) of which a row of these units still speaks."""
    found: set[int | None] = set()
    for model in TABLES.values():
        named = Q(unit__in=ids) | Q(holder__in=ids) if model is FocalPoint else Q(unit__in=ids)
        rows = model._default_manager.filter(named)
        found |= {pk for row in rows.values_list("opened_by_id", "closed_by_id") for pk in row}
    handed = Succession.objects.filter(predecessor__in=ids) | Succession.objects.filter(successor__in=ids)
    found |= set(handed.values_list("change_id", flat=True))
    return {pk for pk in found if pk is not None}


def _refuse_later(change: Change, touched: set[int]) -> None:
    last = max(_acts_on(touched))
    if last > change.pk:
        later = Change.objects.select_related("unit").get(pk=last)
        raise ValidationError(
            _("A later change touches the same units: %(change)s, %(day)s. Undo that one first.")
            % {"change": later, "day": shown(later.in_force_on)}
        )


def _refuse_inhabited(change: Change) -> None:
    """A unit that would exist on no day may hold neither registers nor roles."""
    opened = UnitVersion.objects.filter(opened_by=change).values("unit_id")
    others = UnitVersion.objects.exclude(opened_by=change).values("unit_id")
    founded = Unit.objects.filter(pk__in=opened).exclude(pk__in=others)
    held = (
        Office.objects.filter(unit__in=founded).select_related("unit").first()
        or Grant.objects.filter(unit__in=founded).select_related("unit").first()
    )
    if held is not None:
        raise ValidationError(
            _("“%(unit)s” keeps registers or has people; its founding cannot be undone.")
            % {"unit": held.unit}
        )


def _placed(change: Change) -> tuple[set[int], set[int]]:
    """The units whose lines in the tree the act touched, and the parents beside them."""
    versions = UnitVersion.objects.filter(opened_by=change) | UnitVersion.objects.filter(closed_by=change)
    pairs = list(_links(change).values_list("unit_id", "parent_id"))
    own = set(versions.values_list("unit_id", flat=True)) | {unit for unit, _parent in pairs}
    return own, {parent for _unit, parent in pairs}


def _links(change: Change) -> QuerySet[ParentLink]:
    """The places in the tree that the act opened or ended."""
    return ParentLink.objects.filter(opened_by=change) | ParentLink.objects.filter(closed_by=change)


def _reopen(change: Change) -> None:
    for label, model in TABLES.items():
        ends: dict[int, tuple[str | None, int | None]] = {
            pk: (valid_to, closed_by) for pk, valid_to, closed_by in change.ended.get(label, [])
        }
        rows: dict[int, Any] = model._default_manager.in_bulk(list(ends))
        for pk, row in rows.items():
            valid_to, row.closed_by_id = ends[pk]
            row.valid_to = date.fromisoformat(valid_to) if valid_to else None
        model._default_manager.bulk_update(rows.values(), ["valid_to", "closed_by"])
    closed = Office.objects.filter(pk__in=change.ended.get("offices", []), closed_on=change.in_force_on)
    closed.update(closed_on=None)
