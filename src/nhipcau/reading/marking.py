"""Cuts a text at the borders of its findings, so that pages and files can mark them in their place.

Marks may overlap and lie within each other; every segment says which marks cover it, the shortest first, because
a short finding within a long one is what a reader points at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding to be marked: offsets in the text, a short label (T1, S2, H1, P3), and the name of its kind."""

    start: int
    end: int
    label: str
    css: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text between two borders, and the marks that cover all of it, the shortest first."""

    text: str
    start: int
    end: int
    marks: tuple[Mark, ...]


def segments(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """The whole text in order as segments; joined, they are the text. Marks outside it are cut or left out."""
    kept = sorted((mark for mark in marks if 0 <= mark.start < mark.end <= len(text)), key=_by_start)
    borders = sorted({0, len(text), *(mark.start for mark in kept), *(mark.end for mark in kept)})
    found: list[Segment] = []
    open_marks: list[Mark] = []
    upcoming = 0
    for start, end in zip(borders, borders[1:], strict=False):
        open_marks = [mark for mark in open_marks if mark.end > start]
        while upcoming < len(kept) and kept[upcoming].start == start:
            open_marks.append(kept[upcoming])
            upcoming += 1
        covering = tuple(sorted(open_marks, key=_by_length))
        found.append(Segment(text[start:end], start, end, covering))
    return found


def _by_start(mark: Mark) -> tuple[int, int]:
    return mark.start, mark.end


def _by_length(mark: Mark) -> tuple[int, int]:
    return mark.end - mark.start, mark.start
