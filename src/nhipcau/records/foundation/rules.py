"""Rules of law and of standards as dated rows: the number that is in force on a day, with its source.

The rows stand in ``data/rules.csv``; what the code does with a number stands where it is asked for.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: ``number`` of ``unit``, in force from a day until before another (``None``: open)."""

    code: str
    what: str
    number: int | None
    unit: str
    day_kind: str
    law: str
    source: str
    status: str
    in_force_from: date
    in_force_to: date | None

    def holds(self, on: date) -> bool:
        """Whether the rule is in force on the day."""
        return self.in_force_from <= on and (self.in_force_to is None or on < self.in_force_to)


@cache
def rules() -> tuple[Rule, ...]:
    """All rows that ship with the product."""
    file = resources.files("nhipcau.records.foundation").joinpath("data/rules.csv")
    return tuple(map(_rule, csv.DictReader(file.read_text("utf-8").splitlines())))


def rule(code: str, *, on: date) -> Rule | None:
    """The rule of this code that is in force on the day; ``None`` where none is yet, or none any more."""
    return next((row for row in rules() if row.code == code and row.holds(on)), None)


def number(code: str, *, on: date) -> int | None:
    """Its number, where such a rule is in force and has one."""
    found = rule(code, on=on)
    return found.number if found else None


def _rule(row: dict[str, str]) -> Rule:
    return Rule(
        code=row["id"],
        what=row["what"],
        number=int(row["number"]) if row["number"] else None,
        unit=row["unit"],
        day_kind=row["day_kind"],
        law=f"{row['legal_doc']}, {row['article']}".rstrip(", "),
        source=f"{row['legal_doc']}, {row['article']} ({row['source']})",
        status=row["status"],
        in_force_from=date.fromisoformat(row["in_force_from"]),
        in_force_to=date.fromisoformat(row["in_force_to"]) if row["in_force_to"] else None,
    )
