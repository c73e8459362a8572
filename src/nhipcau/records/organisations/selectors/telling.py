"""The life of one unit, act by act: what each act opened and closed of it, and who handed what to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Unit
from nhipcau.records.organisations.models import (
    Change,
    FocalPoint,
    ParentLink,
    Succession,
    UnitCode,
    UnitVersion,
)
from nhipcau.records.organisations.policies import FOCAL_POINTS, SUCCESSIONS
from nhipcau.records.organisations.selectors.history import codes, places, versions


@dataclass(slots=True)
class Chapter:
    """One act as far as it touched the unit. ``before`` is the version that ``version`` took the place of."""

    act: Change
    version: UnitVersion | None = None
    before: UnitVersion | None = None
    is_end: bool = False
    placed: list[ParentLink] = field(default_factory=list)
    left: list[ParentLink] = field(default_factory=list)
    coded: list[UnitCode] = field(default_factory=list)
    uncoded: list[UnitCode] = field(default_factory=list)
    named: list[FocalPoint] = field(default_factory=list)
    released: list[FocalPoint] = field(default_factory=list)
    sources: list[Succession] = field(default_factory=list)
    heirs: list[Succession] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Life:
    """A unit's chapters, latest first, with the rows that they are told from, oldest first."""

    chapters: tuple[Chapter, ...]
    versions: tuple[UnitVersion, ...]
    codes: tuple[UnitCode, ...]

    @property
    def is_alone(self) -> bool:
        """Whether it took over from nobody and handed nothing over."""
        return not any(one.sources or one.heirs for one in self.chapters)

    def on(self, day: date) -> UnitVersion | None:
        """What the unit is called on a day."""
        held = (row for row in self.versions if row.valid_from <= day)
        return next((row for row in held if row.valid_to is None or day < row.valid_to), None)

    def nearest(self, day: date) -> UnitVersion | None:
        """What it is called on a day, or on the day nearest to it on which it exists."""
        earlier = [row for row in self.versions if row.valid_from <= day]
        return self.on(day) or (earlier[-1] if earlier else next(iter(self.versions), None))


def life(*, by: Actor, unit: Unit) -> Life:
    """All that is known of a unit through time; a fixed number of questions, however long it is."""
    found: dict[int, Chapter] = {}
    named, borne = (
        tuple(versions(by=by, unit=unit)),
        tuple(codes(by=by, unit=unit).select_related("closed_by")),
    )
    stood, handed = list(places(by=by, unit=unit)), list(_handed(by, unit))
    duties = FOCAL_POINTS.scope(by).filter(unit=unit).select_related("opened_by", "closed_by", "holder")
    for dated in (*named, *stood, *borne, *duties):
        _open(found, dated.opened_by)
        if dated.closed_by is not None:
            _open(found, dated.closed_by)
    for row in handed:
        chapter = _open(found, row.change)
        (chapter.heirs if row.predecessor_id == unit.pk else chapter.sources).append(row)
    _name(found, named)
    for place in stood:
        found[place.opened_by_id].placed.append(place)
        if place.closed_by_id is not None:
            found[place.closed_by_id].left.append(place)
    for code in borne:
        found[code.opened_by_id].coded.append(code)
        if code.closed_by_id is not None:
            found[code.closed_by_id].uncoded.append(code)
    for duty in duties:
        found[duty.opened_by_id].named.append(duty)
        if duty.closed_by_id is not None:
            found[duty.closed_by_id].released.append(duty)
    told = sorted(found.values(), key=lambda one: (one.act.in_force_on, one.act.pk))
    return Life(tuple(reversed(_gathered(told))), named, borne)


def _open(found: dict[int, Chapter], act: Change) -> Chapter:
    return found.setdefault(act.pk, Chapter(act))


def _gathered(chapters: Iterable[Chapter]) -> list[Chapter]:
    """The chapters, of which those that only hand over, on one day by one paper, are told as one."""
    found: list[Chapter] = []
    alike: dict[tuple[Any, ...], Chapter] = {}
    for one in chapters:
        if one.version or one.is_end or one.placed or one.left or one.coded or one.uncoded or one.named:
            found.append(one)
            continue
        act = one.act
        kinds = {row.kind for row in (*one.sources, *one.heirs)}
        key = (act.in_force_on, act.kind, act.legal_basis, bool(one.sources), *sorted(kinds))
        if key in alike:
            alike[key].sources += one.sources
            alike[key].heirs += one.heirs
        else:
            alike[key] = one
            found.append(one)
    return found


def _name(found: dict[int, Chapter], named: tuple[UnitVersion, ...]) -> None:
    for place, row in enumerate(named):
        before = named[place - 1] if place and named[place - 1].valid_to == row.valid_from else None
        found[row.opened_by_id].version, found[row.opened_by_id].before = row, before
        goes_on = place + 1 < len(named) and named[place + 1].valid_from == row.valid_to
        if row.closed_by_id is not None and not goes_on:
            found[row.closed_by_id].is_end = True


def _handed(by: Actor, unit: Unit) -> QuerySet[Succession, Any]:
    rows = SUCCESSIONS.scope(by).filter(Q(predecessor=unit) | Q(successor=unit))
    return rows.select_related("predecessor", "successor", "change").order_by(
        "in_force_on", "predecessor__name", "id"
    )
