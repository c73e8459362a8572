"""Numbers as Vietnamese papers print them: "1.200", "4,83 tỷ", "2 tỷ rưỡi", "hai mươi ba".

Works on the matching copy of a text (``text.matching``). Nothing here knows what is counted: ``units.py``
reads the unit, ``figures.py`` decides what is a figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nhipcau.reading.tables import load

# Blanks and Markdown marks, with at most one line break, may stand between the pieces of a quantity.
GAP = r"[ *_]{0,4}(?:\n[ *_]{0,4})?"
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# A number that is no part of a longer token: no code ("12-CT"), date, time or address; nor "năm 2024" or
# "Điều 5". "5/7" may be a share. The first digit comes before what looks back from it, so that the search
# leaps from digit to digit. It ends where no digit goes on: possessive repeats would say so in fewer signs,
# but those of groups are broken in Python up to 3.11.4, which Debian 12 brings.
FREE_NUMBER = re.compile(
    r"\d(?<![\w.:,_@#&=]\d)(?<!\d/\d)(?<!\S-\d)(?<!ngày \d)(?<!tháng \d)(?<!Điều \d)"
    r"(?:(?<!năm[ \n]\d)|(?=\d*[.,]\d))"
    r"\d*(?:[.,]\d+)*(?!\d|[.,]\d)"
    r"(?!-[^\W\d]|/\D|/\d{1,4}(?:[/-]|\.(?!\d{3}(?!\d)))|[:_@&=]\w)"
)
YEARS = (1900, 2100)  # a number of four digits in these may be a year
LONGEST = 24  # digits of a number; longer runs are codes or noise

_GROUPED_DOT = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,6})?")
_GROUPED_COMMA = re.compile(r"\d{1,3}(?:(?:,\d{3}){2,}(?:\.\d{1,6})?|,\d{3}\.\d{1,6})")
_DECIMAL = re.compile(r"\d{1,12}[.,]\d{1,6}")
_ONE_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")

UNITS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
BIG = {"nghìn": 1_000, "ngàn": 1_000, "vạn": 10_000, "triệu": 1_000_000, "tỷ": 10**9, "tỉ": 10**9}


@dataclass(frozen=True, slots=True)
class Digits:
    """A number in digits. ``thousands`` is the other reading of "1,200", which counted things ask for."""

    value: float
    grouped: bool
    whole: bool
    thousands: float | None = None

    @property
    def year(self) -> bool:
        """Whether it may as well be a year: four digits in a row, 1900 to 2100."""
        return self.whole and not self.grouped and YEARS[0] <= self.value <= YEARS[1]


@lru_cache(maxsize=8192)
def read_digits(surface: str) -> Digits | None:
    """The value of "1.200", "12,5", "1,234,567.8"; ``None`` where the marks fit no way of writing numbers."""
    if len(surface) > LONGEST:
        return None
    if surface.isdecimal():
        return Digits(float(surface), grouped=False, whole=True)
    if _GROUPED_DOT.fullmatch(surface):
        return Digits(
            float(surface.replace(".", "").replace(",", ".")), grouped=True, whole="," not in surface
        )
    if _GROUPED_COMMA.fullmatch(surface):
        return Digits(float(surface.replace(",", "")), grouped=True, whole="." not in surface)
    if _DECIMAL.fullmatch(surface):
        other = float(surface.replace(",", "")) if _ONE_COMMA.fullmatch(surface) else None
        return Digits(float(surface.replace(",", ".")), grouped=False, whole=False, thousands=other)
    return None


@dataclass(slots=True)
class Scaled:
    """What scale words make of a number: the value, whether there were any, and where they end."""

    value: float
    end: int
    factor: float


# What may follow the blank before a scale word: its first letters, marks, blanks, or the end of the text.
_MAY_SCALE = frozenset(["", *"cntvCNTV*_ \n"])


@lru_cache(maxsize=1)
def _factors() -> dict[str, float]:
    return {row["word"]: float(row["factor"]) for row in load.rows("scale")}


@lru_cache(maxsize=1)
def _scale() -> re.Pattern[str]:
    """One scale word. "tỷ lệ" is none; "tr" counts only before money; "đ" may be glued to the word."""
    full = "|".join(sorted((w for w in _factors() if w != "tr"), key=len, reverse=True))
    upper = "|".join(sorted((w.upper() for w in _factors() if w != "tr"), key=len, reverse=True))
    money = r"(?:\.?đ(?:ồng)?|\.? ?(?:USD|US\$|EUR|VNĐ|VND|đồng|đ|đô))(?!\w)"
    not_scale = r"(?! ?(?:lệ|trọng|giá|suất|phú|LỆ|TRỌNG|GIÁ|SUẤT)\b)"
    return re.compile(
        rf"{GAP}(?:({full}|{upper})(?:(?!\w)|(?=đ(?:ồng)?(?!\w))){not_scale}|(tr)(?={money})\.?)"
    )


_HALF = re.compile(rf"{GAP}rưỡi(?!\w)")
_MORE = re.compile(rf"{GAP}(\d{{1,3}})(?!\d|[.,]\d)")


def _words(plain: str, position: int) -> tuple[float, int]:
    """The product of up to two scale words at ``position`` ("nghìn tỷ"), and where they end."""
    factor, end = 1.0, position
    for _ in range(2):
        match = _scale().match(plain, end)
        if match is None or (match.start() == position and "\n\n" in match[0]):
            break
        factor *= _factors()[(match[1] or match[2]).lower()]
        end = match.end()
    return factor, end


def scale_at(plain: str, value: float, position: int) -> Scaled:
    """Apply the scale words after a number: "4,83" + " tỷ", "2" + " tỷ rưỡi", "4" + " tỷ 830 triệu"."""
    if plain[position : position + 1] == " " and plain[position + 1 : position + 2] not in _MAY_SCALE:
        return Scaled(value, position, 1.0)  # the usual case, at the price of two characters
    factor, end = _words(plain, position)
    if factor == 1.0:
        return Scaled(value, position, 1.0)
    total, last = value * factor, factor
    if half := _HALF.match(plain, end):
        return Scaled(round(total + factor / 2, 6), half.end(), factor)
    while more := _MORE.match(plain, end):
        smaller, after = _words(plain, more.end())
        if not 1.0 < smaller < last:
            break
        total, last, end = total + int(more[1]) * smaller, smaller, after
    return Scaled(round(total, 6), end, factor)


_TAIL = (
    "một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín|mười|mươi|linh|lẻ|trăm|chục"
    "|nghìn|ngàn|vạn|triệu|tỷ|tỉ"
)
# "năm 2024" is a year and "ba mươi" needs its tail; "một" opens a number only before a larger word.
_WORDS = (
    r"(?P<number>(?:[Hh]ai|[Bb]a|[Bb]ốn|[Nn]ăm|[Ss]áu|[Bb][ảẩ]y|[Tt]ám|[Cc]hín|[Mm]ười"
    r"|[Mm]ột(?=[ \n](?:chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)\b))"
    rf"(?:[ \n](?:{_TAIL})\b(?! lệ)){{0,8}})(?![ \n](?:{_TAIL})\b(?! lệ))(?![\w-])(?! \d)"
)
# A leading blank in the pattern lets the search skip whole words; the start of a text is looked at apart.
IN_WORDS = re.compile(r"[ \n(\[“\"*](?=[HhBbNnSsTtCcMm][aăáảẩốộưh])" + _WORDS)
IN_WORDS_HERE = re.compile(_WORDS)


@lru_cache(maxsize=4096)
def words_value(surface: str) -> float | None:
    """The value of a number in words ("hai mươi ba" is 23), ``None`` where the words make no number."""
    total, hundreds, digit = 0.0, 0.0, None
    for word in surface.lower().split():
        if word in UNITS:
            if digit is not None:  # "hai ba": two or three, a guess and no number
                return None
            digit = UNITS[word]
        elif word == "mười":
            hundreds, digit = hundreds + 10, None
        elif word in ("mươi", "chục", "trăm"):
            if digit is None:
                return None
            hundreds, digit = hundreds + digit * (100 if word == "trăm" else 10), None
        elif word in BIG:
            part = hundreds + (digit or 0)
            if not part and not total:
                return None
            # "hai nghìn tỷ": the larger word multiplies what stands before it.
            total = (total + part) * BIG[word] if 0 < total < BIG[word] else total + part * BIG[word]
            hundreds, digit = 0.0, None
    return total + hundreds + (digit or 0) or None
