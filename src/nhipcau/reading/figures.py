"""Figures: counts, amounts, shares, areas, yields and lengths that a text states as facts.

A candidate of ``counts.py`` is one where its unit is no duration or division of the text, where the words
before it do not make it a date, a name or a label, and where the clause sets it not as a target: ``aims``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nhipcau.reading import aims, units
from nhipcau.reading.counts import VAGUE, Candidate, candidates, opened
from nhipcau.reading.findings import Figure, Span

_UPWARDS = re.compile(r"(?:(?!từ )[^.,;:\n]){0,40}?(?<!\w)trở (lên|xuống)(?!\w)")


def is_figure(plain: str, found: Candidate, low: int) -> bool:
    """Whether a candidate states a fact: no duration, division, name, label or year.

    Whether the clause sets it as a target is ``aims.is_aim``.
    """
    unit = found.unit
    if unit is not None and unit.kind == "never":
        return False
    whole = found.whole or (unit is not None and unit.name == "lần")  # "tăng 2,4 lần"
    if found.value == 0 or (unit is not None and unit.counted and not whole):
        return False
    if _is_copies(plain, found) or _is_often(plain, found):
        return False
    return found.spoken or _context_allows(plain, found, low)


# "500.000 đồng/người/ngày" is what may be spent; "65 triệu đồng/người/năm" is what people earn.
_PER = re.compile(
    r"/ ?(?:người|khách|đại biểu|đoàn|suất|buổi|ngày|đêm)(?P<day>/ ?(?:ngày|buổi|đêm|người|lần|suất))?(?!\w)"
)


def _is_rate(plain: str, found: Candidate) -> bool:
    """Whether an amount is what may be spent for each: "đồng/người/ngày", "không quá ... đồng/người"."""
    per = _PER.match(plain, found.end) if found.unit is not None and found.unit.kind == "money" else None
    return per is not None and bool(per["day"] or found.bound == "at_most")


_TIME_OF = re.compile(r"[ *_+-]*Thời gian[ *_]*:[ *_]*\Z")  # "Thời gian: 01 buổi"
_FOR_EACH = re.compile(r"(?<!\w)[Mm]ỗi(?!\w)(?!.*(?<!\w)(?:đã|được|bình quân)(?!\w))", re.DOTALL)


def _is_aim(plain: str, found: Candidate, clause: str) -> bool:
    """Whether the clause sets the number as a target, a quota or a norm."""
    bounded = found.bound in ("at_least", "at_most") and not found.ranged
    if _is_rate(plain, found):
        return True
    counted = found.unit is not None and found.unit.counted
    # "mỗi quý tổ chức 01 cuộc gặp": one for each is a norm, whatever the period.
    if (counted and found.value == 1 and _FOR_EACH.search(clause)) or _TIME_OF.match(clause):
        return True
    return aims.is_aim(plain, (found.start, found.end), clause, bounded=bounded, counted=counted)


def _is_copies(plain: str, found: Candidate) -> bool:
    """As "hồ sơ (03 bộ)": how many copies of the paper itself."""
    if found.unit is None or found.unit.name not in ("bộ", "bản", "tờ", "trang"):
        return False
    return plain[found.start - 1 : found.start] == "(" and plain[found.end : found.end + 1] == ")"


def _is_often(plain: str, found: Candidate) -> bool:
    """As "họp 1 lần", "02 lần/năm": once, or how often."""
    if found.unit is None or found.unit.name != "lần":
        return False
    return found.value == 1 or plain[found.end : found.end + 1] == "/"


def _context_allows(plain: str, found: Candidate, low: int) -> bool:
    """The rules about the words before a number in digits."""
    unit = found.unit
    if unit is not None and unit.firm:
        return True
    words = plain[max(low, found.start - 32) : found.start].split()
    if words and words[-1].strip("*_").lower() in VAGUE:
        return False
    if found.scaled:
        return True
    if found.bound == "exact" and (found.year or _is_label(words, found)):
        return False
    if unit is None:
        return found.bound != "exact" and not found.year
    return found.bound != "exact" or not _is_index(plain, found)


def _is_label(words: list[str], found: Candidate) -> bool:
    """As "Điều 5", "Cụm 4", "Quỹ 15 tháng": the number belongs to the word before it."""
    kind = units.label_before(words)
    if kind == "always":
        return True
    known = found.unit is not None and found.unit.kind in ("count", "place")
    if known and found.grouped and kind != "always":
        return False  # "Cấp 1.200 suất": no label runs into the thousands
    upper = any(word.lstrip('*_(“"')[:1].isupper() for word in words[-2:])
    if kind == "soft":
        return upper or not known
    last = words[-1].lstrip("*_(") if words else ""
    return (
        last[-1:] in "“\"'‘" if known and last else not known and (last[:1].isupper() or last[-1:] in "“\"'‘")
    )


def _is_index(plain: str, found: Candidate) -> bool:
    """As "12 Hội nghị ..." at the start of a line: the running number of a row."""
    start = found.number[0]
    before = plain[max(0, start - 8) : start].rstrip(" ")
    if found.unit is None or found.grouped or (before and not before.endswith("\n")):
        return False
    word = plain[found.unit.start : found.unit.end]
    return word[:1].isupper() and not word.isupper()


_IN_PLACES = re.compile(r"(?<!\w)(?:với|có|của|từ|gồm|được|cho|đến|tới|thăm|là)[ \n*_]{1,4}\Z")


# Land is worked *on* 245 ha: a verb of work with its object, then "trên".
_AREAS = frozenset({"ha", "km2", "km²", "m2", "m²"})
_WORKED = re.compile(
    r"(?<!\w)(?:trồng|gieo|cấy|nuôi|sản xuất|canh tác|thí điểm|triển khai|thực hiện)[ \n][^,.;]{2,32}\Z"
)


def _settled(plain: str, found: Candidate, low: int) -> Candidate:
    """The bound that the place gives: "trên 63 tỉnh" is *in* 63; "500 hội viên trở lên" is at least 500."""
    unit = found.unit
    over = found.bound == "over" and plain[found.start : found.start + 4].lower() == "trên"
    if over and unit is not None and unit.kind == "place":
        whole = found.value in (34, 63, 64)
        vague = found.value % 5 == 0 or _IN_PLACES.search(plain, max(low, found.start - 12), found.start)
        if whole or not vague:
            return replace(found, bound="exact", start=found.number[0])
    on_land = over and unit is not None and unit.name in _AREAS
    if on_land and _WORKED.search(plain, max(low, found.start - 40), found.start):
        return replace(found, bound="exact", start=found.number[0])
    if plain.find("trở ", found.end, found.end + 46) >= 0 and (up := _UPWARDS.match(plain, found.end)):
        return replace(opened(plain, found), bound="at_least" if up[1] == "lên" else "at_most")
    return found


def _in_furniture(furniture: Sequence[Span], start: int) -> bool:
    index = bisect_right(furniture, (start, 1 << 62)) - 1
    return index >= 0 and start < furniture[index][1]


def find_figures(text: str, plain: str, span: Span, *, furniture: Sequence[Span] = ()) -> tuple[Figure, ...]:
    """The figures of ``text[span]`` in order; spans count code points of ``text``.

    ``plain`` is ``text.matching(text)``; ``furniture`` are sorted spans whose numbers are no content.
    """
    low, high = span
    scope = aims.target_sections(plain, low, high)
    found: list[Figure] = []
    for candidate in candidates(plain, low, high):
        if _in_furniture(furniture, candidate.number[0]) or _in_furniture(scope, candidate.number[0]):
            continue
        settled = _settled(plain, candidate, low)
        if settled.end > high or not is_figure(plain, settled, low):
            continue
        clause = aims.clause_before(plain, low, settled.start)
        if not _is_aim(plain, settled, clause):
            found.append(_figure(text, plain, settled, clause, high))
    found.sort(key=lambda figure: figure.span)
    return tuple(_distinct(found))


def _distinct(figures: list[Figure]) -> Iterator[Figure]:
    """Drop a figure that begins inside the one before it."""
    reach = -1
    for figure in figures:
        if figure.span[0] >= reach:
            reach = figure.span[1]
            yield figure


def _figure(text: str, plain: str, found: Candidate, clause: str, high: int) -> Figure:
    span = (found.start, found.end)
    unit = found.unit.name if found.unit else None
    what = aims.what(plain, found.unit.end, high) if found.unit and found.unit.counted else None
    return Figure(span, text[slice(*span)], found.value, unit, what, found.bound, aims.period(clause))
