"""The tree as of a day: subtree, path, and the children of a unit as pages open them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import ADMINISTRATIVE, Ancestor, Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.foundation.policies import UNITS


def subtree(*, by: Actor, unit: Unit, on: date, hierarchy: str = ADMINISTRATIVE) -> QuerySet[Unit]:
    """The unit and all below it on a day."""
    rows = Ancestor.objects.filter(in_force(on), ancestor=unit, hierarchy=hierarchy)
    return UNITS.scope(by).filter(pk__in=rows.values("unit_id")).order_by("name", "id")


def path(*, by: Actor, unit: Unit, on: date, hierarchy: str = ADMINISTRATIVE) -> list[Unit]:
    """From the top of the tree down to the unit itself, on a day; empty where it does not exist then."""
    rows = Ancestor.objects.filter(in_force(on), unit=unit, hierarchy=hierarchy).order_by("-depth")
    found = UNITS.scope(by).in_bulk([row.ancestor_id for row in rows])
    return [found[row.ancestor_id] for row in rows if row.ancestor_id in found]
