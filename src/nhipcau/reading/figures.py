"""Figures: counts, amounts, shares, areas, yields and lengths that a text states as facts.

Every number of the matching copy is looked at once, with the words beside it: what follows must be a unit, what
stands before must not make it a date, a name or a label, and the clause must not set it as a target. The order
is: ``candidates`` (numbers with their unit and bound), ``is_figure`` (the rules), ``find_figures`` (spans).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nhipcau.reading import aims, quantities, units
from nhipcau.reading.findings import Bound, Figure, Span
from nhipcau.reading.quantities import GAP

# A letter read for a digit, as recognition from images does: "ll8 tin", "l,25 tỷ", "2.3l0 ngày công".
_MISREAD = re.compile(
    r"[ \n(](?P<number>(?:[lI]{1,2}[.,]?\d|\d[\d.,]{0,12}[lIOo])[\dlIOo.,]{0,12})(?![\w/-])"
)
_AS_DIGITS = str.maketrans("lIOo", "1100")
_FRACTION = re.compile(r"/(\d{1,5})(?![\d/.,-])")
_OCR_GROUP = re.compile(r"(?:\. | \.)(\d{3})(?![\d.,/])")
_TORN_DECIMAL = re.compile(r" ,[ ]?(\d{1,2})(?= (?:triệu|tỷ|tỉ|nghìn|%|USD|ha|km)(?!\w))")
_SPACED = re.compile(r"(?: \d{3}){1,4}(?![\d.,/])(?= ?(?:đồng|VNĐ|VND|USD|EUR|đô))")
_TO = re.compile(
    rf"{GAP}(?:(-)[ ]{{0,2}}|(đến|tới|lên tới|lên đến|lên|xuống còn|xuống|còn)"
    rf"[ \n]{{1,2}}(?:(?:khoảng|gần|hơn|trên|dưới)[ \n]{{1,2}})?)(?=[*_]{{0,2}}\d)"
)
_FROM = re.compile(r"(?<!\w)[Tt]ừ[ \n*_]{1,4}\Z")
_UPWARDS = re.compile(r"(?:(?!từ )[^.,;:\n]){0,40}?(?<!\w)trở (lên|xuống)(?!\w)")
_VAGUE = frozenset(["hàng", "hằng", "vài", "mấy", "dăm", "bạc"])
_NOT_FIVE = frozenset(
    ["trong", "hằng", "hàng", "mỗi", "cả", "đầu", "cuối", "giữa", "từng", "một", "các", "những", "tháng", "quý", "ngày", "mấy", "nhiều", "vài", "hết", "của", "theo", "này", "qua", "suốt", "với", "số", "vào", "sang", "sau", "trước", "cùng", "so", "nửa", "quanh", "nhất", "hai", "ba", "từ", "đến", "tới", "mươi", "bước", "kết", "và"]
)
_RELATION = frozenset(["giữa", "của", "cả", "dân", "hệ", "đạo", "phủ", "sĩ", "hữu", "nghị", "minh", "và", "hai", "chung"])
# "hai nước", "hai bên" name the two partners of a relation: nobody counted them.
_PARTNERS = frozenset({"nước", "quốc gia", "dân tộc", "bên", "phía"})


@dataclass(slots=True)
class Candidate:
    """A number with what stands beside it.

    ``number`` is the span of the number and its scale words; ``start`` and ``end`` also hold bound and unit.
    """

    number: Span
    start: int
    end: int
    value: float
    bound: Bound
    unit: units.Unit | None
    scaled: bool = False
    whole: bool = True
    grouped: bool = False
    year: bool = False
    spoken: bool = False


def _value(digits: quantities.Digits, unit: units.Unit | None) -> tuple[float, bool]:
    """The value and whether it is whole: things are counted in whole numbers, so "1,200 người" are 1200."""
    if digits.thousands is not None and unit is not None and unit.counted:
        return digits.thousands, True
    return digits.value, digits.whole


def _in_digits(plain: str, match: re.Match[str], low: int) -> Candidate | None:
    """The candidate at a run of digits, or ``None`` where the digits are no number of their own."""
    start, end = match.span()
    if plain.startswith("/", end):
        fraction = _FRACTION.match(plain, end)
        return fraction and _fraction(plain, match, fraction, low)
    surface, end = _joined(plain, start, end) or (match[0], end)
    return _counted(plain, (start, end), surface, low)


def _counted(plain: str, span: Span, surface: str, low: int) -> Candidate | None:
    """The candidate of a number whose digits are ``surface``, with its scale words, unit and bound."""
    start, end = span
    digits = quantities.read_digits(surface)
    if digits is None:
        return None
    scaled = quantities.scale_at(plain, digits.value, end)
    unit = units.unit_at(plain, scaled.end)
    if unit is not None and unit.start == scaled.end and not unit.firm and plain[unit.start].isalpha():
        return None  # "12A", "3G"
    value, whole = (scaled.value, True) if scaled.factor > 1 else _value(digits, unit)
    bound, begin = units.bound_before(plain, start, low)
    return Candidate(
        (start, scaled.end), begin, unit.end if unit else scaled.end, value, bound, unit,
        scaled=scaled.factor > 1, whole=whole, grouped=digits.grouped or digits.thousands == value,
        year=digits.year and scaled.factor == 1,
    )  # fmt: skip


def _joined(plain: str, start: int, end: int) -> tuple[str, int] | None:
    """Numbers that blanks tore apart: "1 200 000 đồng"; "3 , 3 tỷ"; "5. 429 thành viên" inside a line."""
    if end - start > 3:
        return None
    if spaced := _SPACED.match(plain, end):
        return plain[start : spaced.end()].replace(" ", "."), spaced.end()
    if decimal := _TORN_DECIMAL.match(plain, end):
        return f"{plain[start:end]},{decimal[1]}", decimal.end()
    torn = _OCR_GROUP.match(plain, end)
    if torn is None or plain[max(0, start - 1) : start] in ("", "\n"):
        return None
    unit = units.unit_at(plain, torn.end())
    known = unit is not None and unit.kind not in ("unknown", "never")
    return (f"{plain[start:end]}.{torn[1]}", torn.end()) if known else None


def _fraction(plain: str, match: re.Match[str], part: re.Match[str], low: int) -> Candidate | None:
    """ "42/63 tỉnh": the part that is counted, with the unit of the whole."""
    unit = units.unit_at(plain, part.end())
    if unit is None or unit.kind not in ("count", "place"):
        return None
    digits = quantities.read_digits(match[0])
    if digits is None or not digits.whole or digits.value > int(part[1]) or int(part[1]) < 3:
        return None
    bound, begin = units.bound_before(plain, match.start(), low)
    return Candidate((match.start(), part.end()), begin, unit.end, digits.value, bound, unit)


def _in_words(plain: str, match: re.Match[str], low: int) -> Candidate | None:
    """The candidate at a number in words: a noun must follow, after a single word one of the table."""
    span = match.span("number")
    value = quantities.words_value(match["number"])
    unit = units.unit_at(plain, span[1])
    if value is None or value < 2 or unit is None or unit.kind == "never":
        return None
    before = plain[max(low, span[0] - 24) : span[0]].split()
    last = before[-1].lower().strip("*_“\"'(") if before else ""
    alone = not any(blank in match["number"] for blank in " \n")
    if alone and unit.kind == "unknown":
        return None
    if last in _VAGUE or last in ("ngày", "tháng", "quý", "thứ", "năm", "mùng", "mồng", "số", "khóa"):
        return None
    if alone and match["number"].lower() == "năm" and (last in _NOT_FIVE or last.isdecimal()):
        return None
    if alone and (unit.name in _PARTNERS or (unit.kind == "place" and last in _RELATION)):
        return None
    bound, begin = units.bound_before(plain, span[0], low)
    return Candidate(span, begin, unit.end, value, bound, unit, spoken=True)


def _misread(plain: str, match: re.Match[str], low: int) -> Candidate | None:
    """The candidate at digits with letters read for some of them: a unit of the table must follow."""
    surface = match["number"].rstrip(".,").translate(_AS_DIGITS)
    start = match.start("number")
    found = _counted(plain, (start, start + len(surface)), surface, low)
    if found is None or found.unit is None or found.unit.kind in ("unknown", "never"):
        return None
    return found


def _second(plain: str, first: Candidate) -> tuple[Candidate, Candidate] | None:
    """The two figures of "từ 5 đến 7 đoàn", "5 - 7%", "từ 12 lên 15 lớp", or ``None``."""
    for after in dict.fromkeys((first.end, first.number[1])):
        link = _TO.match(plain, after)
        number = quantities.FREE_NUMBER.match(plain, link.end()) if link and not link[1] else None
        number = quantities.NUMBER.match(plain, link.end()) if link and link[1] else number
        second = _in_digits(plain, number, link.end()) if link and number else None
        if link is None or second is None or second.unit is None:
            continue
        # A dash after a counted noun is a dash, not a range.
        if not (link[1] and after != first.number[1] and first.unit and not first.unit.firm):
            return _paired(plain, first, second, link)
    return None


def _paired(
    plain: str, first: Candidate, second: Candidate, link: re.Match[str]
) -> tuple[Candidate, Candidate] | None:
    """Both ends of a range, the first with the unit and scale that only the second prints."""
    own = first.unit is not None and first.unit.end <= link.start() and first.unit.kind != "unknown"
    value = first.value
    if not first.scaled and not own and second.scaled:
        value *= quantities.scale_at(plain, 1.0, _digits_end(plain, second.number[0])).factor
    lower = replace(
        first, value=value, unit=first.unit if own else second.unit, end=first.end if own else first.number[1]
    )
    if (link[2] or "").startswith(("lên", "xuống", "còn")):
        return lower, second
    if first.year or value >= second.value:
        return None
    upper = replace(second, bound="at_most", start=link.start(2) if link[2] else second.number[0])
    return replace(_opened(plain, lower), bound="at_least"), upper


def _opened(plain: str, found: Candidate) -> Candidate:
    """The candidate with "từ" before it."""
    match = _FROM.search(plain, max(0, found.start - 8), found.start)
    return replace(found, start=match.start()) if match else found


def _digits_end(plain: str, start: int) -> int:
    match = quantities.NUMBER.match(plain, start)
    return match.end() if match else start


def candidates(plain: str, low: int, high: int) -> Iterator[Candidate]:
    """Every number in ``plain[low:high]`` that may be a figure, ranges as two, those in digits first."""
    reach = low
    for match in quantities.FREE_NUMBER.finditer(plain, low, high):
        if match.start() < reach:
            continue
        found = _in_digits(plain, match, low)
        if found is None or (found.unit is not None and found.unit.kind == "never"):
            continue
        pair = _second(plain, found)
        for candidate in pair or (found,):
            reach = max(reach, candidate.number[1])
            yield candidate
    for match in quantities.IN_WORDS.finditer(plain, low, high):
        if found := _in_words(plain, match, low):
            yield found
    for match in _MISREAD.finditer(plain, low, high):
        if found := _misread(plain, match, low):
            yield found


def is_figure(plain: str, found: Candidate, low: int) -> bool:
    """Whether a candidate states a fact: no duration, division, name, label or year.

    Whether the clause sets it as a target is ``aims.is_aim``.
    """
    unit = found.unit
    if unit is not None and unit.kind == "never":
        return False
    if found.value == 0 or (unit is not None and unit.counted and not found.whole):
        return False
    if _is_copies(plain, found):
        return False
    return found.spoken or _context_allows(plain, found, low)


def _is_aim(plain: str, found: Candidate, clause: str) -> bool:
    """Whether the clause sets the number as a target, a quota or a norm."""
    bounded = found.bound in ("at_least", "at_most")
    counted = found.unit is not None and found.unit.counted
    return aims.is_aim(plain, (found.start, found.end), clause, bounded=bounded, counted=counted)


def _is_copies(plain: str, found: Candidate) -> bool:
    """ "hồ sơ (03 bộ)": how many copies of the paper itself."""
    if found.unit is None or found.unit.name not in ("bộ", "bản", "tờ", "trang"):
        return False
    return plain[found.start - 1 : found.start] == "(" and plain[found.end : found.end + 1] == ")"


def _context_allows(plain: str, found: Candidate, low: int) -> bool:
    """The rules about the words before a number in digits."""
    unit = found.unit
    if unit is not None and unit.firm:
        return True
    words = plain[max(low, found.start - 32) : found.start].split()
    if words and words[-1].strip("*_").lower() in _VAGUE:
        return False
    if found.scaled:
        return True
    if found.bound == "exact" and (found.year or _is_label(words, found)):
        return False
    if unit is None:
        return found.bound != "exact" and not found.year
    return found.bound != "exact" or not _is_index(plain, found)


def _is_label(words: list[str], found: Candidate) -> bool:
    """ "Điều 5", "Cụm 4", "Quỹ 15 tháng": the number belongs to the word before it."""
    kind = units.label_before(words)
    if kind == "always":
        return True
    known = found.unit is not None and found.unit.kind in ("count", "place")
    upper = any(word.lstrip('*_(“"')[:1].isupper() for word in words[-2:])
    if kind == "soft":
        return upper or not known
    last = words[-1].lstrip("*_(") if words else ""
    return (
        last[-1:] in "“\"'‘" if known and last else not known and (last[:1].isupper() or last[-1:] in "“\"'‘")
    )


def _is_index(plain: str, found: Candidate) -> bool:
    """ "12 Hội nghị ..." at the start of a line: the running number of a row."""
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
    """ "trên 63 tỉnh" is *in* 63; "500 hội viên trở lên" is at least 500."""
    unit = found.unit
    begins = plain[found.start : found.start + 5].lower()
    if unit is not None and unit.kind == "place" and found.bound == "over" and begins.startswith("trên"):
        whole = found.value in (34, 63, 64)
        vague = found.value % 5 == 0 or _IN_PLACES.search(plain, max(low, found.start - 12), found.start)
        if whole or not vague:
            return replace(found, bound="exact", start=found.number[0])
    if unit is not None and unit.name in _AREAS and found.bound == "over" and begins.startswith("trên"):
        if _WORKED.search(plain, max(low, found.start - 40), found.start):
            return replace(found, bound="exact", start=found.number[0])
    if plain.find("trở ", found.end, found.end + 46) >= 0 and (up := _UPWARDS.match(plain, found.end)):
        return replace(_opened(plain, found), bound="at_least" if up[1] == "lên" else "at_most")
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
