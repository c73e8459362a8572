"""What the issue and the handbook say of the five seeds, as a batch of its own; empty where there are none.

The seeds lie in `../shared` beside the checkout and are never copied here. Headers are not held: they name
persons.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from tests.documents.checker import normalised
from tests.documents.expected import ROOT
from tests.documents.model import (
    ExpectedAnomaly,
    ExpectedCitation,
    ExpectedDocument,
    ExpectedFigure,
    ExpectedHeader,
    Sample,
)

SHARED = ROOT.parents[1].parent / "shared"
#: Seed, surface, value, unit, bound.
FIGURES = (
    ("001", "9 tỉnh", 9.0, "tỉnh", "exact"),
    ("002", "trên 1.200 tổ chức", 1200.0, "tổ chức", "over"),
    ("002", "trên 500 tổ chức", 500.0, "tổ chức", "over"),
    ("002", "4,83 tỷ USD", 4.83e9, "USD", "exact"),
    ("002", "63 tỉnh/thành", 63.0, "tỉnh/thành", "exact"),
    ("002", "379 đoàn", 379.0, "đoàn", "exact"),
    ("002", "5.429 thành viên", 5429.0, "thành viên", "exact"),
    ("002", "471** khoản", 471.0, "khoản", "exact"),
    ("002", "gần **33 triệu** đô la Mỹ", 33e6, "USD", "almost"),
)
KINDS = {"000": "news", "001": "news", "002": "party", "003": "news", "004": "news"}
#: Where the outline of seed 002 begins.
OUTLINE = "ĐỀ CƯƠNG\n"


def load() -> list[Sample]:
    """The seeds with what is known of them; no list where the seeds are not at hand."""
    table = SHARED / "handbook" / "data" / "seed_citations.csv"
    if not table.exists():
        return []
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [_sample(path, rows) for path in sorted((SHARED / "seeds").glob("*.txt"))]


def _sample(path: Path, rows: list[dict[str, str]]) -> Sample:
    seed, text = path.name[:3], normalised(path.read_bytes().decode("utf-8"))
    border = text.find(OUTLINE) if seed == "002" else -1
    spans = [(0, border), (border, len(text))] if border > 0 else [(0, len(text))]
    documents = tuple(_document(seed, text, span, rows) for span in spans)
    return Sample("seeds", path.stem, path, text, "a seed", documents)


def _document(seed: str, text: str, span: tuple[int, int], rows: list[dict[str, str]]) -> ExpectedDocument:
    inside = [row for row in rows if row["seed"] == seed and span[0] <= int(row["start"]) < span[1]]
    return ExpectedDocument(
        KINDS[seed],
        span,
        ExpectedHeader(),
        citations=tuple(_citation(row) for row in inside),
        figures=tuple(_figures(seed, text, span)),
        anomalies=tuple(_anomalies(inside, seed)),
    )


def _citation(row: dict[str, str]) -> ExpectedCitation:
    start = int(row["start"])
    return ExpectedCitation(
        (start, start + len(row["surface"])),
        row["surface"],
        row["expected_type"],
        row["expected_number"] or None,
        row["date"] or None,
        row["partial"] == "true",
        None,
    )


def _figures(seed: str, text: str, span: tuple[int, int]) -> Iterator[ExpectedFigure]:
    for own, surface, value, unit, bound in FIGURES:
        start = text.find(surface, *span) if own == seed else -1
        if start >= 0:
            yield ExpectedFigure((start, start + len(surface)), surface, value, unit, bound)


def _anomalies(rows: list[dict[str, str]], seed: str) -> Iterator[ExpectedAnomaly]:
    """The one wrong date of the seeds: a citation of seed 004 that is later than the report."""
    for row in rows:
        if seed == "004" and row["date"] > "2022-05-13":
            citation = _citation(row)
            yield ExpectedAnomaly(citation.span, citation.surface, "cited_after_citing")
