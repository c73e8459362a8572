"""Numbers with what stands beside them: scale words, unit and bound; ranges as two.

``candidates`` looks at every number of the matching copy once, in digits, in words, and in digits of which a
scanner made letters. ``figures.py`` decides which of them are figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nhipcau.reading import aims, quantities, units
from nhipcau.reading.findings import Bound, Span
from nhipcau.reading.quantities import GAP

_TORN = frozenset(["", *"0123456789, "])  # what may stand after the blank that tears a number
_GROUP = 3  # digits of a group of thousands
_FEWEST = 3  # "1/2 xã" is a half, "2/3 xã" may be counted
_PLAIN_COUNT = 10  # "12/10 xã" is more than was planned; "5/3 người" is rather a day
_LEAST_IN_WORDS = 2  # "một" never counts
# A letter read for a digit, as recognition from images does: "ll8 tin", "l,25 tỷ", "2.3l0 ngày công".
_MISREAD = re.compile(
    r"[ \n(](?P<number>(?:[lI]{1,2}[.,]?\d|\d[\d.,]{0,12}[lIOo])[\dlIOo.,]{0,12})(?![\w/-])"
)
_MAY_MISREAD = re.compile(r"[lIOo](?:[.,]?\d|(?<=[\d.,].))")  # quick to ask of a whole text
_AS_DIGITS = str.maketrans("lIOo", "1100")
_FRACTION = re.compile(
    r"(?:/|[ \n]trên(?:[ \n]tổng(?:[ \n]số)?)?[ \n])"
    r"(\d{1,3}(?:\.\d{3})+|\d{1,5}(?:,\d{1,3})?)(?![\d/-]|[.,]\d)"
)
# "Số đoàn vào: 45": the noun stands before the number.
_NAMED = re.compile(
    r"(?<!\w)[Ss]ố(?:[ \n]lượng)?[ \n](?P<noun>[^:;.\n\d]{2,48}?)(?:[ ]{0,2}:|[ \n](?:là|đạt))[ \n*_]{1,4}\Z"
)
_OCR_GROUP = re.compile(r"(?:\. | \.)(\d{3})(?![\d.,/])")
_TORN_DECIMAL = re.compile(r" ,[ ]?(\d{1,2})(?= (?:triệu|tỷ|tỉ|nghìn|%|USD|ha|km)(?!\w))")
_SPACED = re.compile(r"(?: \d{3}){1,4}(?![\d.,/])(?= ?(?:đồng|VNĐ|VND|USD|EUR|đô))")
_TO = re.compile(
    rf"{GAP}(?:(-)[ ]{{0,2}}|(đến|tới|lên tới|lên đến|lên|xuống còn|xuống|còn)"
    rf"[ \n]{{1,2}}(?:(?:khoảng|gần|hơn|trên|dưới)[ \n]{{1,2}})?)(?=[*_]{{0,2}}\d)"
)
_LINKS = frozenset(["", *"-đtlxc"])  # how what links the two ends of a range begins
_FROM = re.compile(r"(?<!\w)[Tt]ừ[ \n*_]{1,4}\Z")
VAGUE_WORDS = "hàng hằng vài mấy dăm bạc top"  # "top 10" is a rank
VAGUE = frozenset(VAGUE_WORDS.split())
_NOT_FIVE_WORDS = (
    "trong hằng hàng mỗi cả đầu cuối giữa từng một các những tháng quý ngày mấy nhiều vài hết của "
    "theo này qua suốt với số vào sang sau trước cùng so nửa quanh nhất hai ba từ đến tới mươi bước "
    "kết và"
)
_NOT_FIVE = frozenset(_NOT_FIVE_WORDS.split())


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
    ranged: bool = False
    planned: tuple[int, float] | None = None  # where the amount begins that was planned, and its value


def _value(digits: quantities.Digits, unit: units.Unit | None) -> tuple[float, bool]:
    """The value and whether it is whole: things are counted in whole numbers, so "1,200 người" are 1200."""
    if digits.thousands is not None and unit is not None and unit.counted:
        return digits.thousands, True
    return digits.value, digits.whole


def _in_digits(plain: str, match: re.Match[str], low: int) -> Candidate | None:
    """The candidate at a run of digits, or ``None`` where the digits are no number of their own."""
    start, end = match.span()
    after = plain[end : end + 2]
    if after[:1] == "/" or after == " t":
        fraction = _FRACTION.match(plain, end)
        part = _fraction(plain, match, fraction, low) if fraction else None
        if part is not None or after[0] == "/":
            return part
    joined = _joined(plain, start, end) if after[1:] in _TORN and after[:1] in (" ", ".") else None
    surface, end = joined or (match[0], end)
    return _counted(plain, (start, end), surface, low)


def _counted(plain: str, span: Span, surface: str, low: int) -> Candidate | None:
    """The candidate of a number whose digits are ``surface``, with its scale words, unit and bound."""
    start, end = span
    digits = quantities.read_digits(surface)
    if digits is None:
        return None
    scaled = quantities.scale_at(plain, digits.value, end)
    unit = aims.reported(plain, units.unit_at(plain, scaled.end))
    if unit is not None and unit.kind == "never":
        return None
    if unit is not None and unit.start == scaled.end and not unit.firm and plain[unit.start].isalpha():
        return None  # "12A", "3G"
    value, whole = (scaled.value, True) if scaled.factor > 1 else _value(digits, unit)
    bound, begin = units.bound_before(plain, start, low)
    if unit is None and scaled.factor == 1:
        unit = _named_before(plain, begin, low)
    return Candidate(
        (start, scaled.end), begin, max(unit.end, scaled.end) if unit else scaled.end, value, bound, unit,
        scaled=scaled.factor > 1, whole=whole, grouped=digits.grouped or digits.thousands == value,
        year=digits.year and scaled.factor == 1,
    )  # fmt: skip


def _named_before(plain: str, start: int, low: int) -> units.Unit | None:
    """The unit of "Số đoàn vào: 45", where nothing follows the number."""
    if not plain[max(low, start - 8) : start].rstrip(" *_\n").endswith((":", " là", " đạt")):
        return None
    named = _NAMED.search(plain, max(low, start - 64), start)
    unit = units.unit_at(plain, named.start("noun")) if named else None
    return unit if unit is not None and unit.kind in ("count", "place") else None


def _joined(plain: str, start: int, end: int) -> tuple[str, int] | None:
    """Numbers that blanks tore apart: "1 200 000 đồng"; "3 , 3 tỷ"; "5. 429 thành viên" inside a line."""
    if end - start > _GROUP:
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
    """As "42/63 tỉnh", "45,7/36 tỷ đồng": the part that was reached, with scale and unit of the whole."""
    whole, digits = quantities.read_digits(part[1]), quantities.read_digits(match[0])
    if whole is None or digits is None:
        return None
    scaled = quantities.scale_at(plain, 1.0, part.end())
    unit = units.unit_at(plain, scaled.end)
    if unit is None or not (unit.kind in ("count", "place") or (unit.firm and unit.kind != "share")):
        return None
    if unit.counted and scaled.factor == 1:
        # More than were planned is a share of nothing: there both must be printed like counts.
        more = digits.value > whole.value and min(digits.value, whole.value) < _PLAIN_COUNT
        if more or not digits.whole or whole.value < _FEWEST:
            return None
    bound, begin = units.bound_before(plain, match.start(), low)
    value = round(digits.value * scaled.factor, 6)
    return Candidate(
        (match.start(), scaled.end), begin, unit.end, value, bound, unit, scaled=scaled.factor > 1,
        whole=digits.whole or scaled.factor > 1,
        planned=(part.start(1), round(whole.value * scaled.factor, 6)) if unit.firm else None,
    )  # fmt: skip


def _both(plain: str, found: Candidate) -> tuple[Candidate, Candidate] | None:
    """What was reached and what was planned of an amount ("3,6/4,0 tỷ đồng"), or ``None``."""
    if found.planned is None:
        return None
    start, value = found.planned
    number = (start, found.number[1])
    reached = replace(found, end=_digits_end(plain, found.number[0]), planned=None)
    return reached, replace(found, number=number, start=start, value=value, bound="exact", planned=None)


def _in_words(plain: str, match: re.Match[str], low: int) -> Candidate | None:
    """The candidate at a number in words: a noun must follow, after a single word one of the table."""
    span = match.span("number")
    value = quantities.words_value(match["number"])
    unit = aims.reported(plain, units.unit_at(plain, span[1]))
    if value is None or value < _LEAST_IN_WORDS or unit is None or unit.kind == "never":
        return None
    before = plain[max(low, span[0] - 24) : span[0]].split()
    last = before[-1].lower().strip("*_“\"'(") if before else ""
    alone = not any(blank in match["number"] for blank in " \n")
    if alone and unit.kind == "unknown":
        return None
    if last in VAGUE or last in ("ngày", "tháng", "quý", "thứ", "năm", "mùng", "mồng", "số", "khóa"):
        return None
    if alone and match["number"].lower() == "năm" and (last in _NOT_FIVE or last.isdecimal()):
        return None
    if alone and aims.is_relation(unit, value, last):
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
        follows = plain[after : after + 4].lstrip(" *_\n")[:1]
        link = _TO.match(plain, after) if follows in _LINKS else None
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
    two = own and first.unit is not None and second.unit is not None and first.unit.name != second.unit.name
    kinds = {first.unit and first.unit.kind, second.unit and second.unit.kind}
    if two and kinds != {"measure"}:
        return None  # "5 đoàn đến 12 nước": two things, no range
    value = first.value
    if not first.scaled and not own and second.scaled:
        scaled = value * quantities.scale_at(plain, 1.0, _digits_end(plain, second.number[0])).factor
        value = scaled if scaled < second.value else value  # "từ 500 đến 1,2 nghìn"
    lower = replace(
        first, value=value, unit=first.unit if own else second.unit, end=first.end if own else first.number[1]
    )
    if (link[2] or "").startswith(("lên", "xuống", "còn")):
        return lower, second
    if first.year or (value >= second.value and not two):  # "từ 800 m đến 1,5 km"
        return None
    upper = replace(
        second, bound="at_most", ranged=True, start=link.start(2) if link[2] else second.number[0]
    )
    return replace(opened(plain, lower), bound="at_least", ranged=True), upper


def opened(plain: str, found: Candidate) -> Candidate:
    """The candidate with "từ" before it."""
    match = _FROM.search(plain, max(0, found.start - 8), found.start)
    return replace(found, start=match.start()) if match else found


def _digits_end(plain: str, start: int) -> int:
    match = quantities.NUMBER.match(plain, start)
    return match.end() if match else start


def _words(plain: str, low: int, high: int) -> Iterator[re.Match[str]]:
    """Numbers in words, also one at the very start of the text."""
    if low == 0 and (first := quantities.IN_WORDS_HERE.match(plain, 0, high)):
        yield first
    yield from quantities.IN_WORDS.finditer(plain, max(0, low - 1), high)


def _misreadings(plain: str, low: int, high: int) -> Iterator[re.Match[str]]:
    """Digits with letters among them; where no letter stands beside a digit, the text is not gone over."""
    if _MAY_MISREAD.search(plain, low, high):
        yield from _MISREAD.finditer(plain, max(0, low - 1), high)


def candidates(plain: str, low: int, high: int) -> Iterator[Candidate]:
    """Every number in ``plain[low:high]`` that may be a figure, ranges as two, those in digits first."""
    reach = low
    for match in quantities.FREE_NUMBER.finditer(plain, low, high):
        if match.start() < reach:
            continue
        found = _in_digits(plain, match, low)
        if found is None:
            continue
        pair = _both(plain, found) or _second(plain, found)
        if pair is None and found.unit is None and found.bound == "exact" and not found.scaled:
            continue  # a number with nothing beside it
        for candidate in pair or (found,):
            reach = max(reach, candidate.number[1])
            yield candidate
    for match in _words(plain, low, high):
        if found := _in_words(plain, match, low):
            yield found
    for match in _misreadings(plain, low, high):
        if found := _misread(plain, match, low):
            yield found
