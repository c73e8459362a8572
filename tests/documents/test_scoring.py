"""The rules of scoring, and the bounds that the reader has to hold on every batch."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest
from tools import accuracy

from nhipcau.reading.findings import Citation, Document, Figure, Found, Header, Reading, Source
from tests.documents import expected, seeds
from tests.documents.model import (
    ExpectedCitation,
    ExpectedDocument,
    ExpectedFigure,
    ExpectedHeader,
    Sample,
)
from tests.documents.scoring import Scores, score

TEXT = "Căn cứ Chỉ thị 07-CT/HĐGL, tỉnh đón 45 đoàn."
SOURCE = Source("a.txt", "text/plain", len(TEXT), "")
CITED = ExpectedCitation((7, 25), TEXT[7:25], "Chỉ thị", "07-CT/HĐGL", None, False, "basis")
COUNTED = ExpectedFigure((36, 43), TEXT[36:43], 45.0, "đoàn", "exact")
WANTED = ExpectedDocument(
    "state", (0, len(TEXT)), ExpectedHeader(issuer="Ủy ban"), citations=(CITED,), figures=(COUNTED,)
)
SAMPLE = Sample("own", "a", expected.ROOT / "a.txt", TEXT, "invented", (WANTED,))
CITATION = Citation((7, 25), TEXT[7:25], "Chỉ thị", "07-CT/HĐGL", None, None, partial=False, relation="basis")
FIGURE = Figure((36, 43), TEXT[36:43], 45.0, "Đoàn", None, "exact")
FOUND = Document(
    "state", (0, len(TEXT)), Header(issuer=Found("ỦY BAN", (0, 3))), citations=(CITATION,), figures=(FIGURE,)
)


def _score(document: Document) -> Scores:
    return score(SAMPLE, Reading(SOURCE, TEXT, (document,)))


def test_all_that_is_right_counts_once() -> None:
    """Units and header fields are compared folded."""
    scores = _score(FOUND)
    for row in ("citations", "figures", "header", "kind", "documents", "relations"):
        tally = scores[row]
        assert (tally.right, tally.missed, tally.extra) == (1, [], []), row


@pytest.mark.parametrize(
    "citation",
    [
        replace(CITATION, number="07-CT/HĐG"),
        replace(CITATION, date="2026-01-05"),
        replace(CITATION, partial=True),
        replace(CITATION, type="Công văn"),
        replace(CITATION, span=(20, 44)),  # overlaps by less than half
    ],
)
def test_a_citation_with_one_thing_wrong_is_missed_and_extra(citation: Citation) -> None:
    tally = _score(replace(FOUND, citations=(citation,)))["citations"]
    assert (tally.right, len(tally.missed), len(tally.extra)) == (0, 1, 1)


@pytest.mark.parametrize(
    "figure", [replace(FIGURE, value=46.0), replace(FIGURE, bound="over"), replace(FIGURE, unit="khoản")]
)
def test_a_figure_with_one_thing_wrong_is_missed_and_extra(figure: Figure) -> None:
    tally = _score(replace(FOUND, figures=(figure,)))["figures"]
    assert (tally.right, len(tally.missed), len(tally.extra)) == (0, 1, 1)


def test_a_finding_counts_for_one_expectation_only() -> None:
    tally = _score(replace(FOUND, figures=(FIGURE, FIGURE)))["figures"]
    assert (tally.right, len(tally.extra)) == (1, 1)


def test_a_document_too_many_is_extra_with_its_fields() -> None:
    second = Document("other", (0, 0), Header(type=Found("Kế hoạch", (0, 1))))
    scores = score(SAMPLE, Reading(SOURCE, TEXT, (FOUND, second)))
    assert len(scores["documents"].extra) == 1
    assert scores["header.type"].extra == ["type 'ke hoach'"]


def test_gains_and_losses_are_told_by_sample() -> None:
    old = {"own/a": {"figures": accuracy.Kept(right=0, missed=["x"], extra=[])}}
    new = {"own/a": {"figures": accuracy.Kept(right=1, missed=[], extra=["y"])}}
    gained, lost = accuracy.changes(old, new)
    assert gained == ["own/a: figures no longer missed: x"]
    assert lost == ["own/a: figures now extra: y"]


@lru_cache(maxsize=1)
def _totals() -> dict[str, Scores]:
    return accuracy.totals(accuracy.scores([*expected.load(), *seeds.load()]))


#: The issue's bounds; the others are what the batches have held and must not lose.
BOUNDS = {
    "citations": 0.97,
    "figures": 0.90,
    "header": 0.95,
    "deadlines": 0.95,
    "anomalies": 0.90,
    "kind": 0.95,
}


@pytest.mark.parametrize("row", BOUNDS)
@pytest.mark.parametrize("batch", ["formal", "noisy", "press"])
def test_every_batch_holds_the_bounds_of_the_issue(batch: str, row: str) -> None:
    assert _totals()[batch][row].f1 >= BOUNDS[row]


@pytest.mark.skipif(not seeds.load(), reason="the seeds are not beside the checkout")
@pytest.mark.parametrize("row", ["citations", "figures", "anomalies"])
def test_the_seeds_are_read_without_a_fault(row: str) -> None:
    """The 27 citations of the handbook, the figures of the issue, the one anomaly, and no other."""
    tally = _totals()["seeds"][row]
    assert (tally.missed, tally.extra) == ([], [])
    assert tally.right == {"citations": 27, "figures": len(seeds.FIGURES), "anomalies": 1}[row]
