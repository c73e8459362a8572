"""The tree as of a day: subtree, path, and the children of a unit as pages open them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, Count, F, Func, QuerySet, Value

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import ADMINISTRATIVE, Ancestor, Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.foundation.policies import UNITS
from nhipcau.records.organisations.models import ParentLink, UnitVersion
from nhipcau.records.organisations.policies import VERSIONS


@dataclass(frozen=True, slots=True)
class Node:
    """A unit as it is called on the day, and how many stand directly below it."""

    unit: Unit
    version: UnitVersion
    children: int


def subtree(*, by: Actor, unit: Unit, on: date, hierarchy: str = ADMINISTRATIVE) -> QuerySet[Unit]:
    """The unit and all below it on a day."""
    rows = Ancestor.objects.filter(in_force(on), ancestor=unit, hierarchy=hierarchy)
    return UNITS.scope(by).filter(_among("pk", rows.values("unit_id"))).order_by("name", "id")


def path(*, by: Actor, unit: Unit, on: date, hierarchy: str = ADMINISTRATIVE) -> list[Unit]:
    """From the top of the tree down to the unit itself, on a day; empty where it does not exist then."""
    rows = Ancestor.objects.filter(in_force(on), unit=unit, hierarchy=hierarchy).order_by("-depth")
    found = UNITS.scope(by).in_bulk([row.ancestor_id for row in rows])
    return [found[row.ancestor_id] for row in rows if row.ancestor_id in found]


def path_nodes(*, by: Actor, unit: Unit, on: date, hierarchy: str = ADMINISTRATIVE) -> list[UnitVersion]:
    """The path as it was called on the day, from the top down."""
    rows = Ancestor.objects.filter(in_force(on), unit=unit, hierarchy=hierarchy)
    depths = dict(rows.values_list("ancestor_id", "depth"))
    called = called_on(by=by, units=depths, on=on)
    return [called[pk] for pk in sorted(depths, key=lambda pk: -depths[pk]) if pk in called]


def children(*, by: Actor, unit: Unit, on: date, hierarchy: str = ADMINISTRATIVE) -> list[Node]:
    """The units directly below a unit on a day, in Vietnamese order, each with the number of its own."""
    below = ParentLink.objects.filter(in_force(on), parent=unit, hierarchy=hierarchy)
    return _nodes(by, below.values("unit_id"), on, hierarchy)


def tops(*, by: Actor, on: date, hierarchy: str = ADMINISTRATIVE) -> list[Node]:
    """The units that stand below none on a day.

    In a hierarchy other than the administrative one only those that have units below them.
    """
    placed = ParentLink.objects.filter(in_force(on), hierarchy=hierarchy)
    standing = Ancestor.objects.filter(in_force(on), hierarchy=hierarchy, depth=0)
    heads = standing.exclude(unit__in=placed.values("unit_id"))
    if hierarchy != ADMINISTRATIVE:
        heads = heads.filter(unit__in=placed.values("parent_id"))
    return _nodes(by, heads.values("unit_id"), on, hierarchy)


def called_on(*, by: Actor, units: Iterable[int], on: date) -> dict[int, UnitVersion]:
    """What units (ids) are called on a day, by id; those that do not exist then are left out."""
    ids = list(units)
    rows = _versions(by, on).filter(one_of("unit", ids)) if ids else ()
    return {row.unit_id: row for row in rows}


def _nodes(by: Actor, ids: QuerySet[Any, Any], on: date, hierarchy: str) -> list[Node]:
    rows = list(_versions(by, on).filter(_among("unit", ids)).order_by("sort_key", "unit_id"))
    links = ParentLink.objects.filter(
        in_force(on), one_of("parent", [r.unit_id for r in rows]), hierarchy=hierarchy
    )
    counts = dict(links.values_list("parent_id").annotate(n=Count("pk")).order_by())
    return [Node(row.unit, row, counts.get(row.unit_id, 0)) for row in rows]


def _among(field: str, ids: QuerySet[Any, Any]) -> Func:
    """The condition that ``field`` is one of ``ids``, which are found once and first.

    As ``IN (SELECT ...)`` a database that was filled a moment ago, and knows nothing of its rows yet, asks
    the ancestor table anew for each of twenty thousand units.
    """
    found = ArraySubquery(ids)
    return Func(
        F(field), found, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField()
    )


def one_of(field: str, ids: Iterable[int]) -> Func:
    """The condition that ``field`` is one of these, sent as one array: so long lists cost little."""
    found = Value(list(ids), output_field=ArrayField(BigIntegerField()))
    return Func(
        F(field), found, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField()
    )


def _versions(by: Actor, on: date) -> QuerySet[UnitVersion]:
    return VERSIONS.scope(by).filter(in_force(on)).select_related("unit")
