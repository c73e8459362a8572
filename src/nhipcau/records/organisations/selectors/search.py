"""Units by the words of their names, without marks; old names find their unit."""

from __future__ import annotations

from datetime import date

from nhipcau.reading.text import fold
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.foundation.policies import UNITS
from nhipcau.records.organisations.models import UnitVersion


def named(*, by: Actor, name: str, on: date) -> list[Unit]:
    """The units that bear exactly this name on a day, whatever marks or case; a name identifies no unit."""
    wanted = fold(name)
    rows = UnitVersion.objects.filter(in_force(on), unit__in=UNITS.scope(by), folded__startswith=f" {wanted}")
    return [
        row.unit
        for row in rows.select_related("unit").order_by("unit_id")
        if wanted in (fold(row.name), fold(row.short_name))
    ]
