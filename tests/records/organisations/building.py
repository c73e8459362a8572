"""Small trees, built through the services as a person would build them."""

from __future__ import annotations

from datetime import date
from typing import Any

from nhipcau.records.foundation.actors import Actor, system
from nhipcau.records.foundation.models import Unit
from nhipcau.records.organisations import services
from nhipcau.records.organisations.selectors import Translation, path, translate

LONG_AGO = date(2000, 1, 1)
CITY = date(2025, 1, 1)
REFORM = date(2025, 7, 1)
LAST_DAY = date(2025, 6, 30)
TODAY = date(2026, 11, 24)


def us() -> Actor:
    """The product itself, which may set up every unit."""
    return system(door="system", on=TODAY)


def unit(name: str, level: str = "province", below: Unit | None = None, **more: Any) -> Unit:
    """A unit since long ago, or since ``founded_on``."""
    more.setdefault("founded_on", LONG_AGO)
    return services.found_unit(by=us(), name=name, level=level, parent=below, **more)


def merged(*units: Unit, into: Unit | str, on: date = REFORM, level: str = "province") -> Unit:
    """What units are merged into: a living unit, or a new one of this name."""
    to = services.Facts(into, level) if isinstance(into, str) else into
    return services.merge_units(by=us(), units=units, into=to, on=on)


def lines(found: Unit, on: date, hierarchy: str = "administrative") -> list[str]:
    """The names of the path on a day."""
    return [each.name for each in path(by=us(), unit=found, on=on, hierarchy=hierarchy)]


def landed(translation: Translation) -> dict[str, str]:
    """The names of the landings on the other day, and how much of each lies within."""
    return {landing.version.name: landing.within for landing in translation.landings}


def across(*units: Unit, start: date, end: date) -> dict[str, str]:
    """The units of a day in the boundaries of another."""
    return landed(translate(by=us(), units=units, start=start, end=end))
