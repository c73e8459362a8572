"""Header fields over the whole corpus: at least 95 in 100 right, kinds told, documents told apart.

`python -m tests.reading.test_corpus_header [batch]` prints every difference by field.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field

import pytest

from nhipcau.reading.findings import Document, Found
from nhipcau.reading.text import fold
from tests.documents.expected import read_all
from tests.documents.model import HEADER_TEXTS, ExpectedDocument, Sample
from tests.reading.frames import read

BATCHES = ("formal", "noisy", "press")


@dataclass(slots=True)
class Score:
    """What was right of what is printed or was claimed, by field, and every difference in words."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def note(self, where: str, name: str, want: object, got: object, *, right: bool) -> None:
        """Count one field that the paper prints or the reader claims."""
        self.asked[name] += 1
        self.right[name] += right
        if not right:
            self.differences.append(f"{where} {name}\n  want {want!r}\n  got  {got!r}")

    @property
    def rate(self) -> float:
        """Fields right of all fields but the kind."""
        names = [name for name in self.asked if name != "kind"]
        return sum(self.right[name] for name in names) / sum(self.asked[name] for name in names)


def _value(document: Document | None, name: str) -> str | None:
    value = getattr(document.header, name) if document else None
    return value.value if isinstance(value, Found) else value


def _compare(score: Score, where: str, want: ExpectedDocument, got: Document | None) -> None:
    kind = got.kind if got else None
    score.note(where, "kind", want.kind, kind, right=want.kind == kind)
    for name in HEADER_TEXTS:
        expected, found = getattr(want.header, name), _value(got, name)
        if expected is not None or found is not None:
            score.note(where, name, expected, found, right=fold(expected or "") == fold(found or ""))
    asked = {fold(one) for one in want.header.recipients}
    given = {fold(one.value) for one in got.header.recipients} if got else set()
    if asked or given:
        score.note(where, "recipients", sorted(asked - given), sorted(given - asked), right=asked == given)


def scored(batch: str | None) -> Score:
    """The score of one batch or of all; samples whose expectations have problems are left out."""
    samples, problems = read_all(batch)
    broken = {problem.split(":")[0] for problem in problems}
    score = Score()
    for sample in samples:
        if f"{sample.batch}/{sample.slug}" not in broken:
            _score_sample(score, sample)
    return score


def _score_sample(score: Score, sample: Sample) -> None:
    documents = read(sample.path.read_bytes().decode("utf-8")).documents
    for index, want in enumerate(sample.documents):
        got = documents[index] if index < len(documents) else None
        _compare(score, f"{sample.slug}[{index}]", want, got)


@pytest.mark.parametrize("batch", BATCHES)
def test_header_fields_of_a_batch(batch: str) -> None:
    """At least 95 of 100 header fields and kinds are right in every batch."""
    score = scored(batch)
    if not score.asked:
        pytest.skip(f"no sample of batch {batch} is here")
    assert score.rate >= 0.95, "\n".join(score.differences)
    assert score.right["kind"] >= 0.95 * score.asked["kind"], "\n".join(score.differences)


def main() -> None:
    """Print every difference, then the rate of each field."""
    score = scored(sys.argv[1] if len(sys.argv) > 1 else None)
    lines = [*score.differences]
    for name, asked in sorted(score.asked.items()):
        lines.append(f"{name}: {score.right[name]}/{asked}")
    sys.stdout.write("\n".join([*lines, f"all: {score.rate:.3f}", ""]))


if __name__ == "__main__":
    main()
