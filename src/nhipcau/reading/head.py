"""The head of a paper cut into segments, each with the part it plays: motto, number, place and date, ...

Two columns come flattened in many ways (side by side, one after the other, line by line in turn); what a
segment says tells its part, not where it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from nhipcau.reading.doctypes import known_type
from nhipcau.reading.lines import Line, cells
from nhipcau.reading.tables.load import pattern, row_of
from nhipcau.reading.text import LOWER, UPPER, bare, kept

if TYPE_CHECKING:
    from collections.abc import Iterator

Role = Literal[
    "state_motto",
    "state_words",
    "party_motto",
    "union_motto",
    "number",
    "dated",
    "type",
    "addressed",
    "about",
    "urgency",
    "aside",
    "rule",
    "upper",
    "other",
]
MOTTOES = ("state_motto", "state_words", "party_motto", "union_motto")

# "Số: 12/KH-UBND", "Số 12-KH/TU", "Số:     /KH-UBND" (not yet numbered); the symbol decides that it is one.
NUMBER = re.compile(
    r"(?:\b(?:(?:Luật|LUẬT|Bộ luật|Pháp lệnh|Lệnh|Nghị quyết)\s{1,3}[Ss]ố|Số|SỐ|Sô|SÔ|Sồ|Sổ|So|S6|Sỏ)"
    r"\s{0,3}(?:hiệu\s?)?[:.;]{0,2}\s{0,3})"
    r"(?P<int>(?=[lIO|o]?[lIO|o]?\d)[\dlIO|o]{1,6}[a-zđ]?(?![\dlIO|])|[.…_\s]{0,20})\s{0,3}(?P<sep>[/-])\s{0,2}"
    rf"(?P<symbol>(?:\d{{4}}\s?[/-]\s?)?[{UPPER}][\w.&]*(?:\s?[/-]\s?[\w&][\w.&]*){{0,5}})"
)
NAKED_NUMBER = re.compile(
    r"^(?P<int>\d{1,5}[a-zđ]?)\s?(?P<sep>[/-])\s?(?P<symbol>[A-ZĐ][\w.&]*(?:\s?[/-]\s?[\w&][\w.&]*){1,4})$"
)
# A word of a place name: capitalised, or a short form ("TP."); a word in capitals belongs to a letterhead.
_NAME = rf"(?:[{UPPER}]['’]?[{LOWER}]{{1,7}}|TP\.?|Tp\.|T\.P\.?|[{UPPER}](?=\s))"
_UNIT = r"(?:(?:[Tt]hành phố|[Tt]ỉnh|[Xx]ã|[Pp]hường|[Hh]uyện|[Tt]hị xã|[Tt]hị trấn|[Qq]uận|[Đđ]ặc khu) )?"
_CAPITALS = rf"[{UPPER}]{{2,7}}"
# "Sông Ngân, ngày 05 tháng 01 năm 2020"; day, month or year may be left open. The marks of the three words go
# wrong in scans.
_DAY, _MONTH, _YEAR = (
    "(?:[Nn]g[àaáảãạ]y|NG[ÀAÁẢÃẠ]Y)",
    "(?:[Tt]h[áaàảãạ]ng|TH[ÁAÀẢÃẠ]NG)",
    "(?:[Nn][ăaâàáãắ]m|N[ĂAÂÃ]M)",
)
_DAY_HERE = re.compile(_DAY)
_TWO_DIGITS = r"(?=[lIOo|]?\d|\d)[\dlIOo|]{1,2}(?!\d)|[.…_\s]{0,20}"
DATED = re.compile(
    rf"(?:(?<!\w)(?P<place>{_UNIT}{_NAME}(?:[ -]{{1,3}}{_NAME}){{0,5}}"
    rf"|(?<!.){_CAPITALS}(?: {_CAPITALS}){{0,4}}(?=[, ]{{1,3}}NG))\s{{0,3}}[,.;]?\s{{0,3}})?"
    rf"\b{_DAY}\b\s{{0,3}}(?P<day>{_TWO_DIGITS})\s{{0,3}}{_MONTH}\b\s{{0,3}}(?P<month>{_TWO_DIGITS})\s{{0,30}}"
    rf"(?:,?\s?{_YEAR}\b\s{{0,3}}(?P<year>\d{{4}}|[\d.…_]{{0,12}}))?"
)
SHORT_DATED = re.compile(
    rf"^(?P<place>{_UNIT}{_NAME}(?:[ -]{_NAME}){{0,5}}),?\s?(?:[Nn]gày\s?)?"
    r"(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4})$"
)
_SHORTEST = 5  # characters of capitals that are a word, not a stray mark
_PARAGRAPH = 240  # characters of a line that is no piece of a head
# Blanks that stand for a number or a day not yet filled in part no columns.
_OPEN = re.compile(r"(?:[Ss]ố|SỐ)\s?:?\s{3,40}(?=[/-])|[Nn]gày\s{3,40}(?=tháng)|tháng\s{3,40}(?=năm)")
_BROKEN_DATE = re.compile(r"\b[Nn]gày(?:\s+\d{1,2})?(?:\s+tháng)?(?:\s+\d{1,2})?(?:\s+năm)?\s*$")
_WEEKDAY = re.compile(r"thu (?:hai|ba|tu|nam|sau|bay)\b|chu nhat|ngay dang|cap nhat")
_RULE = re.compile(r"[\W_oO]+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line of the head, with the part it plays; ``row`` is the index of its line."""

    line: Line
    role: Role
    row: int
    value: str = ""

    @property
    def body(self) -> str:
        """The words of the segment."""
        return self.line.body


def segments(lines: list[Line], text: str) -> Iterator[Segment]:
    """The segments of the lines of a head, in reading order, cut as they are asked for."""
    for row, line in enumerate(lines):
        if len(line.body) > _PARAGRAPH and "   " not in line.body and line.body[1:2].islower():
            yield Segment(line, "other", row)
            continue
        for cell in cells(line, text, _OPEN):
            yield from _pieces(cell, row)


def dates_joined(found: list[Segment]) -> list[Segment]:
    """The segments, a place and date that a narrow column broke over two lines made one."""
    for index, segment in enumerate(found):
        if not _BROKEN_DATE.search(segment.body):
            continue
        for other in range(index + 1, min(index + 4, len(found))):
            joined = f"{segment.body} {found[other].body}"
            match = DATED.search(joined)
            if match and match["year"] and match.start() == 0 and match.end() == len(joined):
                line = segment.line._replace(end=found[other].line.end, body=joined)
                whole = Segment(line, "dated", segment.row)
                return [*found[:index], whole, *found[index + 1 : other], *found[other + 1 :]]
    return found


def _pieces(cell: Line, row: int) -> list[Segment]:
    """A cell cut at mottoes, numbers and dates that a converter ran together with its neighbours."""
    marks = sorted(_marks(cell.body))
    found: list[Segment] = []
    position = 0
    for start, end, role in marks:
        if start < position:
            continue
        found += _rest(cell, position, start, row)
        piece = _sub(cell, start, end)
        found.append(_whole(piece, row) if role == "urgency" else Segment(piece, role, row))
        position = end
    return found + _rest(cell, position, len(cell.body), row)


def _marks(body: str) -> list[tuple[int, int, Role]]:
    found: list[tuple[int, int, Role]] = []
    for match in pattern("frame", *MOTTOES).finditer(bare(body)):
        role: Role = row_of("frame", match)["role"]  # type: ignore[assignment]
        printed = body[match.start() : match.end()]
        if printed.isupper() or match.span() == (0, len(body)) or role == "state_words":
            found.append((match.start(), match.end(), role))
    if not body.isupper():  # an urgency stamp beside a line of the other column
        stamps = pattern("frame", "urgency").finditer(bare(body))
        found += [(*match.span(), "urgency") for match in stamps if _is_stamp(body, match)]
    number = NUMBER.search(body) or NAKED_NUMBER.search(body) if "/" in body or "-" in body else None
    if number and _begins_piece(body, number.start(), found) and not body[number.end() :][:1].isalpha():
        found.append((number.start(), number.end(), "number"))
    dated = (DATED.search(body) if _DAY_HERE.search(body) else None) or SHORT_DATED.match(body)
    if dated and _begins_piece(body, dated.start(), found) and _ends_piece(body, dated):
        found.append((dated.start(), dated.end(), "dated"))
    return found


def _is_stamp(body: str, match: re.Match[str]) -> bool:
    """Whether an urgency word stands in capitals at one end of its line."""
    at_an_end = match.start() == 0 or match.end() == len(body)
    return at_an_end and body[slice(*match.span())].isupper()


def _begins_piece(body: str, at: int, found: list[tuple[int, int, Role]]) -> bool:
    """Whether nothing but blanks, capitals of a letterhead or another mark stands before ``at``."""
    before = body[max((end for _, end, _ in found if end <= at), default=0) : at].strip(" -*,.;")
    return not before or (len(before) >= _SHORTEST and before.isupper())


def _ends_piece(body: str, match: re.Match[str]) -> bool:
    """Whether a day closes its piece: in running text it goes on; a weekday is no place."""
    after = body[match.end() :].strip(" .,;*")
    place = bare(match["place"] or "")
    return (not after or after[:4].isupper() or len(after) < _SHORTEST) and not _WEEKDAY.match(place)


def _rest(cell: Line, start: int, end: int, row: int) -> list[Segment]:
    piece = _sub(cell, start, end)
    return [_whole(piece, row)] if piece.body else []


def _sub(cell: Line, start: int, end: int) -> Line:
    piece = cell.body[start:end]
    left = len(piece) - len(piece.lstrip())
    piece = piece.strip()
    begin = cell.start + start + left
    return Line(begin, begin + len(piece), piece, cell.gap if start == 0 else 0)


def _whole(piece: Line, row: int) -> Segment:
    """The part that a piece plays by what it says."""
    plain = bare(piece.body)
    if _RULE.fullmatch(piece.body):
        return Segment(piece, "rule", row)
    match = pattern("frame", "urgency", "aside").fullmatch(plain.strip(" .:[]()"))
    if match:
        entry = row_of("frame", match)
        if entry["role"] == "urgency" or piece.body.isupper() or len(plain) >= _SHORTEST:
            return Segment(piece, entry["role"], row, entry["value"])  # type: ignore[arg-type]
    if pattern("frame", "addressed").match(plain.lstrip("- ")):
        return Segment(piece, "addressed", row)
    kind = known_type(piece.body)
    if kind and piece.body[0].isupper():
        return Segment(piece, "type", row, kind)
    if pattern("frame", "about").match(plain.lstrip("- (")):
        return Segment(piece, "about", row)
    return Segment(piece, "upper" if is_upper(piece.body) else "other", row)


@kept
def is_upper(text: str) -> bool:
    """Whether a line is in capitals: a letter in ten may be small (OCR, "TNCS HCM tỉnh")."""
    if text.isupper():
        return len(text) > 1
    if text[1:3].islower() and text[3:6].islower():
        return False
    upper = sum(map(str.isupper, text))
    return upper > 1 and upper * 15 >= sum(map(str.islower, text)) * 85


_SLIPS = str.maketrans("lI|Oo", "11100")


def digits(printed: str) -> str:
    """A run of digits in which a scanner took 1 for l and 0 for O, set right: "l6" gives "16"."""
    return printed.translate(_SLIPS)
