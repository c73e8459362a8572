"""The text cut at the borders of findings, and the marks of a reading."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nhipcau.reading.findings import Anomaly, Citation, Document, Figure, Header
from nhipcau.reading.marking import Mark, finding_marks, segments

TEXT = "Căn cứ Chỉ thị 07-CT/HĐGL, tỉnh đón 45 đoàn."


def _citation(start: int, end: int) -> Citation:
    return Citation((start, end), TEXT[start:end], "Chỉ thị", "07-CT/HĐGL", None, None, partial=False)


def test_a_text_without_marks_is_one_segment() -> None:
    assert [(piece.text, piece.marks) for piece in segments("abc", [])] == [("abc", ())]


def test_overlapping_marks_cut_each_other_and_the_shortest_stands_first() -> None:
    long, short = Mark(0, 6, "P1", "task"), Mark(4, 8, "T1", "cite")
    pieces = segments("abcdefghij", [long, short])
    assert [(piece.text, [mark.label for mark in piece.marks]) for piece in pieces] == [
        ("abcd", ["P1"]),
        ("ef", ["T1", "P1"]),
        ("gh", ["T1"]),
        ("ij", []),
    ]


def test_a_span_bounds_the_segments() -> None:
    pieces = segments("abcdefghij", [Mark(1, 9, "T1", "cite")], (2, 5))
    assert [(piece.text, len(piece.marks)) for piece in pieces] == [("cde", 1)]


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=12),
)
def test_the_segments_joined_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    """Whatever the marks: nothing is lost, doubled or marked outside its span."""
    marks = [Mark(start, end, str(index), "cite") for index, (start, end) in enumerate(spans)]
    pieces = segments(text, marks)
    assert "".join(piece.text for piece in pieces) == text
    for piece in pieces:
        assert all(mark.start <= piece.start and piece.end <= mark.end for mark in piece.marks)


def test_labels_run_through_the_documents_of_a_reading() -> None:
    first = Document("state", (0, 27), Header(), citations=(_citation(7, 25),))
    figure = Figure((36, 43), TEXT[36:43], 45, "đoàn", None, "exact")
    second = Document("state", (27, len(TEXT)), Header(), citations=(_citation(27, 30),), figures=(figure,))
    assert [(mark.label, mark.document, mark.index) for mark in finding_marks([first, second])] == [
        ("T1", 0, 0),
        ("T2", 1, 0),
        ("S1", 1, 0),
    ]


def test_what_an_anomaly_points_at_is_warned_or_marked_by_itself() -> None:
    anomaly = Anomaly("date_conflict", "Hai ngày khác nhau.", ((7, 25), (31, 35)))
    document = Document(
        "state", (0, len(TEXT)), Header(), citations=(_citation(7, 25),), anomalies=(anomaly,)
    )
    assert [(mark.label, mark.css, mark.warned) for mark in finding_marks([document])] == [
        ("T1", "cite", True),
        ("C1", "wrong", True),
    ]
