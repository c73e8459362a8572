"""What units of any day are now, on which days the tree changed, and how many units a day has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import ADMINISTRATIVE, Ancestor, Unit
from nhipcau.records.foundation.models.base import holds, in_force
from nhipcau.records.organisations.models import Change, Succession, UnitVersion
from nhipcau.records.organisations.policies import CHANGES, PLACES, VERSIONS
from nhipcau.records.organisations.selectors.history import steps_from
from nhipcau.records.organisations.selectors.search import matching
from nhipcau.records.organisations.selectors.tree import called_on

_TREE = (Change.Kind.CODE, Change.Kind.DUTY)


@dataclass(frozen=True, slots=True)
class Heir:
    """Who stands on a day for a unit: itself, or who took over all or a part (``extent``) of it."""

    version: UnitVersion
    extent: str


def heirs(*, by: Actor, units: Iterable[int], on: date) -> dict[int, list[Heir]]:
    """What units (ids) of whatever day are on a day: themselves while they live, else who took over."""
    ids = set(units)
    steps: dict[int, list[Succession]] = defaultdict(list)
    for row in steps_from(by, ids, "predecessor", None, on).values():
        steps[row.predecessor_id].append(row)
    met = ids | {row.successor_id for rows in steps.values() for row in rows}
    living = called_on(by=by, units=met, on=on)
    return {pk: _heirs(pk, steps, living) for pk in ids}


def _heirs(unit: int, steps: dict[int, list[Succession]], living: dict[int, UnitVersion]) -> list[Heir]:
    if unit in living:
        return [Heir(living[unit], Succession.Extent.WHOLE)]
    found: dict[int, Heir] = {}
    seen, waiting = {unit}, [(unit, Succession.Extent.WHOLE.value)]
    while waiting:
        here, extent = waiting.pop(0)
        for row in steps.get(here, ()):
            came = row.extent if extent == Succession.Extent.WHOLE else extent
            if row.successor_id in living:
                found.setdefault(row.successor_id, Heir(living[row.successor_id], came))
            elif row.successor_id not in seen:
                seen.add(row.successor_id)
                waiting.append((row.successor_id, came))
    return list(found.values())


def days_around(*, by: Actor, on: date) -> tuple[date | None, date | None]:
    """The last day before a day, and the first one after it, on which the tree changed."""
    rows = CHANGES.scope(by).filter(undone_at__isnull=True).exclude(kind__in=_TREE)
    earlier = rows.filter(in_force_on__lt=on).aggregate(day=Max("in_force_on"))["day"]
    later = rows.filter(in_force_on__gt=on).aggregate(day=Min("in_force_on"))["day"]
    return earlier, later


def census(
    *, by: Actor, on: date, below: Unit | None = None, hierarchy: str = ADMINISTRATIVE
) -> dict[str, dict[str, int]]:
    """How many units there are on a day (below one, without itself), by level and type."""
    rows = VERSIONS.scope(by).filter(in_force(on))
    if below is not None or hierarchy != ADMINISTRATIVE:
        held = Ancestor.objects.filter(in_force(on), hierarchy=hierarchy)
        held = held.filter(ancestor=below, depth__gt=0) if below else held.filter(depth__gt=0)
        rows = rows.filter(unit__in=held.values("unit_id"))
    found: dict[str, dict[str, int]] = {level: {} for level in Unit.Level.values}
    for level, kind, count in rows.values_list("level", "type").annotate(n=Count("pk")).order_by("-n"):
        found[level][kind] = count
    return {level: kinds for level, kinds in found.items() if kinds}


def found_on(*, by: Actor, words: str, on: date | None, level: str = "") -> QuerySet[UnitVersion]:
    """The names that fit the words: of units that exist on a day, under any name they bore; or of all days.

    A unit whose name of the day fits is found once, by that name.
    """
    rows = matching(by=by, words=words).select_related("unit")
    if level:
        rows = rows.filter(level=level)
    if on is None:
        return rows
    alive: QuerySet[Any, Any] = VERSIONS.scope(by).filter(in_force(on), unit=OuterRef("unit"))
    fits = matching(by=by, words=words).filter(in_force(on), unit=OuterRef("unit"))
    return rows.filter(Exists(alive)).filter(in_force(on) | ~Exists(fits))


def above(*, by: Actor, rows: Iterable[UnitVersion]) -> dict[int, str]:
    """Below which unit each version's unit stood when it began, as that was called then; by version (id)."""
    wanted = list(rows)
    links = list(
        PLACES.scope(by)
        .filter(unit__in=[row.unit_id for row in wanted], hierarchy=ADMINISTRATIVE)
        .order_by("valid_from")
    )
    names: dict[int, list[UnitVersion]] = defaultdict(list)
    for version in VERSIONS.scope(by).filter(unit__in={link.parent_id for link in links}):
        names[version.unit_id].append(version)
    found = {}
    for row in wanted:
        day = row.valid_from
        link = next(
            (one for one in links if one.unit_id == row.unit_id and holds(day, one.valid_from, one.valid_to)),
            None,
        )
        called = (
            next((one for one in names[link.parent_id] if holds(day, one.valid_from, one.valid_to)), None)
            if link
            else None
        )
        if called is not None:
            found[row.pk] = called.name
    return found
