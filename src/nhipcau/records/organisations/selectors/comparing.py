"""One level of the tree on a day beside another day: who is new, gone, named or placed anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import ADMINISTRATIVE, Ancestor, Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.organisations.models import BOUNDARIES, ParentLink, Succession, UnitVersion
from nhipcau.records.organisations.policies import PLACES, SUCCESSIONS, VERSIONS
from nhipcau.records.organisations.selectors.tree import one_of

#: From the centre down, as lists show them.
_RANK = Case(
    *(When(level=level, then=place) for place, level in enumerate(Unit.Level.values)),
    default=Value(len(Unit.Level.values)),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """What happened to a unit between two days, told from the earlier to the later one.

    ``was`` and ``above`` are the older name and the older parent where these differ; ``sources`` are those
    from whom it took over, ``heirs`` those to whom it went.
    """

    is_new: bool = False
    is_gone: bool = False
    was: str = ""
    above: str = ""
    sources: tuple[Succession, ...] = ()
    heirs: tuple[Succession, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.is_new or self.is_gone or self.was or self.above or self.sources or self.heirs)


@dataclass(frozen=True, slots=True)
class Twig:
    """A unit of a level: as it is called on its day, how many stand below it, and how it differs."""

    unit: Unit
    version: UnitVersion
    below: int
    difference: Difference


@dataclass(frozen=True, slots=True)
class Level:
    """The units of a level; ``others`` stand in it on the other day only; ``more``: there is more."""

    twigs: tuple[Twig, ...]
    others: tuple[Twig, ...]
    more: bool


def level(
    *,
    by: Actor,
    day: date,
    other: date,
    below: Unit | None = None,
    hierarchy: str = ADMINISTRATIVE,
    start: int = 0,
    limit: int = 200,
) -> Level:
    """The units directly below one (or below none) on a day, ``limit`` from ``start`` on."""
    here = _members(below, day, hierarchy)
    rows = list(_called(by, here, day)[start : start + limit + 1])
    shown, more = rows[:limit], len(rows) > limit
    gone: list[UnitVersion] = []
    if day != other and not start:
        there = _left(below, other, day, hierarchy)
        gone = list(_called(by, there, other).exclude(unit__in=here)[:limit])
    ids = [row.unit_id for row in (*shown, *gone)]
    told = differences(by=by, units=ids, day=day, other=other, hierarchy=hierarchy)
    counts = _counts(shown, day, hierarchy) | _counts(gone, other, hierarchy)

    def twig(row: UnitVersion) -> Twig:
        return Twig(row.unit, row, counts.get(row.unit_id, 0), told.get(row.unit_id, Difference()))

    return Level(tuple(map(twig, shown)), tuple(map(twig, gone)), more)


def differences(
    *, by: Actor, units: Iterable[int], day: date, other: date, hierarchy: str = ADMINISTRATIVE
) -> dict[int, Difference]:
    """How units (ids) differ between two days; those of which nothing differs are left out."""
    ids, (first, last) = list(units), sorted((day, other))
    if first == last or not ids:
        return {}
    sources, heirs = _handed(by, ids, first, last)
    # Between a day and the one before it hardly anything begins or ends: who does is found first.
    touched = _touched(by, ids, first, last, hierarchy) | sources.keys() | heirs.keys()
    ids = [pk for pk in ids if pk in touched]
    if not ids:
        return {}
    before, after = _names(by, ids, first), _names(by, ids, last)
    stood, stands = (_parents(by, ids, each, hierarchy) for each in (first, last))
    found = {}
    for pk in ids:
        both = pk in before and pk in after
        found[pk] = Difference(
            is_new=pk not in before and pk in after,
            is_gone=pk in before and pk not in after,
            was=before[pk] if both and before[pk] != after[pk] else "",
            above=_moved(stood.get(pk), stands.get(pk)) if both else "",
            sources=tuple(sources[pk]),
            heirs=tuple(heirs[pk]),
        )
    return {pk: one for pk, one in found.items() if one}


def _members(below: Unit | None, day: date, hierarchy: str) -> QuerySet[Any, Any]:
    """The ids of the units of a level on a day, for a subquery."""
    placed = ParentLink.objects.filter(in_force(day), hierarchy=hierarchy)
    if below is not None:
        return placed.filter(parent=below).values("unit_id")
    standing = Ancestor.objects.filter(in_force(day), hierarchy=hierarchy, depth=0)
    heads = standing.exclude(unit__in=placed.values("unit_id"))
    if hierarchy != ADMINISTRATIVE:
        heads = heads.filter(unit__in=placed.values("parent_id"))
    return heads.values("unit_id")


def _left(below: Unit | None, day: date, now: date, hierarchy: str) -> QuerySet[Any, Any]:
    """The ids of the units of a level on a day that may have left it by another day, for a subquery."""
    if below is None:
        return _members(below, day, hierarchy)
    placed = ParentLink.objects.filter(in_force(day), hierarchy=hierarchy, parent=below)
    return placed.exclude(in_force(now)).values("unit_id")


def _touched(by: Actor, ids: list[int], first: date, last: date, hierarchy: str) -> set[int]:
    """Those of the units (ids) of which a name or place begins or ends in the span."""
    begins = Q(valid_from__gt=first, valid_from__lte=last)
    ends = Q(valid_to__gt=first, valid_to__lte=last)
    versions: QuerySet[Any, Any] = VERSIONS.scope(by).filter(begins | ends, one_of("unit", ids))
    places = PLACES.scope(by).filter(begins | ends, one_of("unit", ids), hierarchy=hierarchy)
    return set(versions.values_list("unit_id").union(places.values_list("unit_id")).values_list(flat=True))


def _called(by: Actor, ids: QuerySet[Any, Any], day: date) -> QuerySet[UnitVersion]:
    rows = VERSIONS.scope(by).filter(in_force(day), unit__in=ids).select_related("unit")
    return rows.order_by(_RANK, "sort_key", "unit_id")


def _counts(rows: list[UnitVersion], day: date, hierarchy: str) -> dict[int, int]:
    if not rows:
        return {}
    ids = [row.unit_id for row in rows]
    links = ParentLink.objects.filter(in_force(day), one_of("parent", ids), hierarchy=hierarchy)
    return dict(links.values_list("parent_id").annotate(n=Count("pk")).order_by())


def _names(by: Actor, ids: list[int], day: date) -> dict[int, str]:
    rows = VERSIONS.scope(by).filter(in_force(day), one_of("unit", ids))
    return dict(rows.values_list("unit_id", "name"))


def _parents(by: Actor, ids: list[int], day: date, hierarchy: str) -> dict[int, tuple[int, str]]:
    rows = PLACES.scope(by).filter(in_force(day), one_of("unit", ids), hierarchy=hierarchy)
    return {unit: (parent, name) for unit, parent, name in rows.values_list("unit", "parent", "parent__name")}


def _moved(stood: tuple[int, str] | None, stands: tuple[int, str] | None) -> str:
    return stood[1] if stood and (stands is None or stands[0] != stood[0]) else ""


def _handed(
    by: Actor, ids: list[int], first: date, last: date
) -> tuple[dict[int, list[Succession]], dict[int, list[Succession]]]:
    """What units took over, and what they gave, later than one day and at latest on another."""
    rows = SUCCESSIONS.scope(by).filter(
        Q(one_of("predecessor", ids)) | Q(one_of("successor", ids)),
        in_force_on__gt=first,
        in_force_on__lte=last,
        kind__in=BOUNDARIES,
    )
    sources: dict[int, list[Succession]] = defaultdict(list)
    heirs: dict[int, list[Succession]] = defaultdict(list)
    for row in rows.select_related("predecessor", "successor").order_by("predecessor__name", "id"):
        sources[row.successor_id].append(row)
        heirs[row.predecessor_id].append(row)
    return sources, heirs
