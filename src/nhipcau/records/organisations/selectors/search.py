"""Units by the words of their names, without marks; old names find their unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Length

from nhipcau.reading.text import fold
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import ADMINISTRATIVE, Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.organisations.models import UnitVersion
from nhipcau.records.organisations.policies import PLACES, VERSIONS
from nhipcau.records.organisations.selectors.tree import called_on

_WORDS = re.compile(r"\w+")
#: Versions looked at for each unit shown: few units were called anew more often.
_SPARE = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit that a picker offers.

    ``version`` is what it is called on the day; where no day was asked, the version that was found. ``found``
    is the version whose name fits, which may be an older one. ``above`` is the name of the unit above.
    """

    unit: Unit
    version: UnitVersion
    found: UnitVersion
    above: str = ""


def named(*, by: Actor, name: str, on: date, within: QuerySet[Any, Any] | None = None) -> list[Unit]:
    """The units that bear exactly this name on a day, whatever marks or case; a name identifies no unit.

    ``within`` holds the ids of the units that count.
    """
    wanted = fold(name)
    rows = _within(matching(by=by, words=name), within).filter(in_force(on))
    return [
        row.unit
        for row in rows.select_related("unit").order_by("unit_id")
        if wanted in (fold(row.name), fold(row.short_name))
    ]


def matching(*, by: Actor, words: str) -> QuerySet[UnitVersion]:
    """All versions of units in whose names each of the words begins a word; every version without words."""
    rows = VERSIONS.scope(by)
    condition = Q()
    for word in _WORDS.findall(fold(words)):
        condition &= Q(folded__contains=f" {word}")
    return rows.filter(condition)


def picker(
    *,
    by: Actor,
    words: str,
    on: date | None,
    level: str = "",
    within: QuerySet[Any, Any] | None = None,
    limit: int = 20,
) -> list[Choice]:
    """At most ``limit`` units that exist on a day, found by the words of any name that they ever had.

    Names of the day come before older ones, then those that begin with the words, then the shorter ones.
    Without ``on``, units of all days. ``within`` holds the ids of the units that may be chosen.
    """
    rows = _within(matching(by=by, words=words), within)
    if level:
        rows = rows.filter(level=level)
    if on is None:
        keys = _best(rows, words, limit)
    else:
        keys = _best(rows.filter(in_force(on)), words, limit)
        if len(keys) < limit:
            alive = VERSIONS.scope(by).filter(in_force(on), unit=OuterRef("unit"))
            # Where both an older and the present name fit, the present one stands, and first.
            keys = keys | _best(rows.exclude(in_force(on)).filter(Exists(alive)), words, limit) | keys
    found = VERSIONS.scope(by).select_related("unit").in_bulk(list(keys.values()))
    shown = {unit: found[key] for unit, key in list(keys.items())[:limit]}
    called = called_on(by=by, units=shown, on=on) if on is not None else shown
    above = _above(by, shown, on)
    return [Choice(row.unit, called[pk], row, above.get(pk, "")) for pk, row in shown.items() if pk in called]


def _within(rows: QuerySet[UnitVersion], units: QuerySet[Any, Any] | None) -> QuerySet[UnitVersion]:
    return rows if units is None else rows.filter(unit__in=units)


def _best(rows: QuerySet[UnitVersion], words: str, limit: int) -> dict[int, int]:
    """The versions (by unit, in order) whose names fit best; keys only, as all that fit are put in order."""
    typed = " ".join(_WORDS.findall(fold(words)))
    begins = Case(When(folded__startswith=f" {typed}", then=0), default=Value(1), output_field=IntegerField())
    ranked = rows.annotate(begins=begins).order_by("begins", Length("folded"), "sort_key", "unit_id")
    best: dict[int, int] = {}
    for unit, key in ranked.values_list("unit_id", "pk")[: limit * _SPARE]:
        best.setdefault(unit, key)
    return best


def _above(by: Actor, units: dict[int, UnitVersion], on: date | None) -> dict[int, str]:
    """The names of the units directly above, to tell homonyms apart; of the first day where none is asked."""
    rows = PLACES.scope(by).filter(unit__in=list(units), hierarchy=ADMINISTRATIVE)
    rows = rows.filter(in_force(on)) if on is not None else rows
    links = list(rows.order_by("-valid_from").values_list("unit_id", "parent_id", "valid_from"))
    above = VERSIONS.scope(by).filter(unit__in={parent for _unit, parent, _start in links})
    names = list(above.values_list("unit_id", "name", "valid_from", "valid_to"))
    found: dict[int, str] = {}
    for unit, parent, start in links:
        day = on or start
        for pk, name, since, until in names:
            if pk == parent and since <= day and (until is None or day < until):
                found[unit] = name
    return found
