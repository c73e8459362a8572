"""What stands beside a number: the unit after it, the bound word before it, the label that makes it a name.

Knowledge is in ``tables/units.csv``, ``bounds.csv`` and ``labels.csv``. Works on the matching copy of a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from nhipcau.reading.findings import Bound
from nhipcau.reading.tables import load

UnitKind = Literal["money", "share", "measure", "count", "place", "never", "unknown"]

# One word after blanks, marks and at most one line break.
_WORD = re.compile(r"[ *_]{0,4}(\n[ *_]{0,4})?([^\s*_()|;:“”\"…\[\]<>]{1,40})")
_STOPS = ".,?!"
_LONGEST_SYLLABLE = 7  # "nghiêng": a longer word is no Vietnamese noun
# Single letters are units only in lower case: "12 m", "500.000 đ", never "12 M".
_EXACT = frozenset({"m", "đ"})
# Words that follow a number without being what is counted.
_FUNCTION_WORDS = (
    "và với của trong được đã là có thì đến tới cho ở tại từ về để so do nên vào ra như hay hoặc này "
    "đó kia ấy trên dưới bằng theo nhằm khi mà cùng sẽ không chưa đang vừa mới rất cũng lại còn nữa "
    "lên xuống qua sau trước ngoài giữa nếu vì tuy song nhưng thuộc gồm tăng giảm đạt chiếm phải cần "
    "hãy xin nói riêng nhất trở sang gần hơn khoảng đề nêu quy yêu chỉ xác giao căn nhấn một hai ba "
    "bốn năm sáu bảy tám chín mười các những mỗi từng và/hoặc ngay đều bị ban x × tới thứ km/h"
)
_FUNCTION = frozenset(_FUNCTION_WORDS.split())


@dataclass(slots=True)
class Unit:
    """A unit after a number: ``name`` is the ISO code or the words as printed, lower case."""

    kind: UnitKind
    name: str
    start: int
    end: int

    @property
    def firm(self) -> bool:
        """Money, shares and measures: nothing but an amount can stand before them."""
        return self.kind in ("money", "share", "measure")

    @property
    def counted(self) -> bool:
        """Things that come in whole numbers."""
        return self.kind in ("count", "place", "unknown")


@lru_cache(maxsize=1)
def _units() -> dict[str, tuple[UnitKind, str]]:
    return {
        row["unit"]: (cast("UnitKind", row["kind"]), row["code"] or row["unit"]) for row in load.rows("units")
    }


@lru_cache(maxsize=1)
def _sizes() -> dict[str, tuple[int, ...]]:
    """By first word, how many words the units of the table have, most first."""
    found: dict[str, set[int]] = {}
    for unit in _units():
        words = unit.split()
        found.setdefault(words[0].rstrip(_STOPS), set()).add(len(words))  # "tin, bài"
    return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in found.items()}


def _is_money(word: str) -> bool:
    known = _units().get(word.lower().rstrip(_STOPS))
    return known is not None and known[0] == "money"


def _next_word(plain: str, position: int) -> tuple[str, int, int] | None:
    """The word after ``position``: (as printed, start, end).

    A new line that begins with a capital is another cell or another sentence, but "USD" is a unit.
    """
    match = _WORD.match(plain, position)
    if match is None:
        return None
    word = match[2]
    if match[1] and word[0].isupper() and not (word.isupper() and _is_money(word)):
        return None
    return word, match.start(2), match.end()


def _phrase(plain: str, first: tuple[str, int, int], size: int) -> list[tuple[str, int]]:
    """Up to ``size`` words from ``first`` on: (lower case, end); a sentence's end ends the phrase."""
    word, _, end = first
    found = [(word.lower(), end)]
    while len(found) < size and word[-1] not in ".?!":
        following = _next_word(plain, end)
        if following is None:
            break
        word, _, end = following
        found.append((word.lower(), end))
    return found


def unit_at(plain: str, position: int) -> Unit | None:
    """The unit that follows ``position`` at once or after a blank; ``None`` where no noun follows.

    The longest name of the table wins. A noun of no table has kind "unknown".
    """
    first = _next_word(plain, position)
    if first is None:
        return None
    lead = first[0].lower().rstrip(_STOPS)
    sizes = _sizes().get(lead)
    if sizes is None:
        return _by_parts(first) or _unknown(plain, first)
    return _longest(plain, first, sizes) or _by_parts(first) or _unknown(plain, first)


def _longest(plain: str, first: tuple[str, int, int], sizes: tuple[int, ...]) -> Unit | None:
    """The unit of the table with most words that begins at ``first``."""
    table = _units()
    words = _phrase(plain, first, sizes[0])
    for size in sizes:
        if size > len(words):
            continue
        name = " ".join([word for word, _ in words[:size]]).rstrip(_STOPS)
        known = table.get(name)
        if known is not None and not (name in _EXACT and first[0].isupper()):
            return Unit(known[0], known[1], first[1], _trimmed(plain, words[size - 1][1]))
        head, mark, rest = name.rpartition("/")  # "dự án/khoản viện trợ", but "tỉnh/thành" is one unit
        if mark and " " in head and " " not in rest and (known := table.get(head)):
            return Unit(known[0], known[1], first[1], _trimmed(plain, words[size - 1][1]) - len(mark + rest))
    return None


def _trimmed(plain: str, end: int) -> int:
    while plain[end - 1] in _STOPS:
        end -= 1
    return end


def _by_parts(first: tuple[str, int, int]) -> Unit | None:
    """A rate ("đồng/người/năm", "bản/kỳ"): its first part, where the table has it."""
    word, start, _ = first
    for mark in ("/", "-"):
        head, found, _ = word.partition(mark)
        known = _units().get(head.lower()) if found else None
        if known and (mark == "/" or known[0] == "money"):
            return Unit(known[0], known[1], start, start + len(head))
    return None


def _unknown(plain: str, first: tuple[str, int, int]) -> Unit | None:
    """A noun of no table: two syllables, or one where the second is no part of a noun."""
    word, start, end = first
    bare = word.rstrip(_STOPS)
    if not bare.isalpha() or not bare.islower() or bare in _FUNCTION or len(bare) > _LONGEST_SYLLABLE:
        return None
    following = _next_word(plain, end) if bare == word else None
    if following is not None:
        second = following[0].rstrip(_STOPS)
        if second.isalpha() and second.islower() and second not in _FUNCTION:
            return Unit("unknown", f"{bare} {second}", start, _trimmed(plain, following[2]))
    return Unit("unknown", bare, start, _trimmed(plain, end))


@lru_cache(maxsize=1)
def _bounds() -> tuple[frozenset[str], re.Pattern[str], dict[str, tuple[Bound, bool]]]:
    """Last words of the bounds, one pattern over all (longest first), and what each means."""
    meaning = {
        row["words"]: (cast("Bound", row["bound"]), row["span"] == "before") for row in load.rows("bounds")
    }
    names = sorted(meaning, key=len, reverse=True)
    body = "|".join(r"[ \n]{1,3}".join(map(re.escape, name.split())) for name in names)
    pattern = re.compile(rf"(?<!\w)({body})[ \n*_]{{1,4}}\Z", re.IGNORECASE)
    return frozenset(name.rsplit(None, 1)[-1] for name in names), pattern, meaning


def bound_before(plain: str, position: int, floor: int = 0) -> tuple[Bound, int]:
    """The bound that the words before a number give it, and where the figure begins.

    "exact" and ``position`` itself where there is none, or where the words compare ("nhiều hơn 12").
    """
    low = max(floor, position - 24)
    window = plain[low:position]
    last = window.rstrip(" *_\n").rsplit(None, 1)
    lasts, pattern, meaning = _bounds()
    if not last or last[-1].lower() not in lasts:
        return "exact", position
    match = pattern.search(window)
    if match is None:
        return "exact", position
    bound, inside = meaning[" ".join(match[1].lower().split())]
    return bound, low + match.start() if inside else position


@lru_cache(maxsize=1)
def _labels() -> dict[str, tuple[str, frozenset[str]]]:
    return {row["word"]: (row["kind"], frozenset(row["unless"].split())) for row in load.rows("labels")}


def label_before(words: list[str]) -> str | None:
    """Say "always" or "soft" where the last word before a number makes it a label ("Điều 5", "Cụm 4").

    ``words`` are the words before the number; "danh mục 5 dự án" is no label, for the row names "danh".
    """
    if not words:
        return None
    kind, unless = _labels().get(words[-1].strip("*_“\"'(").lower(), (None, frozenset()))
    if len(words) > 1 and words[-2].lower().strip("*_“\"'(") in unless:
        return None
    return kind
