"""Translates units from the boundaries of one day into those of another, forwards and backwards in time.

Units are numbers here. A step says that on a day a predecessor gave the whole or a part of itself to a
successor; the rest of a predecessor that lives on stays with it. What one unit became is a set of branches;
several branches that meet again in one unit make up the whole. A unit that ended with no successor, but with
others below it whose territory was its own, goes where these go: a district where its communes went.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

Extent = Literal["whole", "part", "uncertain"]
Period = tuple[date, date | None]

_FIRMNESS: tuple[Extent, ...] = ("whole", "part", "uncertain")
_DAY = timedelta(days=1)
_ONE = Decimal(1)
#: No territory changed hands more often; a circle of steps on one day ends here.
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Step:
    """``predecessor`` gave ``extent`` of itself (``share`` of its figures, if known) to ``successor``."""

    key: int
    predecessor: int
    successor: int
    day: date
    extent: Extent = "whole"
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """Where a part of a unit is on the other day (``None``: nowhere), and the steps (keys) to there."""

    unit: int | None
    extent: Extent
    share: Decimal | None
    path: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """How much of the older unit is in the newer one, as a whole over all paths between them."""

    older: int
    newer: int
    extent: Extent
    share: Decimal | None
    paths: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Landing:
    """A unit of the other day, and how much of it lies within the units that were asked for."""

    unit: int
    within: Extent
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Translation:
    """The landings by number; units of which something went nowhere; units that were not there at first."""

    landings: tuple[Landing, ...]
    lost: tuple[int, ...]
    absent: tuple[int, ...]


class Boundaries:
    """Steps and the periods in which units lived; enough of both for the units that are asked about.

    ``below``: units that ended with no successor, with those that made up their territory when they ended.
    """

    def __init__(
        self,
        steps: Iterable[Step],
        lives: Mapping[int, Sequence[Period]],
        below: Mapping[int, Collection[int]] | None = None,
    ) -> None:
        self.lives = lives
        self.below = below or {}
        steps = [*steps, *self._dissolutions()]
        self.out: dict[int, list[Step]] = defaultdict(list)
        self.into: dict[int, list[Step]] = defaultdict(list)
        for step in sorted(steps, key=lambda step: (step.day, step.key)):
            self.out[step.predecessor].append(step)
            self.into[step.successor].append(step)

    def _dissolutions(self) -> Iterator[Step]:
        """Steps (with keys below 0, for no act says so) from a unit that ended to what stood below it."""
        key = 0
        for unit, parts in sorted(self.below.items()):
            ends = [end for _start, end in self.lives.get(unit, ()) if end is not None]
            for part in sorted(parts) if ends else ():
                key -= 1
                yield Step(key, unit, part, max(ends), "whole" if len(parts) == 1 else "part")

    def alive(self, unit: int, day: date) -> bool:
        """Whether the unit exists on a day."""
        return any(start <= day and (end is None or day < end) for start, end in self.lives.get(unit, ()))

    def translate(self, units: Collection[int], start: date, end: date) -> Translation:
        """The units, as they are on ``start``, in the boundaries of ``end`` (earlier or later)."""
        present = {unit for unit in units if self.alive(unit, start)}
        absent = tuple(sorted(set(units) - present))
        if start <= end:
            return self._forwards(present, absent, start, end)
        return self._backwards(present, absent, start, end)

    def became(self, unit: int, start: date, end: date) -> list[Branch]:
        """The branches of a unit from ``start`` to a later ``end``."""
        done: list[Branch] = []
        waiting = [(Branch(unit, "whole", _ONE, ()), start)]
        while waiting:
            branch, since = waiting.pop()
            given = self._given(branch, since, end)
            if given and len(branch.path) < _LONGEST:
                waiting += self._onwards(branch, given)
            else:
                there = branch.unit is not None and self.alive(branch.unit, end)
                done.append(branch if there else Branch(None, branch.extent, branch.share, branch.path))
        return done

    def origins(self, unit: int, start: date, end: date) -> set[int]:
        """The units of an earlier day ``end`` of which something is in the unit of ``start``."""
        found: set[int] = set()
        seen: set[tuple[int, date]] = set()
        waiting = [(unit, start)]
        while waiting:
            state = waiting.pop()
            if state in seen:
                continue
            seen.add(state)
            here, until = state
            taken = [step for step in self.into[here] if end < step.day <= until]
            day = max((step.day for step in taken), default=None)
            if day is None:
                found |= {here} if self.alive(here, end) else set()
                continue
            if self.alive(here, day - _DAY):
                waiting.append((here, day - _DAY))
            # Who is gone on the day itself may have been given something on that same day.
            waiting += [
                (step.predecessor, day - _DAY if self.alive(step.predecessor, day) else day)
                for step in taken
                if step.day == day
            ]
        return found

    def _given(self, branch: Branch, since: date, end: date) -> list[Step]:
        """The steps of the first day after ``since`` (or of it, where the unit is gone) that lead on."""
        if branch.unit is None:
            return []
        same_day = not self.alive(branch.unit, since)
        steps = [
            step
            for step in self.out[branch.unit]
            if step.day <= end and (step.day > since or (same_day and step.day == since))
        ]
        return [step for step in steps if step.day == steps[0].day]

    def _onwards(self, branch: Branch, given: list[Step]) -> list[tuple[Branch, date]]:
        day = given[0].day
        onwards = [
            (
                Branch(
                    step.successor,
                    _weaker(branch.extent, step.extent),
                    _times(branch.share, _share_of(step)),
                    (*branch.path, step.key),
                ),
                day,
            )
            for step in given
        ]
        whole = any(step.extent == "whole" for step in given)
        if branch.unit is not None and not whole and self.alive(branch.unit, day):
            onwards.append((_rest(branch, given), day))
        return onwards

    def _pieces(self, unit: int, start: date, end: date) -> tuple[list[Piece], bool]:
        """What a unit became, branches joined that meet; and whether something of it went nowhere."""
        branches = self.became(unit, start, end)
        met: dict[int, list[Branch]] = defaultdict(list)
        for branch in branches:
            if branch.unit is not None:
                met[branch.unit].append(branch)
        pieces = [
            Piece(
                unit,
                newer,
                _joined(some, all_of=len(some) == len(branches)),
                _sum([branch.share for branch in some]),
                tuple(branch.path for branch in some),
            )
            for newer, some in sorted(met.items())
        ]
        return pieces, any(branch.unit is None for branch in branches)

    def _forwards(self, units: set[int], absent: tuple[int, ...], start: date, end: date) -> Translation:
        landed: dict[int, list[Piece]] = defaultdict(list)
        lost = []
        for unit in sorted(units):
            pieces, nowhere = self._pieces(unit, start, end)
            lost += [unit] if nowhere else []
            for piece in pieces:
                landed[piece.newer].append(piece)
        landings = []
        own = units | {part for unit in units for part in self.below.get(unit, ())}
        for newer, pieces in sorted(landed.items()):
            outside = [
                piece
                for other in sorted(self.origins(newer, end, start) - own)
                for piece in self._pieces(other, start, end)[0]
                if piece.newer == newer
            ]
            landings.append(Landing(newer, _within(pieces, outside), tuple(pieces)))
        return Translation(tuple(landings), tuple(lost), absent)

    def _backwards(self, units: set[int], absent: tuple[int, ...], start: date, end: date) -> Translation:
        older: set[int] = set()
        lost = []
        for unit in sorted(units):
            origins = self.origins(unit, start, end)
            older |= origins
            lost += [] if origins else [unit]
        landings = []
        for unit in sorted(older):
            pieces, nowhere = self._pieces(unit, end, start)
            inside = [piece for piece in pieces if piece.newer in units]
            outside = [piece for piece in pieces if piece.newer not in units]
            within = _within(inside, outside)
            landings.append(Landing(unit, "part" if nowhere and within == "whole" else within, tuple(inside)))
        return Translation(tuple(landings), tuple(lost), absent)


def _within(inside: list[Piece], outside: list[Piece]) -> Extent:
    """How much of a unit lies within, from the pieces within it that are asked for and those that are not."""
    if not outside:
        return "whole"
    if all(piece.extent == "uncertain" for piece in outside) or all(
        piece.extent == "uncertain" for piece in inside
    ):
        return "uncertain"
    return "part"


def _rest(branch: Branch, given: list[Step]) -> Branch:
    """What stays with a unit that lives on."""
    known = _sum([_share_of(step) for step in given])
    left = None if known is None or known >= _ONE else _ONE - known
    certain: Extent = "uncertain" if all(step.extent == "uncertain" for step in given) else "part"
    return Branch(branch.unit, _weaker(branch.extent, certain), _times(branch.share, left), branch.path)


def _joined(branches: list[Branch], *, all_of: bool) -> Extent:
    """The extent of branches that meet in one unit; ``all_of`` says that no other branch led elsewhere."""
    extents = {branch.extent for branch in branches}
    if extents == {"whole"} or (all_of and len(branches) > 1 and "uncertain" not in extents):
        return "whole"
    return "uncertain" if extents == {"uncertain"} else "part"


def _weaker(one: Extent, other: Extent) -> Extent:
    return max(one, other, key=_FIRMNESS.index)


def _share_of(step: Step) -> Decimal | None:
    return _ONE if step.share is None and step.extent == "whole" else step.share


def _times(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one * other


def _sum(shares: list[Decimal | None]) -> Decimal | None:
    known = [share for share in shares if share is not None]
    return sum(known, start=Decimal(0)) if len(known) == len(shares) else None
