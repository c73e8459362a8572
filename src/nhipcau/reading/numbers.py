"""The number and symbol of a document: "07-CT/HU", "15/KH-UBND", "41/2035/TT-BTG", "216/LHHN-VP".

``NUMBER`` is the pattern, ``read_number`` makes a ``DocNumber`` of what it found. The first mark after the
number decides the family: "-" is the Party's, "/" with four digits is legislation or numbered by year, "/"
with a code of the type table is an act of the State, "/" with anything else is a dispatch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from nhipcau.reading.tables import load

Family = Literal["party", "state", "letter", "law", "joint", "bare"]

_UPPER = "A-ZĐÂĂÊÔƠƯ"
# Between two pieces: blanks, one or two line breaks, Markdown marks and their backslash; bounded.
_GAP = r"[\s*_\\]{0,4}"
_YEAR = r"(?:1[89]|[2Z][O01l])[0-9OIl]{2}(?!\w)"
_SEGMENT = (
    rf"(?:{_YEAR}|[{_UPPER}](?:(?:[.&](?=[{_UPPER}0-9]))?[{_UPPER}a-zđ0-9]){{0,15}}(?!\w)"
    # A unit in small letters: "45/UBND-vx".
    r"(?:-[a-zđ]{1,3}(?![\w.]))?)"
)
# The search starts at a digit, so that the engine skips other text fast; the look-behinds come after it. No
# letter of a code word (COVID19), no mark of an address, a decimal or a file name may stand before.
# A scanner reads O for 0 and l or I for 1 ("O8-NQ/HU", "l48/KH-UBND"), also in front: ``whole_start``.
_LOOSE = r"(?<=(?<![\w./,=%#@+-])[OIl][0-9])"
FIRST_DIGIT = rf"[0-9](?:(?<![A-Za-zĐđ0-9][0-9])(?<![\w)][./,_=%#@+-][0-9])|{_LOOSE})"
DIGITS = rf"{FIRST_DIGIT}[0-9OIl]{{0,5}}"
NUMBER = re.compile(rf"{DIGITS}[a-zđA-ZĐ]?(?P<tail>(?:{_GAP}[-/]{_GAP}{_SEGMENT}){{1,7}})")
_PIECE = re.compile(rf"({_GAP})([-/])({_GAP})({_SEGMENT})")
_INTEGER = re.compile(r"([0-9OIl]{1,7})([a-zđA-ZĐ]?)")
_IS_YEAR = re.compile(_YEAR)
_SCANNED = str.maketrans("OIlZ", "0112")
_LAW = re.compile(r"(?:QH|UBTVQH)\d{1,2}\Z")
_MARKS = re.compile(r"[\s*_\\]+")
# What may stand in a symbol although it is short or mostly in small letters.
_SMALL = frozenset({"Tr", "Ct", "Ng", "Qy"})


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A document number taken apart. ``text`` is its canonical form: no blanks, plain hyphens, zeros kept.

    ``value`` is the integer, ``suffix`` a letter after it ("12a"), ``code`` the code of the type, ``symbol``
    the issuer's, ``units`` the rest. ``length`` counts the characters of the surface it was read from.
    """

    text: str
    family: Family
    value: int
    suffix: str
    year: int | None
    code: str | None
    symbol: str | None
    units: tuple[str, ...]
    length: int

    @property
    def complete(self) -> bool:
        """Whether number and symbol are both printed."""
        return self.code is not None or self.symbol is not None


@lru_cache(maxsize=1)
def codes() -> dict[str, frozenset[str]]:
    """Every code of the type table, also in capitals, with the names of the types that use it."""
    found: dict[str, set[str]] = {}
    for row in load.rows("types"):
        for code in f"{row['state_code']};{row['party_code']}".split(";"):
            for form in {code, code.upper()} - {""}:
                found.setdefault(form, set()).add(row["name"])
    for row in load.rows("patterns"):
        if row["kind"] == "code":
            for form in (row["form"], row["form"].upper()):
                found.setdefault(form, set()).add(row["value"])
    return {code: frozenset(names) for code, names in found.items()}


@lru_cache(maxsize=1)
def symbols() -> frozenset[str]:
    """The issuer symbols that a table knows, first pieces and units alike."""
    return frozenset(piece for row in load.rows("symbols") for piece in row["symbol"].split("-"))


def digits(surface: str) -> str:
    """Digits as they were meant where a scanner read letters: "2O2l" is 2021."""
    return surface.translate(_SCANNED)


def whole_start(plain: str, start: int) -> int:
    """Where a number that the search met at ``start`` really begins: at the "O" of "O8-NQ/HU"."""
    return start - 1 if start and plain[start - 1] in "OIl" else start


def _like_symbol(segment: str) -> bool:
    """Whether a piece looks like an abbreviation rather than the first word of a title ("Ban")."""
    if _IS_YEAR.match(segment) or segment in symbols() or segment in codes():
        return True
    return sum(letter.isupper() or letter.isdigit() for letter in segment) > 1


def _pieces(tail: str) -> list[tuple[str, str, int]]:
    """Marks and segments of a tail with the place where each ends, cut where it is no symbol any more."""
    found: list[tuple[str, str, int]] = []
    for match in _PIECE.finditer(tail):
        before, mark, after, segment = match.groups()
        whole = len(found) > 1 or (found and _LAW.match(found[0][1]))
        if not _IS_YEAR.match(segment) and not _like_symbol(segment) and (before or after or not found):
            break
        # "07-CT/HU - BAN": after a whole symbol a blank ends it, unless a known unit follows.
        if whole and (before or after) and segment not in symbols():
            break
        found.append((mark, segment, match.end()))
    return found


@lru_cache(maxsize=4096)
def read_number(surface: str) -> DocNumber | None:
    """Read the number at the beginning of ``surface`` (of the matching copy); ``None`` where there is none.

    ``length`` of the result says how much of the surface belongs to it: "07-CT/HU - Ban" gives "07-CT/HU".
    """
    head = _INTEGER.match(surface)
    if not head:
        return None
    pieces = _pieces(surface[head.end() :])
    length = head.end() + pieces[-1][2] if pieces else head.end()
    pieces = [(mark, digits(name) if _IS_YEAR.match(name) else name, end) for mark, name, end in pieces]
    text = digits(head[1]) + head[2] + "".join(mark + segment for mark, segment, _ in pieces)
    return _parted(text, int(digits(head[1])), head[2].lower(), pieces, length)


def _parted(text: str, value: int, suffix: str, pieces: list[tuple[str, str, int]], length: int) -> DocNumber:
    names = [segment for _, segment, _ in pieces]
    year = int(names.pop(0)) if names and _IS_YEAR.match(names[0]) and pieces[0][0] == "/" else None
    code = names.pop(0) if names and names[0] in codes() else None
    symbol = names[0] if names else None
    return DocNumber(
        text, _family(pieces, code, names), value, suffix, year, code, symbol, tuple(names[1:]), length
    )


def _family(pieces: list[tuple[str, str, int]], code: str | None, names: list[str]) -> Family:
    if not code and not names:
        return "bare"
    if pieces[0][0] == "-":
        return "party"
    if any(_LAW.match(name) for name in names):
        return "law"
    if code in {"TTLT", "NQLT"}:
        return "joint"
    return "state" if code else "letter"


def parse_number(surface: str) -> DocNumber | None:
    """The number that ``surface`` is ("45 / KH - UBND"), or ``None`` if it is anything else."""
    bare = surface.strip(" \n*_")
    number = read_number(bare)
    return number if number and number.length == len(bare) else None


def canonical(surface: str) -> str:
    """A printed number without blanks and Markdown marks; of what is no number, the surface without them."""
    return _MARKS.sub("", surface)
