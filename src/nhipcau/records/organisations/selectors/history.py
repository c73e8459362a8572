"""What became of units, over any span: versions, places, codes, acts, predecessors and successors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.organisations.models import (
    BOUNDARIES,
    Change,
    FocalPoint,
    ParentLink,
    Succession,
    UnitCode,
    UnitVersion,
)
from nhipcau.records.organisations.policies import CHANGES, CODES, FOCAL_POINTS, PLACES, SUCCESSIONS, VERSIONS


def versions(*, by: Actor, unit: Unit) -> QuerySet[UnitVersion]:
    """What the unit was called, oldest first, each with the acts that opened and closed it."""
    rows = VERSIONS.scope(by).filter(unit=unit)
    return rows.select_related("opened_by", "closed_by").order_by("valid_from")


def places(*, by: Actor, unit: Unit) -> QuerySet[ParentLink]:
    """Below which units it stood, by hierarchy, oldest first."""
    rows = PLACES.scope(by).filter(unit=unit)
    return rows.select_related("parent", "opened_by", "closed_by").order_by("hierarchy", "valid_from")


def codes(*, by: Actor, unit: Unit) -> QuerySet[UnitCode]:
    """The codes that it bore, oldest first."""
    rows = CODES.scope(by).filter(unit=unit)
    return rows.select_related("opened_by").order_by("valid_from", "code_list", "code")


def coded(*, by: Actor, code_list: str, list_version: str, on: date | None = None) -> dict[str, Unit]:
    """The units that bear the codes of a version of a list on a day; without a day, that did last."""
    rows = CODES.scope(by).filter(code_list=code_list, list_version=list_version)
    if on is not None:
        rows = rows.filter(in_force(on))
    return {row.code: row.unit for row in rows.select_related("unit").order_by("valid_from")}


def acts(*, by: Actor, unit: Unit) -> QuerySet[Change]:
    """All acts that touched the unit and were not undone, by the days from which they hold."""
    named: set[int | None] = set()
    for model in (UnitVersion, ParentLink, UnitCode, FocalPoint):
        rows: QuerySet[Any] = model._default_manager.filter(unit=unit)
        named |= {pk for row in rows.values_list("opened_by_id", "closed_by_id") for pk in row}
    handed = Succession.objects.filter(Q(predecessor=unit) | Q(successor=unit))
    named |= set(handed.values_list("change_id", flat=True))
    found = CHANGES.scope(by).filter(pk__in=[pk for pk in named if pk is not None])
    return found.select_related("unit", "document").order_by("in_force_on", "id")


def acts_between(*, by: Actor, after: date, until: date) -> QuerySet[Change]:
    """The acts in force later than ``after`` and at latest on ``until``."""
    rows = CHANGES.scope(by).filter(undone_at__isnull=True, in_force_on__gt=after, in_force_on__lte=until)
    return rows.select_related("unit").order_by("in_force_on", "id")


def changed(*, by: Actor, units: Iterable[int], after: date, until: date) -> dict[int, set[str]]:
    """Which of these units (ids) began, ended, or were named or placed anew in the span: kinds of acts."""
    ids = list(units)
    found: dict[int, set[str]] = defaultdict(set)
    for policy in (VERSIONS, PLACES):
        rows: QuerySet[Any] = policy.scope(by).filter(unit__in=ids)
        opened = rows.filter(valid_from__gt=after, valid_from__lte=until)
        closed = rows.filter(valid_to__gt=after, valid_to__lte=until)
        for pk, kind in [
            *opened.values_list("unit_id", "opened_by__kind"),
            *closed.values_list("unit_id", "closed_by__kind"),
        ]:
            found[pk].add(kind)
    return dict(found)


def successors(
    *,
    by: Actor,
    unit: Unit,
    after: date | None = None,
    until: date | None = None,
    kinds: Collection[str] = Succession.Kind.values,
) -> list[Succession]:
    """Who took over from the unit, and from those in turn, after ``after`` and at latest on ``until``."""
    return _followed(by, {unit.pk}, "predecessor", after, until, kinds)


def predecessors(
    *,
    by: Actor,
    unit: Unit,
    after: date | None = None,
    until: date | None = None,
    kinds: Collection[str] = Succession.Kind.values,
) -> list[Succession]:
    """From whom the unit took over, and from whom those did in turn, in the span."""
    return _followed(by, {unit.pk}, "successor", after, until, kinds)


def steps_from(
    by: Actor,
    ids: set[int],
    near: str,
    after: date | None,
    until: date | None,
    kinds: Collection[str] = BOUNDARIES,
) -> dict[int, Succession]:
    """Successions that lead from units (ids) on (``near`` is predecessor) or back (successor), by id."""
    far = "successor_id" if near == "predecessor" else "predecessor_id"
    rows = (
        SUCCESSIONS.scope(by)
        .filter(kind__in=list(kinds))
        .select_related("predecessor", "successor", "change")
    )
    rows = rows.filter(in_force_on__gt=after) if after else rows
    rows = rows.filter(in_force_on__lte=until) if until else rows
    found: dict[int, Succession] = {}
    seen, frontier = set(ids), set(ids)
    while frontier:
        step = {row.pk: row for row in rows.filter(**{f"{near}__in": frontier})}
        found |= step
        frontier = {getattr(row, far) for row in step.values()} - seen
        seen |= frontier
    return found


def focal_point(*, by: Actor, subject: str, unit: Unit, on: date) -> FocalPoint | None:
    """Who handles a subject for the unit on a day."""
    rows = FOCAL_POINTS.scope(by).filter(in_force(on), subject=subject, unit=unit)
    return rows.select_related("holder", "unit").first()


def focal_points(*, by: Actor, unit: Unit, on: date) -> QuerySet[FocalPoint]:
    """Who handles which subject for the unit on a day."""
    rows = FOCAL_POINTS.scope(by).filter(in_force(on), unit=unit)
    return rows.select_related("holder", "unit").order_by("subject")


def _followed(
    by: Actor, ids: set[int], near: str, after: date | None, until: date | None, kinds: Collection[str]
) -> list[Succession]:
    found = steps_from(by, ids, near, after, until, kinds)
    return sorted(found.values(), key=lambda row: (row.in_force_on, row.pk))
