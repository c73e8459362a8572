"""The corpus can be trusted: each expected reading fits its text, and the checker sees what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.expected import load, read_pair, totals

TEXT = "Căn cứ Chỉ thị số 07-CT/HĐGL ngày 02/3/2021; theo Chỉ thị 07, đã đón 12 đoàn."


def problems(folder: Path, findings: str, text: str = TEXT) -> list[str]:
    """Write one pair with these findings and return what the checker says."""
    path = folder / "sample.txt"
    path.write_bytes(text.encode())
    path.with_suffix(".toml").write_text(f'note = "n"\n[[documents]]\nkind = "party"\n{findings}')
    return read_pair(path)[1]


def test_every_expected_reading_fits_its_text() -> None:
    """No surface is missing, no kind or key unknown, no date impossible, in any batch."""
    assert load()


def test_the_corpus_is_as_large_as_promised() -> None:
    """At least 60 papers, 600 citations, 300 figures and 10 documents of each kind that has a form."""
    count = totals(load())["all"]
    assert count["files"] >= 60
    assert count["citations"] >= 600
    assert count["figures"] >= 300
    assert all(count[f"kind {kind}"] >= 10 for kind in ("state", "party", "front", "news"))


@pytest.mark.parametrize(
    ("findings", "complaint"),
    [
        ('[[documents.figures]]\nsurface = "13 đoàn"\nvalue = 13\nbound = "exact"', "not found"),
        (
            '[[documents.figures]]\nsurface = "12 đoàn"\nnth = 2\nvalue = 12\nbound = "exact"',
            "no occurrence 2",
        ),
        ('[[documents.citations]]\nsurface = "Chỉ thị 07"\ntype = "Chỉ thị"\nnumber = "07"', "partial"),
        (
            '[[documents.citations]]\nsurface = "Chỉ thị 07"\ntype = "Chỉ thị"\nnumber = "07 -CT"',
            "has a blank",
        ),
        ('[[documents.deadlines]]\nsurface = "02/3/2021"\ndate = "2021-02-30"', "no ISO day"),
        ('[[documents.anomalies]]\nsurface = "12 đoàn"\ncode = "odd"', "bad code"),
        ("[documents.header]\nheading = 'x'", "unknown key"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, findings: str, complaint: str) -> None:
    """A wrong expectation is reported with the reason, not passed over."""
    assert any(complaint in problem for problem in problems(tmp_path, findings))


def test_a_decomposed_text_with_windows_lines_is_read_as_its_nfc(tmp_path: Path) -> None:
    """Spans count code points of the NFC text with single newlines, whatever lies on disk."""
    findings = '[[documents.figures]]\nsurface = "12 đoàn"\nvalue = 12\nunit = "đoàn"\nbound = "exact"'
    assert problems(tmp_path, findings, "đã đón\r\n12 đoa\u0300n") == []
    sample, _ = read_pair(tmp_path / "sample.txt")
    assert sample.text == "đã đón\n12 đoàn"
    assert sample.documents[0].figures[0].span == (7, 14)
