"""Units of one day in the boundaries of another: what is whole, in part, uncertain, and by which acts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import cast

from nhipcau.reckoning import boundaries
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import ADMINISTRATIVE, Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.foundation.policies import UNITS
from nhipcau.records.organisations.models import BOUNDARIES, Succession, UnitVersion
from nhipcau.records.organisations.policies import PLACES, VERSIONS
from nhipcau.records.organisations.selectors.history import steps_from


@dataclass(frozen=True, slots=True)
class Piece:
    """How much of ``older`` is in ``newer``, and the successions that led from the one to the other."""

    older: Unit
    newer: Unit
    extent: str
    share: Decimal | None
    paths: tuple[tuple[Succession, ...], ...]


@dataclass(frozen=True, slots=True)
class Landing:
    """A unit of the other day as it is called then; ``within``: how much of it lies in what was asked."""

    unit: Unit
    version: UnitVersion
    within: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Translation:
    """``lost`` went nowhere, wholly or in part; ``absent`` did not exist on the day to begin with.

    ``dissolved`` ended and nobody took over: they are where the units below them went, as a district is.
    """

    landings: tuple[Landing, ...]
    lost: tuple[Unit, ...]
    absent: tuple[Unit, ...]
    dissolved: tuple[Unit, ...] = ()


def translate(
    *, by: Actor, units: Iterable[Unit], start: date, end: date, kinds: Collection[str] = BOUNDARIES
) -> Translation:
    """Units as they are on ``start`` in the boundaries of ``end``, which may be earlier or later."""
    asked = set(UNITS.scope(by).filter(pk__in=[u.pk for u in units]).values_list("pk", flat=True))
    steps = _steps(by, asked, start, end, kinds)
    below = _below(by, asked, start, end, steps)
    if below:
        steps = _steps(by, asked.union(*below.values()), start, end, kinds)
    ids = asked.union(*below.values())
    ids |= {pk for row in steps.values() for pk in (row.predecessor_id, row.successor_id)}
    versions = _versions(ids)
    lives = {pk: [(row.valid_from, row.valid_to) for row in rows] for pk, rows in versions.items()}
    done = boundaries.Boundaries(map(_plain, steps.values()), lives, below).translate(asked, start, end)
    known = UNITS.scope(by).in_bulk(list(ids))

    def shown(piece: boundaries.Piece) -> Piece:
        # A step that no act says leads from a district to its communes: there is no row of it.
        paths = tuple(tuple(steps[key] for key in path if key in steps) for path in piece.paths)
        return Piece(known[piece.older], known[piece.newer], piece.extent, piece.share, paths)

    landings = [
        Landing(known[one.unit], _on(versions[one.unit], end), one.within, tuple(map(shown, one.pieces)))
        for one in done.landings
    ]
    landings.sort(key=lambda one: (one.version.sort_key, one.unit.pk))
    named = (tuple(known[pk] for pk in ids) for ids in (done.lost, done.absent, sorted(below)))
    return Translation(tuple(landings), *named)


def _below(
    by: Actor, asked: set[int], start: date, end: date, steps: dict[int, Succession]
) -> dict[int, list[int]]:
    """The units asked for that ended with nobody taking over, and the units of a lower level then below them.

    Departments of a body stand on its level: they are no part of a territory.
    """
    if start >= end:
        return {}
    gave = {(row.predecessor_id, row.in_force_on) for row in steps.values()}
    last: dict[int, UnitVersion] = {}
    for row in UnitVersion.objects.filter(unit__in=asked).order_by("valid_from"):
        last[row.unit_id] = row
    ended: dict[date, dict[int, str]] = defaultdict(dict)
    for pk, row in last.items():
        day = row.valid_to
        if day is not None and start < day <= end and (pk, day) not in gave:
            ended[day - timedelta(days=1)][pk] = row.level
    found: dict[int, list[int]] = defaultdict(list)
    for eve, levels in ended.items():
        stood = PLACES.scope(by).filter(in_force(eve), parent__in=levels, hierarchy=ADMINISTRATIVE)
        pairs = dict(stood.values_list("unit_id", "parent_id"))
        for part in VERSIONS.scope(by).filter(in_force(eve), unit__in=pairs):
            above = pairs[part.unit_id]
            if part.level in _lower(levels[above]):
                found[above].append(part.unit_id)
    return found


def _lower(level: str) -> list[str]:
    ladder = list(Unit.Level.values)
    return ladder[ladder.index(level) + 1 :]


def _steps(
    by: Actor, asked: set[int], start: date, end: date, kinds: Collection[str]
) -> dict[int, Succession]:
    """All successions between the two days that say what became of the units, and of what else."""
    first, then = ("predecessor", "successor") if start <= end else ("successor", "predecessor")
    after, until = min(start, end), max(start, end)
    found = steps_from(by, asked, first, after, until, kinds)
    reached = asked | {pk for row in found.values() for pk in (row.predecessor_id, row.successor_id)}
    found |= steps_from(by, reached, then, after, until, kinds)
    # How much of another unit lies here is only known when all that it became is known.
    others = {pk for row in found.values() for pk in (row.predecessor_id, row.successor_id)}
    return found | steps_from(by, others, "predecessor", after, until, kinds)


def _versions(ids: set[int]) -> dict[int, list[UnitVersion]]:
    found: dict[int, list[UnitVersion]] = defaultdict(list)
    for row in UnitVersion.objects.filter(unit__in=ids).order_by("valid_from"):
        found[row.unit_id].append(row)
    return found


def _on(rows: list[UnitVersion], day: date) -> UnitVersion:
    return next(row for row in rows if row.valid_from <= day and (row.valid_to is None or day < row.valid_to))


def _plain(row: Succession) -> boundaries.Step:
    extent = cast("boundaries.Extent", row.extent)
    return boundaries.Step(row.pk, row.predecessor_id, row.successor_id, row.in_force_on, extent, row.share)
