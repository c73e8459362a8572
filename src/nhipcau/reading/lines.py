"""Lines of a text with their places, and the cells of lines that hold two columns side by side."""

from __future__ import annotations

import re
from typing import NamedTuple

# Blanks and what converters leave around a line: Markdown emphasis, headings, quotes, bars, page breaks.
EDGE = " \t\f\v*_#>|"
# What parts two columns that were flattened into one line.
_COLUMNS = re.compile(r"[ \t]*(?:\t|\||<br ?/?>)[ \t|]*| {3,}")


class Line(NamedTuple):
    """A line that holds something. ``body`` is ``plain[start:end]``, decoration stripped off both ends.

    ``gap`` counts the empty lines before it.
    """

    start: int
    end: int
    body: str
    gap: int


def loosened(lines: list[Line]) -> list[Line]:
    """The lines with one empty line less above each, for a paper that has one between any two lines."""
    return [line._replace(gap=max(0, line.gap - 1)) for line in lines]


def split(plain: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of ``plain[start:end]`` that hold more than blanks and decoration, in order."""
    lines: list[Line] = []
    position, gap = start, 0
    for raw in plain[start:end].split("\n"):
        body = raw.lstrip(EDGE)
        begins = position + len(raw) - len(body)
        body = body.rstrip(EDGE)
        position += len(raw) + 1
        if body:
            lines.append(Line(begins, begins + len(body), body, gap))
            gap = 0
        else:
            gap += 1
    return lines


def cells(line: Line, text: str, keep: re.Pattern[str] | None = None) -> list[Line]:
    """The cells of a line: itself, or its columns where tabs, bars or three blanks part them.

    ``text`` is the text as read, since the matching copy no longer holds tabs. Blanks inside what ``keep``
    matches part nothing.
    """
    raw = text[line.start : line.end]
    if "   " not in line.body and "\t" not in raw and "|" not in raw and "<br" not in raw:
        return [line]
    # Odd blanks part columns too: the matching copy has them as blanks, but tabs it no longer has.
    raw = "".join("\t" if char == "\t" else plain for char, plain in zip(raw, line.body, strict=True))
    found: list[Line] = []
    begin = 0
    kept = [match.span() for match in keep.finditer(line.body)] if keep else []
    parting = [m for m in _COLUMNS.finditer(raw) if not any(a < m.end() and m.start() < b for a, b in kept)]
    for match in [*parting, None]:
        stop = match.start() if match else len(raw)
        cell = _cell(line, begin, stop, first=not found)
        if cell:
            found.append(cell)
        begin = match.end() if match else stop
    return found or [line]


def _cell(line: Line, begin: int, stop: int, *, first: bool) -> Line | None:
    piece = line.body[begin:stop]
    body = piece.lstrip(EDGE)
    start = line.start + begin + len(piece) - len(body)
    body = body.rstrip(EDGE)
    return Line(start, start + len(body), body, line.gap if first else 0) if body else None
