"""The words before a citation say what it is to its document."""

from __future__ import annotations

import pytest

from nhipcau.reading.citations import find_citations
from nhipcau.reading.findings import Found, Header, Kind
from nhipcau.reading.relations import opens
from nhipcau.reading.text import matching


def told(text: str, kind: Kind = "state", header: Header | None = None) -> list[str]:
    return [c.relation for c in find_citations(text, matching(text), kind=kind, header=header)]


CASES = [
    ("Căn cứ Chỉ thị số 07-CT/HU ngày 15/4/2034 của Huyện ủy;", ["basis"]),
    ("- Căn cứ Luật Hội hữu nghị ngày 15/4/2034;", ["basis"]),
    # a list goes on
    (
        "Căn cứ Nghị định số 209/2035/NĐ-CP, Thông tư số 41/2035/TT-BTG và Kế hoạch số 15/KH-UBND;",
        ["basis"] * 3,
    ),
    ("Căn cứ Chỉ thị 07-CT/HU về giao lưu; Kế hoạch số 15/KH-UBND về viện trợ;", ["basis"] * 2),
    ("Căn cứ ý kiến chỉ đạo của Hội tại Công văn số 216/LHHN-VP,", ["basis"]),
    # but a title of what is cited is not the paper's own word
    (
        "Căn cứ Kế hoạch số 15/KH-UBND của Ủy ban nhân dân tỉnh triển khai Chỉ thị số 07-CT/TU về giao lưu;",
        ["basis", "mentions"],
    ),
    ("Thực hiện Chỉ thị số 07-CT/HU, Hội xây dựng kế hoạch.", ["implements"]),
    # a short name in brackets interrupts no list
    (
        "Thực hiện Chỉ thị số 07-CT/HU (sau đây gọi tắt là Chỉ thị 07-CT/HU) và Kế hoạch số 15/KH-UBND,",
        ["implements", "mentions", "implements"],
    ),
    ("Thực hiện nghiêm túc, có hiệu quả Chỉ thị số 07-CT/HU, Hội phân công.", ["implements"]),
    ("Thực hiện chỉ đạo của Chủ tịch Hội tại Thông báo số 61/TB-LHHN,", ["implements"]),
    (
        (
            "Thực hiện Công văn số 77/SNgV-LS và ý kiến của Chủ tịch Hội tại Công văn số "
            "216/LHHN-VP, Văn phòng báo cáo"
        ),
        ["implements"] * 2,
    ),
    ("Thực hiện Kế hoạch 15/KH-UBND; căn cứ Quyết định số 88/QĐ-LHHN, Hội báo cáo", ["implements", "basis"]),
    ("Thực hiện nhiệm vụ được giao, ngày 15/3 Hội đã nhận Công văn số 216/LHHN-VP", ["mentions"]),
    ("Theo Công văn số 216-CV/HU, Hội báo cáo.", ["implements"]),
    # who proposed it is no basis
    ("Theo đề nghị của Giám đốc Sở tại Tờ trình số 77/TTr-SNgV", ["mentions"]),
    # years and results of carrying out are told, not done
    ("Sau 10 năm thực hiện Chỉ thị số 07-CT/HU, công tác giao lưu đã", ["mentions"]),
    ("Báo cáo kết quả thực hiện Kế hoạch số 15/KH-UBND", ["mentions"]),
    ("Hướng dẫn thực hiện Chỉ thị số 07-CT/HU", ["guides"]),
    ("Quyết định này thay thế Quyết định số 88/QĐ-LHHN.", ["replaces"]),
    ("Sửa đổi, bổ sung một số điều của Quyết định số 88/QĐ-LHHN", ["amends"]),
    ("Hội sao gửi Công văn số 216-CV/HU để các đơn vị biết", ["forwards"]),
    ("(Ban hành kèm theo Quyết định số 88/QĐ-LHHN ngày 15/4/2034\ncủa Hội)", ["attached_to"]),
    ("(Kèm theo Công văn số 216-CV/HU)", ["attached_to"]),
    ("Các đơn vị nghiên cứu Chỉ thị số 07-CT/HU", ["mentions"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_relations_are_told_from_the_words_before(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_a_news_report_has_no_relations_of_its_own() -> None:
    assert told("Thực hiện Chỉ thị số 07-CT/HU, tỉnh đã mở 12 lớp.", kind="news") == ["mentions"]


def test_a_guidance_guides_what_its_subject_names() -> None:
    text = "HƯỚNG DẪN\nthực hiện Chỉ thị số 07-CT/HU\n\nThực hiện Chỉ thị số 07-CT/HU, Hội hướng dẫn:"
    header = Header(type=Found("Hướng dẫn", (0, 9)), subject=Found("thực hiện Chỉ thị số 07-CT/HU", (10, 39)))
    assert told(text, header=header) == ["guides", "implements"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Căn cứ ý kiến của Hội tại @", True),
        ("Mở đầu. Thực hiện @", True),
        ("Các đơn vị triển khai @", False),
        ("Thực hiện việc A. Các đơn vị triển khai @", False),
    ],
)
def test_a_preamble_is_known_by_the_first_words_of_its_sentence(text: str, *, expected: bool) -> None:
    assert opens(text, 0, text.index("@")) is expected
