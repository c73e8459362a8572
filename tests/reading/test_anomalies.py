"""What cannot be right is told in one sentence; where it may be right, nothing is told."""

from __future__ import annotations

import pytest

from nhipcau.reading.anomalies import find_anomalies, own_day, spoken
from nhipcau.reading.citations import find_citations
from nhipcau.reading.figures import find_figures
from nhipcau.reading.findings import Anomaly, Document, Found, Header, Kind
from nhipcau.reading.text import matching

HEADER = Header(
    issuer=Found("Liên hiệp các tổ chức hữu nghị", (0, 1)),
    number=Found("15/KH-LHHN", (0, 1)),
    type=Found("Kế hoạch", (0, 1)),
    date=Found("2034-05-20", (0, 1)),
)


def told(
    text: str, header: Header = HEADER, kind: Kind = "state", *, framed: bool = False, attached: bool = False
) -> tuple[Anomaly, ...]:
    plain = matching(text)
    document = Document(
        kind,
        (0, len(text)),
        header,
        citations=find_citations(text, plain, kind=kind),
        figures=find_figures(text, plain, (0, len(text)), furniture=()),
    )
    return find_anomalies(text, plain, document, framed=framed, attached=attached)


def codes(
    text: str, header: Header = HEADER, kind: Kind = "state", *, framed: bool = False, attached: bool = False
) -> list[str]:
    return [anomaly.code for anomaly in told(text, header, kind, framed=framed, attached=attached)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("theo Chỉ thị 07-CT/HU ngày 21/5/2034", ["cited_after_citing"]),
        ("theo Chỉ thị 07-CT/HU ngày 20/5/2034", []),  # the same day can be
        (
            "Chỉ thị 07-CT/HU ngày 21/5/2034; Chỉ thị 07-CT/HU ngày 21/5/2034",
            ["cited_after_citing"],
        ),  # told once
        # one number with two days
        ("Chỉ thị 07-CT/HU ngày 05/4/2034; Chỉ thị 07-CT/HU ngày 15/4/2034", ["date_conflict"]),
        ("Chỉ thị 07-CT/TW ngày 05/4/2034; Chỉ thị 07-CT/TW ngày 15/4/2027", []),  # two terms of the Party
        (
            "Chỉ thị 07-CT/TW ngày 05/4/2034; Chỉ thị 07-CT/TW ngày 05/4/2027",
            ["date_conflict"],
        ),  # the year is wrong
        ("Thông tư 41/2033/TT-BTG ngày 05/4/2033; Thông tư 41/2033/TT-BTG ngày 04/5/2033", ["date_conflict"]),
        ("Kế hoạch 15/KH-UBND ngày 05/4/2034; Kế hoạch 15/KH-UBND ngày 15/4/2034", ["date_conflict"]),
        ("Nghị quyết 01/NQ-CP ngày 05/01/2034; Nghị quyết 01/NQ-CP ngày 08/01/2033", []),  # every January
        (
            (
                "Kế hoạch 85/KH-UBND ngày 05/4/2034 của UBND xã Phú Lâm; Kế hoạch 85/KH-UBND ngày 15/4/2034 "
                "của UBND xã Bến Đò"
            ),
            [],
        ),  # two offices
        ("Chỉ thị 07-CT/HU ngày 05/4/2034; Kết luận 07-KL/HU ngày 15/4/2034", []),  # two types
        ("Kế hoạch số 15/KH-LHHN ngày 02/5/2034 của Liên hiệp", ["date_conflict"]),  # its own number
        # days that do not exist
        ("họp ngày 31/6/2034", ["impossible_date"]),
        ("Chỉ thị 07-CT/HU ngày 30/02/2034", ["impossible_date"]),
        ("trước ngày 31/11 hằng năm", ["impossible_date"]),
        ("trước ngày 29/02 hằng năm", []),  # some years have it
        ("tỷ lệ 31/6 và 30/02 phần", []),  # no days
        ("phiên bản 31.13.2034", []),
        # one number for two documents
        (
            (
                "Quyết định 88/QĐ-UBND ngày 05/4/2034 của UBND tỉnh về khung thời gian; Quyết định "
                "88/QĐ-UBND ngày "
                "05/4/2034 của UBND tỉnh phê duyệt dự toán"
            ),
            ["number_reused"],
        ),
        (
            (
                "Chỉ thị 07-CT/TU ngày 05/4/2034 của Tỉnh ủy; Chỉ thị 07-CT/TU ngày 05/4/2034 của "
                "Ban Thường vụ Tỉnh ủy"
            ),
            [],
        ),  # one body in two words
        (
            (
                "Chỉ thị 07-CT/TU ngày 05/4/2034 của Tỉnh ủy Bến Trúc; Chỉ thị 07-CT/TU ngày "
                "05/4/2034 của Tỉnh ủy "
                "Hạ Vân"
            ),
            ["number_reused"],
        ),
        (
            "Kế hoạch 15/KH-UBND của UBND xã Phú Lâm; Kế hoạch 15/KH-UBND của UBND xã Bến Đò",
            [],
        ),  # offices of one kind number alike
        (
            "Chỉ thị 07-CT/HU về tăng cường giao lưu nhân dân; Chỉ thị 07-CT/HU về giao lưu nhân dân",
            [],
        ),  # one title, shortened
    ],
)
def test_what_cannot_be_right_is_told(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_without_its_own_day_nothing_is_cited_too_late() -> None:
    assert codes("Chỉ thị 07-CT/HU ngày 21/5/2034", Header()) == []


def test_a_text_issued_with_a_paper_has_the_paper_s_day() -> None:
    text = "(Kèm theo Công văn số 216-CV/HU ngày 20/5/2034)\nChỉ thị 07-CT/HU ngày 21/5/2034"
    assert codes(text, Header()) == ["cited_after_citing"]
    plain = matching(text)
    document = Document("party", (0, len(text)), Header(), citations=find_citations(text, plain))
    assert own_day(document) == "2034-05-20"


@pytest.mark.parametrize(
    ("name", "attached", "expected"),
    [
        ("Thông điệp", False, ["unknown_type"]),
        ("Kế hoạch", False, []),
        ("Chương trình hành động", False, []),
        ("Đề cương", False, []),  # usually issued with another paper
        ("Thông điệp", True, []),
    ],
)
def test_a_type_that_no_table_has(name: str, *, attached: bool, expected: list[str]) -> None:
    header = Header(type=Found(name, (0, 5)), date=HEADER.date)
    assert codes("NỘI DUNG", header, attached=attached) == expected


def test_news_has_no_type_line() -> None:
    assert codes("NỘI DUNG", Header(type=Found("Thông điệp", (0, 5))), kind="news") == []


def test_a_frame_without_number_is_told_and_shown() -> None:
    text = "LIÊN HIỆP\nSố:      /KH-LHHN\nNội dung"
    header = Header(issuer=HEADER.issuer, type=HEADER.type, date=HEADER.date)
    (anomaly,) = told(text, header, framed=True)
    assert anomaly.code == "missing_component"
    assert [text[slice(*span)] for span in anomaly.spans] == ["Số:      /KH-LHHN"]
    assert "số, ký hiệu" in anomaly.message


@pytest.mark.parametrize(
    ("header", "kind", "framed"),
    [
        (Header(issuer=HEADER.issuer), "state", False),  # the frame was lost
        (Header(), "state", True),  # nothing is left of it
        (Header(date=HEADER.date), "news", True),
        (HEADER, "state", True),  # nothing is missing
    ],
)
def test_nothing_is_missing_where_the_frame_was_lost(header: Header, kind: Kind, *, framed: bool) -> None:
    assert codes("Nội dung", header, kind, framed=framed) == []


def test_anomalies_in_furniture_are_none() -> None:
    text = "Tin liên quan: họp ngày 31/6/2034"
    document = Document("news", (0, len(text)), Header())
    assert find_anomalies(text, matching(text), document, furniture=[(0, len(text))]) == ()


def test_messages_are_sentences_for_a_clerk() -> None:
    (anomaly,) = told("theo Chỉ thị 07-CT/HU ngày 21/5/2034")
    assert "Chỉ thị 07-CT/HU ghi ngày 21/5/2034, sau ngày 20/5/2034" in anomaly.message
    assert anomaly.message.endswith(".")


def test_days_are_spoken_as_papers_print_them() -> None:
    assert [spoken("2034-01-05"), spoken("2034-11-30"), spoken("2034-06-07")] == [
        "05/01/2034",
        "30/11/2034",
        "07/6/2034",
    ]
