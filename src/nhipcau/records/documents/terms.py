"""The terms of the Party's congresses: in each of them the numbers of Party papers begin anew.

Its knowledge is dated data in ``tables/terms.csv``.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Term:
    """A term by its numeral ("XIII"), with its first day, who reports that, and a paper of the term."""

    numeral: str
    begins: date
    source: str
    example: str


@cache
def terms() -> tuple[Term, ...]:
    """All terms that are kept, oldest first."""
    text = resources.files(__package__).joinpath("tables/terms.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(
        Term(row["term"], date.fromisoformat(row["from"]), row["source"], row["example"])
        for row in csv.DictReader(lines)
    )


def term_of(day: date) -> Term | None:
    """The term in which a day lies; ``None`` for a day before the first one that is kept."""
    place = bisect_right([term.begins for term in terms()], day)
    return terms()[place - 1] if place else None
