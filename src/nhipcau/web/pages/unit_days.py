"""What the pages of units are asked: a day, another day beside it, a hierarchy; read from the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.records.foundation.models import ADMINISTRATIVE
from nhipcau.records.organisations.models import Hierarchy

#: Districts ended with the one day, provinces and communes are new from the other.
BEFORE, SINCE = date(2025, 6, 30), date(2025, 7, 1)
_FIRST, _LAST = date(1900, 1, 1), date(2200, 1, 1)
_SHAPES = ("%d/%m/%Y", "%Y-%m-%d")
HIERARCHIES = {
    Hierarchy.ADMINISTRATIVE: gettext_lazy("Administrative"),
    Hierarchy.PARTY: gettext_lazy("Party"),
    Hierarchy.FRONT: gettext_lazy("Fatherland Front"),
    Hierarchy.PROFESSIONAL: gettext_lazy("Professional"),
    Hierarchy.MEMBERSHIP: gettext_lazy("Members of Unions"),
    Hierarchy.EMULATION: gettext_lazy("Emulation"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The day, the day beside it (``None``: the day before), the hierarchy; ``wrong`` are no days."""

    today: date
    day: date
    beside: date | None = None
    hierarchy: str = ADMINISTRATIVE
    wrong: tuple[str, ...] = ()

    @property
    def other(self) -> date:
        """The day with which the day is compared."""
        return self.beside or self.day - timedelta(days=1)

    def on(self, day: date) -> Asked:
        """The same, on another day; compared with the day before it."""
        return replace(self, day=day, beside=None)

    def address(self, **more: str) -> str:
        """The part of an address that asks for this; what is usual is left out."""
        said = {
            "ngay": "" if self.day == self.today else written(self.day),
            "so": written(self.beside) if self.beside else "",
            "cay": "" if self.hierarchy == ADMINISTRATIVE else self.hierarchy,
            **more,
        }
        said = {name: value for name, value in said.items() if value}
        return f"?{urlencode(said, safe='/')}" if said else ""


def asked(request: HttpRequest, today: date) -> Asked:
    """What the address asks for; today, where it asks for no day that there is."""
    given, wrong = request.GET, []
    days: dict[str, date | None] = {}
    for name in ("ngay", "so"):
        words = given.get(name, "").strip()[:40]
        days[name] = read(words)
        if words and days[name] is None:
            wrong.append(words)
    hierarchy = given.get("cay", "")
    return Asked(
        today=today,
        day=days["ngay"] or today,
        beside=days["so"],
        hierarchy=hierarchy if hierarchy in Hierarchy.values else ADMINISTRATIVE,
        wrong=tuple(wrong),
    )


def read(words: str) -> date | None:
    """A day as people write it, 01/07/2025; ``None`` for what is none, or none of these centuries."""
    for shape in _SHAPES:
        try:
            day = datetime.strptime(words.strip(), shape).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
        return day if _FIRST <= day < _LAST else None
    return None


def written(day: date) -> str:
    """A day as addresses and sentences write it."""
    return f"{day:%d/%m/%Y}"


def quick(said: Asked) -> list[dict[str, Any]]:
    """The days that are one click away."""
    days = [(BEFORE, written(BEFORE)), (SINCE, written(SINCE)), (said.today, _("today"))]
    return [
        {"words": words, "day": day, "is_here": day == said.day, "said": said.on(day)} for day, words in days
    ]
