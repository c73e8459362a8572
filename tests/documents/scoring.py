"""What of a reading is right, by the rules of the contract ("What is right"), finding by finding.

Used by `tools/accuracy.py` and by the tests that hold the reader to its bounds. Where the contract is silent:
a deadline is right with date and rule equal, an assignment with lead and supporting bodies, an anomaly with
its code, each where the spans overlap; `kind` and the documents of a file are counted as fields are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from nhipcau.reading.findings import Document, Found, Reading
from nhipcau.reading.text import fold
from tests.documents.model import HEADER_TEXTS, ExpectedDocument, Sample, Span

FINDINGS = ("citations", "figures", "deadlines", "assignments", "anomalies")
FIELDS = (*HEADER_TEXTS, "recipients")
#: Every row of the report, in order.
ROWS = (*FINDINGS, "header", *(f"header.{name}" for name in FIELDS), "kind", "documents", "relations")


@dataclass(slots=True)
class Tally:
    """How many findings were right, and the others in words: missed ones and ones that are not there."""

    right: int = 0
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        self.right += other.right
        self.missed += other.missed
        self.extra += other.extra

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 where nothing was found."""
        found = self.right + len(self.extra)
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was found; 1 where nothing is there."""
        there = self.right + len(self.missed)
        return self.right / there if there else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


Scores = dict[str, Tally]


def score(sample: Sample, reading: Reading) -> Scores:
    """The tallies of one file, by row of the report."""
    scores: Scores = {row: Tally() for row in ROWS}
    for name in FINDINGS:
        expected = [item for document in sample.documents for item in getattr(document, name)]
        found = [item for document in reading.documents for item in getattr(document, name)]
        scores[name] = _paired(name, expected, found, scores["relations"])
    for wanted, got in _documents(sample.documents, reading.documents):
        _score_frame(wanted, got, scores)
    return scores


def _score_frame(wanted: ExpectedDocument | None, got: Document | None, scores: Scores) -> None:
    """Kind and header of a pair of documents; one that has no partner counts as missed or extra."""
    _count(scores["documents"], wanted and "document", got and "document")
    _count(scores["kind"], wanted.kind if wanted else None, got.kind if got else None)
    for name in FIELDS:
        tally = Tally()
        _count(tally, _field(wanted, name), _field(got, name), name)
        scores[f"header.{name}"].add(tally)
        scores["header"].add(tally)


def _count(tally: Tally, wanted: object, got: object, label: str = "") -> None:
    """One field: right where both are equal, otherwise missed, extra, or both."""
    if wanted == got:
        tally.right += wanted is not None
        return
    if wanted is not None:
        tally.missed.append(f"{label} {wanted!r}".strip())
    if got is not None:
        tally.extra.append(f"{label} {got!r}".strip())


def _field(document: ExpectedDocument | Document | None, name: str) -> object:
    """A header field as it is compared: folded text, recipients as a sorted tuple, or None."""
    if document is None:
        return None
    value: Any = getattr(document.header, name)
    if name == "recipients":
        return tuple(sorted(fold(_text(item)) for item in value)) or None
    return fold(_text(value)) if value is not None else None


def _text(value: Found | str) -> str:
    return value.value if isinstance(value, Found) else value


def _documents(
    expected: Sequence[ExpectedDocument], found: Sequence[Document]
) -> Iterator[tuple[ExpectedDocument | None, Document | None]]:
    """Documents paired by the largest common part of their spans, each once."""
    left = list(found)
    for wanted in expected:
        best = max(left, key=lambda got: _common(wanted.span, got.span), default=None)
        if best is None or not _common(wanted.span, best.span):
            yield wanted, None
            continue
        left.remove(best)
        yield wanted, best
    for got in left:
        yield None, got


def _common(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _half(one: Span, other: Span) -> bool:
    """Whether two spans overlap by half or more of the longer one."""
    return 2 * _common(one, other) >= max(one[1] - one[0], other[1] - other[0])


def _citation(wanted: Any, got: Any) -> bool:
    same = (fold(wanted.type or ""), wanted.number, wanted.date, wanted.partial) == (
        fold(got.type or ""), got.number, got.date, got.partial,
    )  # fmt: skip
    return same and _half(wanted.span, got.span)


def _figure(wanted: Any, got: Any) -> bool:
    return (wanted.value, wanted.bound, fold(wanted.unit or "")) == (
        got.value,
        got.bound,
        fold(got.unit or ""),
    )


def _deadline(wanted: Any, got: Any) -> bool:
    return (wanted.date, wanted.recurs) == (got.date, got.recurs)


def _assignment(wanted: Any, got: Any) -> bool:
    return fold(wanted.lead or "") == fold(got.lead or "") and set(map(fold, wanted.supporting)) == set(
        map(fold, got.supporting)
    )


def _anomaly(wanted: Any, got: Any) -> bool:
    return bool(wanted.code == got.code)


_SAME: dict[str, Callable[[Any, Any], bool]] = {
    "citations": _citation,
    "figures": _figure,
    "deadlines": _deadline,
    "assignments": _assignment,
    "anomalies": _anomaly,
}


def _spans(item: Any) -> Sequence[Span]:
    return item.spans if hasattr(item, "spans") else (item.span,)


def _paired(name: str, expected: Iterable[Any], found: Iterable[Any], relations: Tally) -> Tally:
    """Each expected finding paired with one found; of citations also whether the relation is right."""
    tally, left = Tally(), list(found)
    for wanted in expected:
        match = next(
            (
                got
                for got in left
                if any(_common(wanted.span, span) for span in _spans(got)) and _SAME[name](wanted, got)
            ),
            None,
        )
        if match is None:
            tally.missed.append(_words(wanted))
            continue
        left.remove(match)
        tally.right += 1
        if name == "citations" and wanted.relation is not None:
            _count(relations, wanted.relation, match.relation, wanted.surface)
    tally.extra += [_words(got) for got in left]
    return tally


def _words(item: Any) -> str:
    """A finding in one line: where it begins, and its values."""
    start = min((span[0] for span in _spans(item)), default=0)
    values = [
        f"{name}={value!r}"
        for name in (
            "type",
            "number",
            "value",
            "unit",
            "bound",
            "date",
            "recurs",
            "lead",
            "supporting",
            "code",
        )
        if (value := getattr(item, name, None)) not in (None, ())
    ]
    surface = " ".join(getattr(item, "surface", "").split())[:80]
    return f"@{start} {surface!r} {' '.join(values)}".strip()
