"""The end of a paper cut into pieces: copies list on the left, power, post and name on the right.

Like the head, the two columns come flattened in many ways; what a piece says tells its part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from nhipcau.reading import names
from nhipcau.reading.head import is_upper
from nhipcau.reading.lines import Line, cells, loosened
from nhipcau.reading.parts import COPIES, POWER
from nhipcau.reading.persons import GIVEN, person
from nhipcau.reading.tables.load import pattern
from nhipcau.reading.text import UPPER, bare

if TYPE_CHECKING:
    from nhipcau.reading.parts import Part

Role = Literal["copies", "power", "post", "upper", "person", "signed", "item", "other"]

_LINES = 70  # lines of the end of a paper
_FEW = 2  # entries that tell how a list is spaced
_NEAR = 45  # lines between copies list and power
_LAST = 14  # lines at the end of a paper that has neither
LABEL = re.compile(r"(?:[-+•*·–]|\d{1,2}[.)]|[a-zđ]\))\s{0,3}(?=\S)")
# Where a right column was run into a list: after the mark that closes an item.
_RUN_POWER = re.compile(
    rf"(?<=[;,.:)])\s{{1,3}}(?=(?:T/M|TM\.|K/T|KT\.|T/L|TL\.|TUQ\.|T/UQ|Q\.)\s?[{UPPER}])"
)
_RUN_CAPITALS = re.compile(
    rf"(?<=[;,.:)])\s{{1,3}}(?=[{UPPER}]{{2,8}}(?:[ ,]{{1,2}}[{UPPER}]{{2,8}}){{1,9}}$)"
)
# Where a post was run into the name under it: "PHÓ GIÁM ĐỐCLò Văn Inh".
_RUN_INTO = re.compile(rf"(?<=[{UPPER}]{{3}})(?={GIVEN}(?: {GIVEN}){{1,4}}$)")
_RUN_NAME = re.compile(rf"(?<=[;,.)])\s{{1,3}}(?={GIVEN}(?: {GIVEN}){{1,4}}$)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the end of a paper with the part it plays; ``row`` is the index of its line in the end."""

    line: Line
    role: Role
    row: int

    @property
    def body(self) -> str:
        """The words of the piece."""
        return self.line.body


def tail_pieces(text: str, part: Part) -> list[Piece]:
    """The pieces of the end of a document, from its copies list or the power to sign on."""
    begin = tail_begin(part)
    pieces: list[Piece] = []
    for row, line in enumerate(part.lines[begin : begin + _LINES]):
        for cell in cells(line, text):
            pieces.extend(Piece(piece, _role(piece.body), row) for piece in _cut(cell))
    return _tightened(pieces)


def _tightened(pieces: list[Piece]) -> list[Piece]:
    """The pieces without the empty lines of a paper that has one between any two entries of a list."""
    entries = [piece.line.gap for piece in pieces if piece.role == "item"]
    if len(entries) < _FEW or min(entries) == 0:
        return pieces
    return [replace(piece, line=loosened([piece.line])[0]) for piece in pieces]


def tail_begin(part: Part) -> int:
    """The index of the line at which the end of a document (copies list, signature) begins."""
    lines = part.lines
    if part.copies:
        label = part.copies[-1]
        near = [index for index in part.powers if abs(index - label) <= _NEAR]
        posts = range(max(part.head, label - 6), label)
        above = next((i for i in posts if is_upper(lines[i].body) and names.is_post(lines[i].body)), label)
        return min([label, above, *near[:1]])
    if part.powers:
        last = part.powers[-1]
        return next(index for index in part.powers if last - index <= _NEAR)
    start = max(part.head, len(lines) - _LAST)
    closing = [
        i for i in range(max(part.head, len(lines) - _LINES), len(lines)) if lines[i].body.endswith("./.")
    ]
    return min(closing[-1] + 1, len(lines)) if closing and len(lines) - closing[-1] < _LINES else start


def _cut(cell: Line) -> list[Line]:
    """A cell cut where the signature beside a list was run into it."""
    body = cell.body
    marks = [0]
    label = COPIES.match(body)
    if label and label.end() < len(body):
        marks.append(label.end())
    # "BỘ TRƯỞNG, CHỦ NHIỆM" is one post, not two columns.
    runs = (
        (_RUN_POWER, _RUN_NAME, _RUN_INTO)
        if is_upper(body)
        else (_RUN_POWER, _RUN_CAPITALS, _RUN_NAME, _RUN_INTO)
    )
    for run in runs:
        match = run.search(body)
        if match and (run is not _RUN_NAME or names.has_surname(body[match.end() :])):
            marks.append(match.end())
    marks = sorted(set(marks))
    return [
        piece
        for piece in (_sub(cell, a, b) for a, b in zip(marks, [*marks[1:], len(body)], strict=True))
        if piece.body
    ]


def _sub(cell: Line, start: int, end: int) -> Line:
    piece = cell.body[start:end]
    left = len(piece) - len(piece.lstrip())
    piece = piece.strip()
    return Line(
        cell.start + start + left,
        cell.start + start + left + len(piece),
        piece,
        cell.gap if start == 0 else 0,
    )


def _role(body: str) -> Role:
    if COPIES.fullmatch(body):
        return "copies"
    if LABEL.match(body):
        return "item"
    if POWER.match(body):
        return "power"
    if pattern("frame", "signed").fullmatch(bare(body)):
        return "signed"
    if is_upper(body):
        if names.is_post(body):
            return "post"
        return "upper"
    return "person" if person(body) else "other"
