"""Marks of the findings in a text, and the text cut at their borders.

Pure and for two hands: the HTML writer of the command line and the reading page of the documents desk. Labels are
those of the look: T citations, S figures, H deadlines, P assignments, counted over the whole reading; what an
anomaly points at is boxed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from nhipcau.reading.findings import Document, Span

MarkKind = Literal["cite", "figure", "due", "task", "wrong"]

LETTERS: dict[MarkKind, str] = {"cite": "T", "figure": "S", "due": "H", "task": "P", "wrong": "C"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding's place. ``label`` ("T1") is unique in a reading; ``index`` is its place in ``document``.

    ``wrong``: an anomaly points at it. Kind "wrong" marks what an anomaly points at where no finding stands.
    """

    span: Span
    label: str
    kind: MarkKind
    document: int
    index: int
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text with the marks that lie over it, outermost first.

    ``opens`` and ``closes`` are those of ``marks`` that begin with this piece and end with it.
    """

    span: Span
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]
    closes: tuple[Mark, ...]


def marks(documents: Sequence[Document]) -> tuple[Mark, ...]:
    """The marks of all findings of a reading, in order of the text; those of an anomaly are ``wrong``."""
    found: list[Mark] = []
    counts: Counter[MarkKind] = Counter()
    for number, document in enumerate(documents):
        ours: list[Mark] = []
        kinds: tuple[tuple[MarkKind, Iterable[Span]], ...] = (
            ("cite", (item.span for item in document.citations)),
            ("figure", (item.span for item in document.figures)),
            ("due", (item.span for item in document.deadlines)),
            ("task", (item.span for item in document.assignments)),
        )
        for kind, spans in kinds:
            for index, span in enumerate(spans):
                counts[kind] += 1
                ours.append(Mark(span, f"{LETTERS[kind]}{counts[kind]}", kind, number, index))
        found += _warned(ours, document, number, counts)
    return tuple(sorted(found, key=lambda mark: (mark.span[0], -mark.span[1], mark.label)))


def _warned(ours: list[Mark], document: Document, number: int, counts: Counter[MarkKind]) -> list[Mark]:
    """The marks of a document, those that an anomaly points at boxed, and marks for its other places."""
    result = list(ours)
    for index, anomaly in enumerate(document.anomalies):
        for span in anomaly.spans:
            hit = [at for at, mark in enumerate(result) if mark.kind != "task" and _overlap(mark.span, span)]
            for at in hit:
                result[at] = replace(result[at], wrong=True)
            if not hit and span[1] > span[0]:
                counts["wrong"] += 1
                label = f"{LETTERS['wrong']}{counts['wrong']}"
                result.append(Mark(span, label, "wrong", number, index, wrong=True))
    return result


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def segments(text: str, marks: Sequence[Mark], span: Span | None = None) -> list[Segment]:
    """``text[span]`` (all of it by default) cut at the borders of the marks, in order, nothing left out.

    Marks may overlap and nest; each piece names all that lie over it. A mark of no length is left out.
    """
    low, high = span or (0, len(text))
    inside = [
        replace(mark, span=(max(low, mark.span[0]), min(high, mark.span[1])))
        for mark in marks
        if mark.span[0] < high and mark.span[1] > low and mark.span[1] > mark.span[0]
    ]
    inside.sort(key=lambda mark: (mark.span[0], -mark.span[1]))
    borders = sorted({low, high, *(mark.span[0] for mark in inside), *(mark.span[1] for mark in inside)})
    result: list[Segment] = []
    over: list[Mark] = []
    following = 0
    for start, end in zip(borders, borders[1:], strict=False):
        over = [mark for mark in over if mark.span[1] > start]
        while following < len(inside) and inside[following].span[0] == start:
            over.append(inside[following])
            following += 1
        opens = tuple(mark for mark in over if mark.span[0] == start)
        closes = tuple(mark for mark in over if mark.span[1] == end)
        result.append(Segment((start, end), tuple(over), opens, closes))
    return result
