"""What one act did, row by row; who handles which subject; which lists of codes are in use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.organisations.models import (
    Change,
    FocalPoint,
    ParentLink,
    Succession,
    UnitCode,
    UnitVersion,
)
from nhipcau.records.organisations.policies import CODES, FOCAL_POINTS, PLACES, SUCCESSIONS, VERSIONS

#: Rows of one kind that are told of an act: a load of an edition opens thousands.
MOST = 200


@dataclass(frozen=True, slots=True)
class Done:
    """The rows of one act. ``founded`` are first versions that it opened, ``renamed`` later ones.

    ``called``, ``left``, ``uncoded`` and ``released`` are rows that it closed, with the ends it gave them.
    """

    founded: tuple[UnitVersion, ...]
    renamed: tuple[UnitVersion, ...]
    called: tuple[UnitVersion, ...]
    placed: tuple[ParentLink, ...]
    left: tuple[ParentLink, ...]
    coded: tuple[UnitCode, ...]
    uncoded: tuple[UnitCode, ...]
    named: tuple[FocalPoint, ...]
    released: tuple[FocalPoint, ...]
    handed: tuple[Succession, ...]
    offices: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """A subject, who handles it for a unit, and where nobody is named: who does for a unit above it."""

    subject: str
    label: str
    point: FocalPoint | None
    above: FocalPoint | None


def done_by(*, by: Actor, change: Change) -> Done:
    """What an act opened, closed and handed over."""
    versions = VERSIONS.scope(by).select_related("unit")
    places = PLACES.scope(by).select_related("unit", "parent")
    codes = CODES.scope(by).select_related("unit")
    duties = FOCAL_POINTS.scope(by).select_related("unit", "holder")
    opened, closed = Q(opened_by=change), Q(closed_by=change)
    new = versions.filter(opened).order_by("id")[:MOST]
    known = set(
        VERSIONS.scope(by)
        .filter(unit__in=[row.unit_id for row in new])
        .exclude(opened)
        .values_list("unit_id", flat=True)
    )
    offices = Unit.objects.filter(office__in=change.ended.get("offices", [])).order_by("name")
    return Done(
        founded=tuple(row for row in new if row.unit_id not in known),
        renamed=tuple(row for row in new if row.unit_id in known),
        called=tuple(versions.filter(closed).order_by("id")[:MOST]),
        placed=tuple(places.filter(opened).order_by("id")[:MOST]),
        left=tuple(places.filter(closed).order_by("id")[:MOST]),
        coded=tuple(codes.filter(opened).order_by("id")[:MOST]),
        uncoded=tuple(codes.filter(closed).order_by("id")[:MOST]),
        named=tuple(duties.filter(opened).order_by("id")[:MOST]),
        released=tuple(duties.filter(closed).order_by("id")[:MOST]),
        handed=tuple(
            SUCCESSIONS.scope(by).filter(change=change).select_related("predecessor", "successor")[:MOST]
        ),
        offices=tuple(offices[:MOST]),
    )


def duties(*, by: Actor, unit: Unit, on: date, above: Iterable[Unit] = ()) -> list[Duty]:
    """Every subject with who handles it for a unit on a day; ``above`` it, nearest first, others may."""
    line = [unit.pk, *(one.pk for one in above)]
    rows = FOCAL_POINTS.scope(by).filter(in_force(on), unit__in=line).select_related("holder", "unit")
    found = {(row.subject, row.unit_id): row for row in rows}

    def nearest(subject: str) -> FocalPoint | None:
        return next((found[subject, pk] for pk in line[1:] if (subject, pk) in found), None)

    return [
        Duty(value, str(label), found.get((value, unit.pk)), nearest(value))
        for value, label in FocalPoint.Subject.choices
    ]


def code_lists(*, by: Actor) -> list[tuple[str, str]]:
    """The lists of codes with their versions that any unit bears a code of."""
    rows = CODES.scope(by).order_by("code_list", "list_version").values_list("code_list", "list_version")
    return list(rows.distinct())
