"""Structural units are found where their sequence continues, and nothing else breaks the tree."""

from __future__ import annotations

import pytest

from nhipcau.reading.findings import Header, Section
from nhipcau.reading.parts import divide
from nhipcau.reading.structure import read_sections


def sections(text: str) -> tuple[Section, ...]:
    """The sections of a text that is all body."""
    return read_sections(text, divide(text)[0], Header())


def outline(text: str) -> list[tuple[int, str | None]]:
    """Depth and label of every section of a text."""
    return [(section.depth, section.label) for section in sections(text)]


STATE = """Phần thứ nhất
QUY ĐỊNH CHUNG
Chương I
QUY ĐỊNH CHUNG
Mục 1
PHẠM VI
Điều 1. Phạm vi điều chỉnh
1. Quy định này áp dụng cho đoàn ra.
a) Đoàn của tỉnh;
b) Đoàn của xã;
đ) Đoàn khác.
2. Không áp dụng cho đoàn vào.
Điều 2. Đối tượng
1. Cơ quan.
Chương II
TỔ CHỨC THỰC HIỆN
Điều 3. Trách nhiệm
"""


def test_state_form() -> None:
    """Phần, Chương, Mục, Điều, khoản, điểm; articles run through chapters."""
    assert outline(STATE.replace("đ) Đ", "c) Đ")) == [
        (1, "Phần thứ nhất"), (2, "Chương I"), (3, "Mục 1"), (4, "Điều 1"), (5, "1"), (6, "a)"), (6, "b)"),
        (6, "c)"), (5, "2"), (4, "Điều 2"), (5, "1"), (2, "Chương II"), (3, "Điều 3"),
    ]  # fmt: skip


def test_party_form() -> None:
    """I., 1., 1.1., a), then dashes and plus signs, known by their order."""
    text = (
        "I. TÌNH HÌNH\n1. Kết quả\n1.1. Đoàn ra\n- Đến nước bạn.\n+ Lần một.\n1.2. Đoàn vào\n"
        "2. Hạn chế\nII. NHIỆM VỤ\n"
    )
    assert outline(text) == [
        (1, "I"), (2, "1"), (3, "1.1"), (4, "-"), (5, "+"), (3, "1.2"), (2, "2"), (1, "II"),
    ]  # fmt: skip


# (text, labels). What is no heading, and labels that other offices write.
LABELS: list[tuple[str, list[str]]] = [
    ("1. Một\n20/9/1994 là ngày ký.\n2. Hai\n", ["1", "2"]),  # a date at the start of a line
    ("1. Một\n05 năm tới sẽ khác.\n2. Hai\n", ["1", "2"]),  # a count at the start of a line
    ("1. Một\n1.250.000 đồng đã chi.\n2. Hai\n", ["1", "2"]),  # an amount at the start of a line
    ("1- Một\n2- Hai\n", ["1", "2"]),  # the Party's older way
    ("I- MỘT\nII- HAI\n", ["I", "II"]),
    ("A- MỘT\n1. Một\nB- HAI\n", ["A", "1", "B"]),
    ("1. Một\n3. Ba\n", ["1"]),  # the sequence breaks: no heading
    ("5. Năm\n", []),  # nor does it begin in the middle
    ("(1) Một\n(2) Hai\n", ["(1)", "(2)"]),
    ("a) Một\nb) Hai\nc) Ba\nd) Bốn\nđ) Năm\ne) Sáu\n", ["a)", "b)", "c)", "d)", "đ)", "e)"]),
    ("d) Bốn\n", []),
    ("## I. MỘT\n\n**1. Một**\n\n* mục\n* mục\n", ["I", "1", "*", "*"]),  # of a converter
    ("-----\nVăn bản\n", []),  # a rule is no dash
    ("• Một\n• Hai\n", ["•", "•"]),
    ("IV. Bốn\n", []),
    ("Điều 5. Năm\nĐiều 6. Sáu\n", ["Điều 5", "Điều 6"]),  # an extract begins at its first article
    ("Điều 5 của Luật quy định như sau\n", []),  # a sentence about an article
    ("i) Một\n", []),  # neither a point nor a Roman one
]


@pytest.mark.parametrize(("text", "labels"), LABELS)
def test_labels(text: str, labels: list[str]) -> None:
    """A label counts where its sequence begins or continues."""
    assert [section.label for section in sections(text)] == labels


def test_a_section_spans_to_the_next_of_its_height() -> None:
    """The span of "I" holds its "1" and "2", and ends before "II"."""
    text = "I. MỘT\n1. Một\n2. Hai\n\nII. HAI\nHết.\n"
    spans = {section.label: text[slice(*section.span)] for section in sections(text)}
    assert spans["I"] == "I. MỘT\n1. Một\n2. Hai"
    assert spans["1"] == "1. Một"
    assert spans["II"] == "II. HAI\nHết."


def test_titles_are_headings_not_sentences() -> None:
    """Here “I. MỤC ĐÍCH” has a title; "1. Các đơn vị thực hiện nghiêm túc." is a sentence."""
    found = sections("I. MỤC ĐÍCH, YÊU CẦU\n1. Các đơn vị thực hiện nghiêm túc.\n2. Kinh phí\n")
    assert [section.title for section in found] == ["MỤC ĐÍCH, YÊU CẦU", None, "Kinh phí"]


def test_addressees_and_copies_are_no_sections() -> None:
    """The dashes of "Kính gửi" and "Nơi nhận" name recipients, not points."""
    text = (
        "SỞ NGOẠI VỤ\nSố: 15/SNgV-VP\nKính gửi:\n- Sở Tài chính;\n- Sở Nội vụ.\n\nSở báo cáo như sau:\n"
        "1. Kết quả\n- Đón đoàn.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nLò Văn Inh\n"
    )
    part = divide(text)[0]
    from tests.reading.frames import first

    assert [s.label for s in read_sections(text, part, first(text).header)] == ["1", "-"]
