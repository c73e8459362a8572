"""Working days: which days are off, and the day that so many working days after another one is.

The days stand in ``data/working_days.csv`` with their sources: days off, and Saturdays that are worked. A
year that the table does not hold yet has its weekends only.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import cache
from importlib import resources

#: The kind of a row that makes a day of work; every other kind is a day off.
WORKED = "working_saturday"
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether offices work on the day."""
    worked = _table().get(day)
    return day.weekday() < _SATURDAY if worked is None else worked


def next_working_day(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_days_after(day: date, count: int) -> date:
    """The ``count``-th working day after ``day``, which itself is not counted."""
    for _turn in range(count):
        day = next_working_day(day + timedelta(days=1))
    return day


def is_known(year: int) -> bool:
    """Whether the table holds the days off of a year."""
    return any(day.year == year for day in _table())


@cache
def _table() -> dict[date, bool]:
    file = resources.files("nhipcau.reckoning").joinpath("data/working_days.csv")
    rows = csv.DictReader(file.read_text("utf-8").splitlines())
    return {date.fromisoformat(row["date"]): row["kind"] == WORKED for row in rows}
