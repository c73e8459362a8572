"""Cuts a text at the borders of its findings, so that pages and files can mark them in their place.

Marks may overlap and lie within each other; every segment says which marks cover it, the shortest first,
because a short finding within a long one is what a reader points at. ``finding_marks`` makes those of a
reading: T citations, S figures, H deadlines, P assignments, counted over the whole reading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from nhipcau.reading.findings import Document, Span

MarkKind = Literal["cite", "figure", "due", "task", "wrong"]

LETTERS: dict[MarkKind, str] = {"cite": "T", "figure": "S", "due": "H", "task": "P", "wrong": "C"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding to be marked: offsets in the text, a short label (T1, S2, H1, P3), its kind."""

    start: int
    end: int
    label: str
    css: str


@dataclass(frozen=True, slots=True)
class FindingMark(Mark):
    """The mark of the finding at ``index`` of its kind in ``documents[document]``.

    ``css`` is its kind; "wrong" is what an anomaly points at where no finding stands. ``warned``: an anomaly
    points at it.
    """

    document: int
    index: int
    warned: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text between two borders, and the marks that cover all of it, the shortest first."""

    text: str
    start: int
    end: int
    marks: tuple[Mark, ...]


def segments(text: str, marks: Iterable[Mark], span: Span | None = None) -> list[Segment]:
    """The text (or ``text[span]``) as segments that joined are the text; marks outside are cut."""
    low, high = span or (0, len(text))
    kept = sorted(
        (mark for mark in marks if low < mark.end and mark.start < min(mark.end, high)), key=_by_start
    )
    borders = {low, high}
    borders.update(max(low, mark.start) for mark in kept)
    borders.update(min(high, mark.end) for mark in kept)
    ordered = sorted(borders)
    found: list[Segment] = []
    open_marks: list[Mark] = []
    upcoming = 0
    for start, end in pairwise(ordered):
        open_marks = [mark for mark in open_marks if mark.end > start]
        while upcoming < len(kept) and max(low, kept[upcoming].start) == start:
            open_marks.append(kept[upcoming])
            upcoming += 1
        covering = tuple(sorted(open_marks, key=_by_length))
        found.append(Segment(text[start:end], start, end, covering))
    return found


def _by_start(mark: Mark) -> tuple[int, int]:
    return mark.start, mark.end


def _by_length(mark: Mark) -> tuple[int, int]:
    return mark.end - mark.start, mark.start


def finding_marks(documents: Sequence[Document]) -> tuple[FindingMark, ...]:
    """The marks of all findings of a reading, in order of the text; labels are unique in the reading."""
    found: list[FindingMark] = []
    counts: Counter[MarkKind] = Counter()
    for number, document in enumerate(documents):
        ours: list[FindingMark] = []
        kinds: tuple[tuple[MarkKind, Iterable[Span]], ...] = (
            ("cite", (item.span for item in document.citations)),
            ("figure", (item.span for item in document.figures)),
            ("due", (item.span for item in document.deadlines)),
            ("task", (item.span for item in document.assignments)),
        )
        for kind, spans in kinds:
            for index, (start, end) in enumerate(spans):
                counts[kind] += 1
                label = f"{LETTERS[kind]}{counts[kind]}"
                ours.append(FindingMark(start, end, label, kind, number, index))
        found += _warned(ours, document, number, counts)
    return tuple(sorted(found, key=lambda mark: (mark.start, -mark.end, mark.label)))


def _warned(
    ours: list[FindingMark], document: Document, number: int, counts: Counter[MarkKind]
) -> list[FindingMark]:
    """The marks of a document, warned where an anomaly points at them, and marks for its other places."""
    result = list(ours)
    for index, anomaly in enumerate(document.anomalies):
        for start, end in anomaly.spans:
            hit = [
                at
                for at, mark in enumerate(result)
                if mark.css != "task" and mark.start < end and start < mark.end
            ]
            for at in hit:
                result[at] = replace(result[at], warned=True)
            if not hit and end > start:
                counts["wrong"] += 1
                label = f"{LETTERS['wrong']}{counts['wrong']}"
                result.append(FindingMark(start, end, label, "wrong", number, index, warned=True))
    return result
