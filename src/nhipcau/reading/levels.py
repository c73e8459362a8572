"""Where a document comes from: the level of its issuer, and whether the issuer's name says of which place.

"Tỉnh ủy Bến Trúc" is of a province and placed; "Tỉnh ủy" is of some province, and must be asked.
"""

from __future__ import annotations

import re
from functools import lru_cache

from nhipcau.reading.numbers import DocNumber
from nhipcau.reading.tables import load
from nhipcau.reading.text import fold

# From the top; an edge by title goes down.
LEVELS = ("centre", "province", "district", "commune")
# Words of a level that mean none: "xã hội", "quan hệ".
_NO_LEVEL = re.compile(
    r"(?<!\w)(?:xa hoi|quan he|quan ly|quan doi|quan su|quan khu|tinh hinh|phuong an|bo phan)(?!\w)"
)
_PLACED = re.compile(
    r"(?:(?:[Tt]ỉnh|[Tt]hành|[Hh]uyện|[Tt]hị|[Qq]uận|[Đđ]ảng) [uủ][yỷ]|[Tt]ỉnh đoàn|tỉnh|thành phố|huyện|"
    r"thị xã|quận|xã|phường|thị trấn|đặc khu)\s(?P<place>[A-ZĐÀ-Ỹ]\w*(?:[\s-][A-ZĐÀ-Ỹ]\w*){0,4})",
)
_ABBREVIATED = re.compile(r"\A(?:UBND|HĐND|MTTQ|UBMT)\w*\Z")


def is_above(one: str | None, two: str | None) -> bool:
    """Whether level ``one`` is higher than level ``two``; unknown levels are never compared."""
    return one in LEVELS and two in LEVELS and LEVELS.index(one) < LEVELS.index(two)


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?<!\w){re.escape(fold(row['phrase']))}(?!\w)"), row["level"])
        for row in sorted(load.rows("levels"), key=lambda row: -len(row["phrase"]))
    )


@lru_cache(maxsize=1)
def _symbols() -> dict[str, str]:
    return {row["symbol"].split("-")[0]: row["level"] for row in load.rows("symbols") if row["level"]}


def level_of(number: DocNumber | None, issuer: str | None) -> str | None:
    """The level of a document by its issuer's symbol, else by the words of its name, else ``None``."""
    symbol = number.symbol if number else None
    if symbol and re.match(r"(?:QH|UBTVQH)\d", symbol):
        return "centre"
    if symbol and symbol in _symbols():
        return _symbols()[symbol]
    return level_of_name(issuer) if issuer else None


@lru_cache(maxsize=1024)
def level_of_name(issuer: str) -> str | None:
    """The level that the words of a name tell; the lowest one where it tells several."""
    plain = _NO_LEVEL.sub(" ", fold(issuer))
    found = set()
    for pattern, level in _phrases():
        # Longer phrases first, each taken out: "thị xã" is no "xã".
        plain, times = pattern.subn(" ", plain)
        found |= {level} if times else set()
    return max(found, key=LEVELS.index, default=None)


@lru_cache(maxsize=1024)
def place_of(issuer: str) -> str | None:
    """The place in a body's name, folded ("Tỉnh ủy Bến Trúc" is of "ben truc"), or ``None``."""
    match = next(
        (found for found in _PLACED.finditer(issuer) if not _ABBREVIATED.match(found["place"])), None
    )
    return fold(match["place"]) if match else None


def elsewhere(one: str | None, two: str | None) -> bool:
    """Whether two names say two different places; a name without a place agrees with any."""
    left, right = place_of(one) if one else None, place_of(two) if two else None
    return bool(left and right and not left.startswith(right) and not right.startswith(left))


def question(number: DocNumber | None, issuer: str | None) -> str | None:
    """What must be asked about a document that a paper names without saying whose it is; else ``None``.

    Central bodies need no place; a name with a place is placed.
    """
    if level_of(number, issuer) == "centre" or (issuer and place_of(issuer)):
        return None
    if number and number.family in {"law", "joint"}:
        return None
    if issuer:
        return f"“{issuer}” là của địa phương nào? Văn bản không ghi rõ, cần người xác nhận."
    return "Văn bản không ghi cơ quan ban hành; cần người xác nhận."


@lru_cache(maxsize=1)
def _short_bodies() -> dict[str, str]:
    return {
        fold(row["form"]): fold(row["value"]) for row in load.rows("patterns") if row["kind"] == "short_body"
    }


@lru_cache(maxsize=1024)
def body_words(name: str) -> frozenset[str]:
    """The folded words of a body's name, abbreviations written out: "UBND tỉnh" as "Ủy ban nhân dân tỉnh"."""
    words = [_short_bodies().get(word, word) for word in fold(name).replace(",", " ").split()]
    return frozenset(" ".join(words).split()) - {"-", "va"}


def same_body(one: str, two: str) -> bool:
    """Whether two printed names can be one body: the words of one are all in the other."""
    left, right = body_words(one), body_words(two)
    return left <= right or right <= left
