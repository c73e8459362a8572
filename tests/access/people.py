"""Everybody who may come along: each role in each place, from whom the office's record lies there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhipcau.records.foundation.access import ROLES
from nhipcau.records.foundation.actors import Actor, act, system
from nhipcau.records.foundation.models import Unit
from nhipcau.records.organisations import services as organisations
from tests import world as cast
from tests.access.table import PLACES


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who holds one role in one place. ``place`` is where the office's record lies from there."""

    role: str
    place: str
    actor: Actor

    def __str__(self) -> str:
        return f"{self.role}, {self.place}"


def everybody(world: cast.World, *, on: date) -> list[Asker]:
    """One person for each role in each place, acting on a day."""
    return [
        Asker(role, place, _person(role, place, unit, on))
        for place, unit in _units(world).items()
        for role in ROLES
    ]


def _units(world: cast.World) -> dict[str, Unit]:
    """From which unit a record of the office lies in each place."""
    units = {
        "own": world.song_ngan,
        "department": world.department,
        "below": world.centre,
        "beside": world.doi_que,
        "above": world.commune,
        "elsewhere": _stranger(),
    }
    assert tuple(units) == PLACES
    return units


def _stranger() -> Unit:
    """An office in a tree of its own."""
    by = system(door="system", on=cast.FOUNDED)
    unit = organisations.found_unit(
        by=by, name="Quỹ Cầu Tre", level="centre", founded_on=cast.FOUNDED, parent=None
    )
    organisations.open_office(by=by, unit=unit, opened_on=cast.FOUNDED)
    return unit


def _person(role: str, place: str, unit: Unit, on: date) -> Actor:
    one = cast.person(role, unit, username=f"{role}-{place}", on=on)
    assert one.account is not None
    return act(one.account, door="web", on=on)
