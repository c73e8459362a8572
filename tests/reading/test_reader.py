"""The whole reading: the seeds, files of bytes, containers, and texts that are no document."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.reading.findings import MarkedError, Reading, UnreadableError
from nhipcau.reading.reader import read_bytes, read_texts
from tests.reading.frames import papers, printed, read

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def seed(number: str) -> Reading:
    """The reading of one of the five real papers."""
    paths = sorted(SEEDS.glob(f"{number}_*.txt")) if SEEDS.exists() else []
    if not paths:
        pytest.skip("the seed documents are not beside this checkout")
    return read_bytes(paths[0].read_bytes(), paths[0].name)


def test_the_dispatch_of_the_seed_and_the_outline_issued_with_it() -> None:
    """Two documents; every field of the dispatch but those that it lost, and the outline's own."""
    dispatch, outline = seed("002").documents
    header = printed(dispatch.header)
    assert (dispatch.kind, outline.kind) == ("party", "party")
    assert header["type"] == "Công văn"
    assert header["issuer"] == "Ban Tuyên giáo"
    assert header["parent_issuer"].startswith("Thị ủy ")
    assert header["date"] == "2022-06-28"
    assert header["subject"].startswith("Sao gửi Tài liệu tuyên truyền, phổ biến, quán triệt")
    assert len(header["recipients"]) == 7
    assert "signer" in header
    assert "signer_title" not in header
    attached = printed(outline.header)
    assert set(attached) == {"type", "subject", "author"}
    assert (attached["type"], attached["author"]) == ("Đề cương", "Ban Tuyên giáo Tỉnh ủy")
    assert attached["subject"].endswith("trong tình hình mới")


@pytest.mark.parametrize(
    ("number", "day", "titled"),
    [("000", None, False), ("001", None, True), ("003", "2020-01-07", True), ("004", "2022-05-13", True)],
)
def test_the_press_reports_of_the_seeds(number: str, day: str | None, titled: bool) -> None:
    """News: the day of publication and the title where they are printed, and nothing else."""
    (document,) = seed(number).documents
    header = printed(document.header)
    assert document.kind == "news"
    assert header.get("date") == day
    assert ("subject" in header) is titled
    assert set(header) <= {"date", "subject"}


def test_the_outline_of_the_seed_has_its_sections() -> None:
    """I to V, 1. to 3. and 1.1 to 1.5, no Điều."""
    outline = seed("002").documents[1]
    labels = [section.label for section in outline.sections if section.label != "-"]
    assert labels == ["I", "II", "III", "1", "1.1", "1.2", "1.3", "1.4", "1.5", "2", "IV", "1", "2", "3", "V"]


def test_source_tells_the_file() -> None:
    """Name, size and hash of the bytes."""
    source = read_bytes("Số 15".encode(), "thu.txt").source
    assert (source.name, source.bytes, len(source.sha256), source.ocr) == ("thu.txt", 7, 64, False)


def test_a_container_is_read_file_by_file() -> None:
    """The texts of a ZIP are joined; each file gives its documents, with spans in the joined text."""
    first, second = papers()[0].text, papers()[1].text
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", first)
        archive.writestr("b.txt", second)
    reading = read_bytes(packed.getvalue(), "hai.zip")
    types = [document.header.type.value for document in reading.documents if document.header.type]
    assert types == ["Nghị định", "Luật"]
    number = reading.documents[1].header.number
    assert number is not None
    assert reading.text[slice(*number.span)] == number.value


def test_several_texts_have_spans_in_the_joined_text() -> None:
    """Documents of the second text begin after the first."""
    reading = read_texts(["Một.", "Hai."], read("x").source)
    assert [reading.text[slice(*document.span)] for document in reading.documents] == ["Một.", "Hai."]


def test_a_marked_paper_yields_nothing_but_its_mark() -> None:
    """The mark stops the reading before anything else."""
    text = "TỈNH ỦY SÔNG NGÂN\nTỐI MẬT\nSố 15-KH/TU\nKẾ HOẠCH\nđón đoàn khách\n"
    with pytest.raises(MarkedError) as caught:
        read_bytes(text.encode(), "thu.txt")
    assert caught.value.mark == "tối mật"


def test_an_empty_file_cannot_be_read() -> None:
    """One sentence for the clerk, no traceback."""
    with pytest.raises(UnreadableError):
        read_bytes(b"", "thu.txt")


PIECES = st.sampled_from([line for paper in papers() for line in paper.text.split("\n")])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=40))
def test_no_text_makes_the_reader_fail(lines: list[str]) -> None:
    """Lines of papers in any order, between lines of anything: a reading, with spans in the text."""
    reading = read("\n".join(lines))
    for document in reading.documents:
        assert 0 <= document.span[0] <= document.span[1] <= len(reading.text)
        for section in document.sections:
            assert document.span[0] <= section.span[0] <= section.span[1] <= document.span[1]
        for found in document.header.recipients:
            assert 0 <= found.span[0] < found.span[1] <= len(reading.text)
