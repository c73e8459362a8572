"""Days in Vietnamese text: "03/02/2021", "4-8-2019", "ngày 9 tháng 5 năm 2023".

Everything works on the matching copy of a text (``text.matching``), whose offsets are those of the text.
A month or a year alone is no day. A day that the calendar does not have is kept, with ``iso`` ``None``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nhipcau.reading.findings import Span

# Blanks, one line break and Markdown marks may stand between any two pieces; bounded, so that the search
# stays linear on a megabyte of blanks.
GAP = r"[\s*_]{0,6}"
GAP1 = r"[\s*_]{1,6}"

MONTH_WORDS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12,
}  # fmt: skip

# A scanner reads O for 0 and l or I for 1.
_D = r"[0-9OIl]{1,2}"
# The first digit comes before what looks back from it, so that the search leaps from digit to digit.
_FIRST = r"[0-9OIl](?<![\w].)(?<!\d[./,].)"
_D_REST = r"[0-9OIl]?"
_YEAR = r"(?:1[0-9OIl]|2[0O1Il])[0-9OIl]{2}(?!\d)"
_DAY_WORD = r"[Nn](?:gày|(?<=N)GÀY)"
_MONTH_WORD = r"(?:[Tt]háng|THÁNG)"
_YEAR_WORD = r"(?:[Nn]ăm|NĂM)"
_WORDS = "|".join(
    form
    for word in sorted(MONTH_WORDS, key=len, reverse=True)
    for form in (word, word.capitalize(), word.title(), word.upper())
)

# A day in figures: the same mark twice, or "05/01 năm 2022". Blanks only beside "/" and "-", for "1. 2. 2020"
# is a list. In "5-10/12/2022" the day is 10/12/2022, so a dash may stand before a day written with "/".
_FIGURES = (
    rf"(?:{_D_REST}{GAP}/{GAP}{_D}(?:{GAP}/{GAP}|{GAP1}{_YEAR_WORD}{GAP1}){_YEAR}"
    rf"|(?<!\d-.){_D_REST}(?:{GAP}-{GAP}{_D}{GAP}-{GAP}|\.{_D}\.){_YEAR})"
)
# A day in words, of which "ngày" is not demanded: "05 tháng 01 năm 2022".
_SPOKEN = (
    rf"{_D_REST}(?:{GAP},)?{GAP}{_MONTH_WORD}{GAP1}(?:{_D}|(?P<word>{_WORDS})(?!\w))"
    rf"(?:{GAP1}|{GAP},{GAP}){_YEAR_WORD}{GAP1}{_YEAR}"
)
_AFTER = r"(?![./-]?\w)"
_DATE = re.compile(rf"{_FIRST}(?:{_SPOKEN}|{_FIGURES}){_AFTER}")
# A leap year has every day that some year has.
_LEAP = 2024
_INTEGERS = re.compile(r"[0-9OIl]+")
_SCANNED = str.maketrans("OIl", "011")
_LEAD = re.compile(rf"{_DAY_WORD}{GAP1}(?:(?:mùng|mồng|Mùng|Mồng){GAP1})?\Z")
# "15/12" or "15 tháng 12" without a year; only after the word "ngày", for "7/10" alone is a fraction.
_DAY_OF_YEAR = re.compile(
    rf"{_DAY_WORD}{GAP1}(?P<d>\d{{1,2}})(?:{GAP}[/-]{GAP}|{GAP1}{_MONTH_WORD}{GAP1})(?P<m>\d{{1,2}})"
    rf"(?!\d)(?!{GAP}[/.-]{GAP}\d)(?!{GAP},?{GAP1}{_YEAR_WORD}{GAP1}\d)"
)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A day as printed. ``span`` begins at the first digit, ``full`` also holds the word "ngày" before it.

    ``iso`` is ``None`` where the calendar has no such day.
    """

    span: Span
    full: Span
    day: int
    month: int
    year: int

    @property
    def iso(self) -> str | None:
        """The day as YYYY-MM-DD, or ``None`` where there is no such day."""
        return iso(self.day, self.month, self.year)


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A day and month without a year ("ngày 15/12"); ``span`` begins at "ngày"."""

    span: Span
    day: int
    month: int


@lru_cache(maxsize=4096)
def iso(day: int, month: int, year: int) -> str | None:
    """The day as YYYY-MM-DD, or ``None`` where the calendar has no such day (30/02)."""
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _made(match: re.Match[str], plain: str) -> PrintedDate:
    start, end = match.span()
    lead = _LEAD.search(plain, max(0, start - 24), start)
    return PrintedDate((start, end), (lead.start() if lead else start, end), *_day(match[0], match["word"]))


@lru_cache(maxsize=4096)
def _day(surface: str, word: str | None) -> tuple[int, int, int]:
    """Day, month and year of a surface; ``word`` is its month where that is spelt."""
    spelt = surface.replace(word, "") if word else surface
    numbers = [int(number.translate(_SCANNED)) for number in _INTEGERS.findall(spelt)]
    month = MONTH_WORDS[" ".join(word.lower().split())] if word else numbers[1]
    return numbers[0], month, numbers[-1]


def date_at(plain: str, position: int, end: int | None = None) -> PrintedDate | None:
    """The day whose first digit stands at ``position``, or ``None``. ``end`` bounds the reading."""
    match = _DATE.match(plain, position, len(plain) if end is None else end)
    return _made(match, plain) if match else None


def iter_dates(plain: str, start: int = 0, end: int | None = None) -> Iterator[PrintedDate]:
    """Every day printed in ``plain[start:end]``, in order, the impossible ones too."""
    for match in _DATE.finditer(plain, start, len(plain) if end is None else end):
        yield _made(match, plain)


def find_impossible_dates(plain: str, start: int, end: int) -> tuple[PrintedDate, ...]:
    """Every day with a year in ``plain[start:end]`` that the calendar does not have, in order."""
    matches = _DATE.finditer(plain, start, end)
    return tuple(_made(match, plain) for match in matches if iso(*_day(match[0], match["word"])) is None)


def find_dates(plain: str, start: int = 0, end: int | None = None) -> tuple[PrintedDate, ...]:
    """Every day printed in ``plain[start:end]``, in order; spans count from the start of ``plain``."""
    return tuple(iter_dates(plain, start, end))


def find_days_of_year(plain: str, start: int = 0, end: int | None = None) -> tuple[DayOfYear, ...]:
    """Every "ngày 15/12" without a year in ``plain[start:end]``, those that no year has left out."""
    stop = len(plain) if end is None else end
    found = (
        DayOfYear(match.span(), int(match["d"]), int(match["m"]))
        for match in _DAY_OF_YEAR.finditer(plain, start, stop)
    )
    return tuple(day for day in found if iso(day.day, day.month, _LEAP))


def parse_date(surface: str) -> str | None:
    """The ISO day of a surface that holds one ("ngày 05 tháng 01 năm 2020"), or ``None``."""
    first = next(iter_dates(surface), None)
    return first.iso if first else None


def find_impossible_days(plain: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The spans of every "ngày 31/6" without a year that no year has."""
    stop = len(plain) if end is None else end
    days = [(match, int(match["d"]), int(match["m"])) for match in _DAY_OF_YEAR.finditer(plain, start, stop)]
    # Figures beyond any calendar ("ngày 40/60") are no day at all, not a wrong one.
    near = [(match, day, month) for match, day, month in days if iso(day, 1, _LEAP) and iso(1, month, _LEAP)]
    return tuple(match.span() for match, day, month in near if not iso(day, month, _LEAP))
