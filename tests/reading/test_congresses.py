"""Documents of congresses and plenums are listed without a number, up to the numeral or "(khóa ...)"."""

from __future__ import annotations

import pytest

from nhipcau.reading.citations import find_citations
from nhipcau.reading.text import matching

CASES = [
    ("Nghị quyết Đại hội XVIII", ["Nghị quyết Đại hội XVIII"]),
    ("NGHỊ QUYẾT ĐẠI HỘI XVIII CỦA ĐẢNG", ["NGHỊ QUYẾT ĐẠI HỘI XVIII"]),
    ("các văn kiện Đại hội XVIII của Đảng", ["văn kiện Đại hội XVIII"]),
    (
        "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XVIII của Đảng",
        ["Nghị quyết Đại hội đại biểu toàn quốc lần thứ XVIII"],
    ),
    (
        "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVII, nhiệm kỳ 2030 - 2035",
        ["Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVII"],
    ),
    ("Nghị quyết Đại hội lần thứ 18 của Đảng", ["Nghị quyết Đại hội lần thứ 18"]),
    ("Nghị quyết của Đại hội XVIII", ["Nghị quyết của Đại hội XVIII"]),
    ("Nghị quyết\nĐại hội\nXVIII", ["Nghị quyết\nĐại hội\nXVIII"]),
    ("Nghị quyết **Đại hội XVIII**", ["Nghị quyết **Đại hội XVIII"]),
    ("Nghị quyết Hội nghị Trung ương 3 (khóa XVII)", ["Nghị quyết Hội nghị Trung ương 3 (khóa XVII)"]),
    ("Nghị quyết Hội nghị Trung ương 3 khoá XVII đề ra", ["Nghị quyết Hội nghị Trung ương 3 khoá XVII"]),
    (
        "Nghị quyết Hội nghị lần thứ tám Ban Chấp hành Trung ương Đảng khóa XVII về",
        ["Nghị quyết Hội nghị lần thứ tám Ban Chấp hành Trung ương Đảng khóa XVII"],
    ),
    (
        "Nghị quyết lần thứ 4 Ban Chấp hành Trung ương khóa XVII",
        ["Nghị quyết lần thứ 4 Ban Chấp hành Trung ương khóa XVII"],
    ),
    ("Nghị quyết Trung ương 4 khóa XVII", ["Nghị quyết Trung ương 4 khóa XVII"]),
    # lists: the next ones begin at their own congress or numeral
    ("Nghị quyết Đại hội XVI, XVII và Đại hội XVIII", ["Nghị quyết Đại hội XVI", "XVII", "Đại hội XVIII"]),
    (
        "Nghị quyết Đại hội XVIII của Đảng và Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVI",
        ["Nghị quyết Đại hội XVIII", "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVI"],
    ),
    # none: no type word, no numeral, another document
    ("Đại hội XVIII của Đảng đã nhấn mạnh", []),
    ("Nghị quyết Đại hội Đảng các cấp", []),
    ("nghị quyết đại hội của chi bộ", []),
    ("Đại hội đại biểu toàn quốc lần thứ II của Đảng (tháng 02/1951)", []),
    ("Nghị quyết Đại hội\n\nI. ĐẶC ĐIỂM", []),
    ("điều kiện Đại hội XVIII", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_documents_of_congresses(text: str, expected: list[str]) -> None:
    found = find_citations(text, matching(text))
    assert [citation.surface for citation in found] == expected
    assert all(citation.partial and citation.number is None and citation.date is None for citation in found)


def test_the_type_is_in_standard_spelling() -> None:
    text = "VĂN KIỆN ĐẠI HỘI XVIII và nghị quyết Đại hội XVII"
    assert [citation.type for citation in find_citations(text, matching(text))] == ["Văn kiện", "Nghị quyết"]


def test_a_number_takes_precedence() -> None:
    text = "Nghị quyết số 18-NQ/TW Hội nghị Trung ương 6 khóa XVII"
    assert [citation.number for citation in find_citations(text, matching(text))] == ["18-NQ/TW"]
