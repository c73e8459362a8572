"""What every service begins with: who may, the lock, and the rows of a unit that hold on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import ADMINISTRATIVE, Office, Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.foundation.policies import UNITS
from nhipcau.records.organisations.models import (
    Change,
    Dated,
    FocalPoint,
    Hierarchy,
    ParentLink,
    UnitCode,
    UnitVersion,
)
from nhipcau.records.organisations.policies import require_places, require_reach
from nhipcau.records.organisations.services.drafting import Draft
from nhipcau.records.organisations.services.writing import lock_tree

D = TypeVar("D", bound=Dated)


def begin(by: Actor, *units: Unit) -> list[Unit]:
    """Ask the policy, wait for the tree, and read the units again; in the order in which they were given."""
    require_reach(by, *units)
    lock_tree()
    rows = {row.pk: row for row in UNITS.scope(by).select_for_update().filter(pk__in=[u.pk for u in units])}
    for unit in units:
        UNITS.require(by, Permission.UNIT_MANAGE, unit if unit.pk not in rows else None)
    return [rows[unit.pk] for unit in units]


def ask_places(by: Actor, draft: Draft) -> None:
    """Ask the policy about every place in the tree that a draft opens or ends."""
    ended = [end.row for end in draft.ends if isinstance(end.row, ParentLink)]
    links = [row for row in (*draft.links, *ended) if row.hierarchy == ADMINISTRATIVE]
    require_places(by, moved=[row.unit for row in links], parents=[row.parent for row in links])


def shown(day: date) -> str:
    """A day as sentences write it."""
    return date_format(day, "SHORT_DATE_FORMAT")


def version_on(unit: Unit, day: date) -> UnitVersion:
    """What the unit is on a day; ``ValidationError`` where it does not exist then."""
    row = UnitVersion.objects.select_related("unit").filter(in_force(day), unit=unit).first()
    if row is None:
        raise ValidationError(_("“%(unit)s” does not exist on %(day)s.") % {"unit": unit, "day": shown(day)})
    return row


def last_version(unit: Unit, day: date) -> UnitVersion:
    """The version that an act of a day would end: it began before, and nothing comes after it."""
    row = version_on(unit, day)
    if row.valid_from >= day:
        raise ValidationError(
            _("“%(unit)s” begins on %(day)s; it must have begun before what happens to it.")
            % {"unit": unit, "day": shown(row.valid_from)}
        )
    return row


def end_unit(draft: Draft, change: Change, unit: Unit, *, spare: Iterable[int] = ()) -> None:
    """Close everything that holds of a unit on the act's day: version, places, codes, duties, registers.

    ``spare`` are units (ids) below it that the act itself places elsewhere. Raises ``ValidationError`` where
    others still stand below it, or later acts are entered already.
    """
    day = change.in_force_on
    row = last_version(unit, day)
    _refuse_later(unit, row, day)
    _refuse_below(unit, day, spare)
    draft.end(row, change)
    later = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    for rows in (
        ParentLink.objects.filter(later, unit=unit),
        UnitCode.objects.filter(later, unit=unit),
        FocalPoint.objects.filter(later & (Q(unit=unit) | Q(holder=unit))),
    ):
        for each in rows.select_related("unit"):
            draft.end(each, change)
    for office in Office.objects.filter(unit=unit, closed_on__isnull=True):
        draft.close(office, change)


def children_on(unit: Unit, day: date) -> list[ParentLink]:
    """The places directly below a unit on a day or after it, in every hierarchy."""
    later = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    return list(
        ParentLink.objects.filter(later, parent=unit).select_related("unit").order_by("hierarchy", "unit_id")
    )


def end_of_life(unit: Unit, day: date) -> date | None:
    """Until before which day the unit exists without a break, from a day on; ``None`` without end."""
    end: date | None = day
    rows = UnitVersion.objects.filter(unit=unit, valid_to__gt=day) | UnitVersion.objects.filter(
        unit=unit, valid_to__isnull=True
    )
    for row in rows.order_by("valid_from"):
        if end is not None and row.valid_from <= end:
            end = row.valid_to
    return end


def earliest(*days: date | None) -> date | None:
    """The earliest of some ends, of which ``None`` means without end."""
    known = [day for day in days if day is not None]
    return min(known) if known else None


def require_hierarchy(hierarchy: str) -> None:
    """Refuse a hierarchy that there is not."""
    if hierarchy not in Hierarchy.values:
        raise ValidationError(_("There is no hierarchy “%(name)s”.") % {"name": hierarchy})


def _refuse_later(unit: Unit, row: UnitVersion, day: date) -> None:
    versions = UnitVersion.objects.filter(unit=unit, valid_from__gt=day).values_list("valid_from", flat=True)
    links = ParentLink.objects.filter(unit=unit, valid_from__gte=day).values_list("valid_from", flat=True)
    when = earliest(row.valid_to, versions.first(), links.first())
    if when is not None:
        raise ValidationError(
            _("“%(unit)s” has a later change, of %(day)s; undo that one first.")
            % {"unit": unit, "day": shown(when)}
        )


def _refuse_below(unit: Unit, day: date, spare: Iterable[int]) -> None:
    spared = set(spare)
    below = [link for link in children_on(unit, day) if link.unit_id not in spared]
    if below:
        raise ValidationError(
            _("%(count)s units stand below “%(unit)s” on %(day)s, first “%(first)s”; move or end them first.")
            % {"count": len(below), "unit": unit, "day": shown(day), "first": below[0].unit}
        )
