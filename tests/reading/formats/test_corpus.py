"""The papers of the corpus come out of every office format word by word."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhipcau.reading import text as texts
from nhipcau.reading.formats.opening import open_file
from tests.reading.formats import samples

PAPERS = sorted((Path(__file__).parents[2] / "documents").rglob("*.txt"))


@pytest.mark.parametrize("suffix", [".docx", ".doc", ".odt", ".rtf"])
def test_office_formats_lose_nothing(suffix: str) -> None:
    assert PAPERS
    for path in PAPERS:
        paper = path.read_text(encoding="utf-8")
        found = open_file(samples.MAKERS[suffix](paper), path.name).text

        assert _compared(found) == _compared(paper), path.name


@pytest.mark.skipif(samples.font_path() is None, reason="no font with Vietnamese letters")
def test_pdf_keeps_every_word() -> None:
    """Lines are wrapped to the page; signs that the sample font lacks are left out of the comparison."""
    for path in PAPERS:
        paper = path.read_text(encoding="utf-8")
        found = open_file(samples.to_pdf(paper), path.name).text

        ours, theirs = _compared(found), _compared(paper)
        assert len(set(ours) ^ set(theirs)) <= len(theirs) // 50 + 2, path.name


def _compared(text: str) -> list[str]:
    """The words, without what only spaces or steers."""
    plain = texts.matching(texts.normalise(text))
    return "".join(char if char.isprintable() else " " for char in plain).split()
