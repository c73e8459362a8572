"""The structural units of a document: Phần, Chương, Mục, Điều, khoản, điểm; I., 1., 1.1., a), (1), -, +.

A label counts only where its sequence continues or begins anew under its parent, so that a decimal or a date
at the start of a line breaks nothing. Units without number (-, +) are known by their order under the parent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.reading.findings import Section
from nhipcau.reading.subject import clean
from nhipcau.reading.tail import tail_begin
from nhipcau.reading.text import UPPER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.reading.findings import Header, Span
    from nhipcau.reading.lines import Line
    from nhipcau.reading.parts import Part

_POINTS = "abcdđeghiklmnopqrstuvxy"  # điểm: the Vietnamese alphabet as NĐ 30 letters points
_PLAIN_POINTS = "abcdefghijklmnopqrstuvwxyz"
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LONGEST_TITLE = 220  # characters

# Order of the levels: a smaller rank stands above a greater one; "1.1.1" stands below "1.1".
_LEVELS = ("part", "letter", "chapter", "section", "subsection", "roman", "article", "number", "dotted")
_RANKS = {level: rank for rank, level in enumerate(_LEVELS)}
_RANKS |= {
    level: rank for rank, level in enumerate(("point", "bracketed", "dash", "plus", "bullet"), start=12)
}

_LABEL = re.compile(
    r"(?P<part>(?:Phần|PHẦN)\s(?:thứ\s|THỨ\s)?(?P<part_no>[IVX]{1,6}|\d{1,2}|\w{2,5})\b)"
    r"|(?P<chapter>(?:Chương|CHƯƠNG)\s(?P<chapter_no>[IVXL]{1,7}|\d{1,3})\b)"
    r"|(?P<subsection>(?:Tiểu mục|TIỂU MỤC)\s(?P<subsection_no>\d{1,2})\b)"
    r"|(?P<section>(?:Mục|MỤC)\s(?P<section_no>\d{1,3}|[IVX]{1,6})\b)"
    r"|(?P<article>(?:Điều|ĐIỀU)\s(?P<article_no>\d{1,3})[a-zđ]?\s?[.:](?!\d))"
    r"|(?P<roman>(?P<roman_no>[IVX]{1,6})\s?[.\-/)](?!\w))"
    rf"|(?P<letter>(?P<letter_no>[A-H])\s?[.\-/](?=\s?[{UPPER}]))"
    r"|(?P<dotted>(?P<dotted_no>\d{1,2}(?:\.\d{1,2}){1,3})\.?(?=\s))"
    r"|(?P<number>(?P<number_no>\d{1,3})\s?(?:[.\-/)](?![\d])|\.-))"
    r"|(?P<point>(?P<point_no>[a-zđ])\s?\))"
    r"|(?P<bracketed>\((?P<bracketed_no>\d{1,2}|[a-zđ])\))"
    r"|(?P<dash>-(?=\s?[^\s\-]))|(?P<plus>\+(?=\s?[^\s+]))|(?P<bullet>[•●▪■◦·o](?=\s))"
)
_NUMBERED = frozenset(_RANKS) - {"dash", "plus", "bullet"}
_FIRST = frozenset("PCTMĐIVXABCDEFGH0123456789abcdđeghiklmnopqrstuvxyfjwz(-+•●▪■◦·")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A label at the start of a line: its level, its number (0 where it has none) and its end in the line."""

    level: str
    number: int
    prefix: tuple[int, ...]
    end: int
    label: str


def read_sections(
    text: str, part: Part, header: Header, *, furniture: Sequence[Span] = ()
) -> tuple[Section, ...]:
    """The structural units of one document in order; each spans from its label to the next of its height.

    Looked for in the body alone: below subject and addressees, above copies list and signature.
    """
    lines = _body(part, header)
    if not lines:
        return ()
    tree = _Tree(text, lines[-1].end)
    skipped = iter(furniture)
    current = next(skipped, None)
    for line in lines:
        while current and current[1] <= line.start:
            current = next(skipped, None)
        if current and current[0] <= line.start:
            continue
        for mark in _marks(text, line):
            if tree.accept(mark):
                tree.add(line, mark)
                break
    return tree.close()


def _body(part: Part, header: Header) -> list[Line]:
    """The lines between the head and the end of a document."""
    framed = bool(part.copies or part.powers)
    stop = tail_begin(part) if framed else len(part.lines)
    last = part.lines[stop].start if stop < len(part.lines) else part.span[1]
    found = (header.number, header.type, header.subject, *header.recipients)
    begin = max((one.span[1] for one in found if one and one.span[0] < last), default=part.span[0])
    return [line for line in part.lines[part.head : stop] if line.start >= begin]


def _marks(text: str, line: Line) -> list[_Mark]:
    """The readings of a line's label: "I." may be a Roman one or, with ")", a point."""
    body = line.body
    start = text.rfind("\n", 0, line.start) + 1
    edge = text[start : line.start]
    if edge.strip(" \t\f>") in {"*", "•"} and not body.startswith("*"):
        return [_Mark("bullet", 0, (), 0, edge.strip(" \t\f>"))]
    if body[0] not in _FIRST:
        return []
    match = _LABEL.match(body)
    if not match or not match.lastgroup:
        return []
    level = match.lastgroup  # the group of a level closes after that of its number
    printed = match[f"{level}_no"] if level in _NUMBERED else ""
    number, prefix = _number(level, printed)
    if number is None:
        return []
    return [
        _Mark(
            level,
            number,
            prefix,
            match.end(),
            clean(match.group(level)).rstrip(".:-/ ") if level in _NUMBERED else match.group(level),
        )
    ]


def _number(level: str, printed: str) -> tuple[int | None, tuple[int, ...]]:
    """The number of a printed label and, of "1.2.3", what stands before the last number."""
    if not printed:
        return 0, ()
    if level == "dotted":
        numbers = tuple(int(piece) for piece in printed.split("."))
        return numbers[-1], numbers[:-1]
    if printed.isdigit():
        return int(printed), ()
    if level == "point" or (level == "bracketed" and printed.isalpha()):
        return (_POINTS.find(printed) + 1) or 100 + _PLAIN_POINTS.find(printed), ()
    if level == "letter":
        return ord(printed) - ord("A") + 1, ()
    if printed.lower() in _ORDINALS:
        return _ORDINALS.index(printed.lower()) + 1, ()
    return _roman(printed), ()


def _roman(printed: str) -> int | None:
    if not printed or set(printed) - set(_ROMAN):
        return None
    values = [_ROMAN[char] for char in printed]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


@dataclass(slots=True)
class _Open:
    """A unit that is still open."""

    index: int
    mark: _Mark


class _Tree:
    """Units in order, with the open ones from the outermost to the innermost."""

    def __init__(self, text: str, end: int) -> None:
        self._text = text
        self._end = end
        self._open: list[_Open] = []
        self._found: list[tuple[int, int, int, str, str | None]] = []  # start, end, depth, label, title

    def accept(self, mark: _Mark) -> bool:
        """Whether the label continues a sequence that is open, or begins one."""
        if mark.number == 0:
            return True
        before = next(
            (
                unit.mark
                for unit in reversed(self._open)
                if unit.mark.level == mark.level and unit.mark.prefix == mark.prefix
            ),
            None,
        )
        if mark.level == "dotted":
            return self._accept_dotted(mark, before)
        if before and mark.number == before.number + 1:
            return True
        if before and mark.level in {"point", "bracketed"} and _next_plain(before, mark):
            return True
        if mark.number != 1:
            # Articles run through chapters; so may sections of a text whose first label a scanner lost.
            return mark.level == "article" and not before
        return before is None or self._above(mark)

    def _accept_dotted(self, mark: _Mark, before: _Mark | None) -> bool:
        if before:
            return mark.number == before.number + 1
        parents = (unit.mark for unit in self._open)
        return mark.number == 1 and any((*one.prefix, one.number) == mark.prefix for one in parents)

    def _above(self, mark: _Mark) -> bool:
        """Whether a new parent stands between the last unit of this level and a number that begins anew."""
        rank = _rank(mark)
        return not any(_rank(unit.mark) == rank for unit in self._open[-1:]) or rank >= _RANKS["point"]

    def add(self, line: Line, mark: _Mark) -> None:
        while self._open and not _holds(self._open, mark):
            unit = self._open.pop()
            self._close(unit.index, line.start)
        depth = len(self._open) + 1
        self._open.append(_Open(len(self._found), mark))
        self._found.append((line.start, self._end, depth, mark.label, _title(line, mark)))

    def _close(self, index: int, end: int) -> None:
        start, _, depth, label, title = self._found[index]
        while end > start and self._text[end - 1].isspace():
            end -= 1
        self._found[index] = (start, end, depth, label, title)

    def close(self) -> tuple[Section, ...]:
        """All units found; those still open end with the document."""
        for unit in self._open:
            self._close(unit.index, self._end)
        return tuple(
            Section((start, end), depth, label, title) for start, end, depth, label, title in self._found
        )


def _rank(mark: _Mark) -> int:
    return _RANKS[mark.level] + (len(mark.prefix) - 1 if mark.level == "dotted" else 0)


def _holds(opened: list[_Open], mark: _Mark) -> bool:
    """Whether the innermost open unit stands above the new one."""
    return _rank(opened[-1].mark) < _rank(mark)


def _next_plain(before: _Mark, mark: _Mark) -> bool:
    """Whether points are lettered by the Latin alphabet, or without đ: "e)" after "d)", "f)" after "e)"."""
    previous, this = before.label[:-1].strip("( "), mark.label[:-1].strip("( ")
    if len(previous) != 1 or len(this) != 1 or previous not in _PLAIN_POINTS or this not in _PLAIN_POINTS:
        return False
    return _PLAIN_POINTS.index(this) == _PLAIN_POINTS.index(previous) + 1


def _title(line: Line, mark: _Mark) -> str | None:
    """The rest of the line where it reads like a title, not like a sentence."""
    rest = clean(line.body[mark.end :]).strip(" .:-")
    printed = line.body.rstrip()
    if not rest or len(rest) > _LONGEST_TITLE or mark.level not in _NUMBERED:
        return None
    return None if printed.endswith((".", ";", ",")) and not rest.isupper() else rest
