"""Citations and anomalies of the corpus, by the rules of the contract: as good as was asked, and better."""

from __future__ import annotations

from collections import Counter

import pytest

from nhipcau.reading.findings import Anomaly, Citation, Reading, Source
from nhipcau.reading.reader import read_text
from tests.documents import expected
from tests.documents.model import ExpectedAnomaly, ExpectedCitation, Sample

SAMPLES = expected.load()


def read(sample: Sample) -> Reading:
    return read_text(sample.text, Source(sample.slug, "text/plain", len(sample.text), ""))


def same(wanted: ExpectedCitation, found: Citation) -> bool:
    """Type, number, day and partial equal, and half of the longer span shared."""
    shared = min(wanted.span[1], found.span[1]) - max(wanted.span[0], found.span[0])
    longer = max(wanted.span[1] - wanted.span[0], found.span[1] - found.span[0])
    facts = (found.type, found.number, found.date, found.partial)
    return shared * 2 >= longer and facts == (wanted.type, wanted.number, wanted.date, wanted.partial)


def held_against(sample: Sample) -> tuple[Counter[str], list[str]]:
    """Right, missing and wrong citations of a sample, each finding once; the last two in words."""
    left = [citation for document in read(sample).documents for citation in document.citations]
    count, words = Counter[str](), []
    for wanted in (citation for document in sample.documents for citation in document.citations):
        hit = next((one for one in left if same(wanted, one)), None)
        count["right" if hit else "missing"] += 1
        if hit:
            left.remove(hit)
        else:
            words.append(f"{sample.slug}: missing {wanted.surface!r}")
    count["wrong"] = len(left)
    return count, words + [f"{sample.slug}: wrong {one.surface!r}" for one in left]


@pytest.mark.parametrize("batch", sorted({sample.batch for sample in SAMPLES}))
def test_f1_of_citations_is_at_least_97_percent_in_every_batch(batch: str) -> None:
    total, words = Counter[str](), []
    for sample in SAMPLES:
        if sample.batch == batch:
            count, told = held_against(sample)
            total += count
            words += told
    assert 2 * total["right"] / (2 * total["right"] + total["missing"] + total["wrong"]) >= 0.97, words


def meant(wanted: ExpectedAnomaly, found: Anomaly) -> bool:
    return wanted.code == found.code and any(
        start < wanted.span[1] and wanted.span[0] < end for start, end in found.spans
    )


def test_anomalies_are_those_that_stand_in_the_papers_and_no_other() -> None:
    missing, wrong = [], []
    for sample in SAMPLES:
        left = [anomaly for document in read(sample).documents for anomaly in document.anomalies]
        for wanted in (anomaly for document in sample.documents for anomaly in document.anomalies):
            hit = next((one for one in left if meant(wanted, one)), None)
            if hit:
                left.remove(hit)
            else:
                missing.append((sample.slug, wanted.code))
        wrong += [(sample.slug, one.code) for one in left]
    assert (missing, wrong) == ([], [])
