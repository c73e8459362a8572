"""Several documents in one file are told apart; a heading that is only quoted divides nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest

from nhipcau.reading.parts import COPIES, POWER, divide, ends
from tests.reading.frames import papers, read

PAPER = (
    "SỞ NGOẠI VỤ\nSố: 15/SNgV-VP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Sông Ngân, ngày 5 tháng 3 năm 2031\nKính gửi: Sở Tài chính.\n\nSở gửi kèm tài liệu.\n\n"
    "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nLò Văn Inh\n\n"
)


def starts(text: str) -> list[str]:
    """The first line of each document of a text."""
    return [text[slice(*part.span)].strip().split("\n")[0] for part in divide(text)]


# (what follows a whole paper, first lines of the documents). The comment says why it is here.
FOLLOWING: list[tuple[str, list[str]]] = [
    ("ĐỀ CƯƠNG\nTuyên truyền về hữu nghị\n\nI. MỤC ĐÍCH\n", ["SỞ NGOẠI VỤ", "ĐỀ CƯƠNG"]),  # issued with it
    ("# ĐỀ CƯƠNG\n**Tuyên truyền**\n\nI. MỤC ĐÍCH\n", ["SỞ NGOẠI VỤ", "# ĐỀ CƯƠNG"]),  # of a converter
    ("QUY CHẾ\nPhối hợp\n(Kèm theo Công văn số 15/SNgV-VP)\n", ["SỞ NGOẠI VỤ", "QUY CHẾ"]),
    ("PHỤ LỤC I\nDanh mục công việc\n1. Đón đoàn\n", ["SỞ NGOẠI VỤ"]),  # an appendix is part of its paper
    (PAPER, ["SỞ NGOẠI VỤ", "SỞ NGOẠI VỤ"]),  # two whole papers
    ("Tài liệu gửi kèm gồm có báo cáo và kế hoạch.\n", ["SỞ NGOẠI VỤ"]),
]


@pytest.mark.parametrize(("following", "first_lines"), FOLLOWING)
def test_what_follows_a_paper(following: str, first_lines: list[str]) -> None:
    """A second head or type line after the end of a paper begins a document."""
    assert starts(PAPER + following) == first_lines


def test_headings_quoted_in_the_body_divide_nothing() -> None:
    """A guidance that shows mottoes and type lines as models stays one document."""
    quoted = "1. Quốc hiệu:\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n2. Tên loại:\nKẾ HOẠCH\nBÁO CÁO\n"
    text = PAPER.replace("Sở gửi kèm tài liệu.\n", "Mẫu trình bày:\n" + quoted)
    assert len(divide(text)) == 1


def test_the_deciding_line_of_a_decision_divides_nothing() -> None:
    """Here “QUYẾT ĐỊNH:” before Điều 1 is no second type line."""
    text = "QUYẾT ĐỊNH\nVề việc thành lập tổ\n\nCăn cứ quy chế;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Thành lập tổ./.\n"
    assert len(divide(text)) == 1


def test_spans_cover_the_file_without_gap_or_overlap() -> None:
    """Every character of a file belongs to exactly one document."""
    for paper in papers():
        spans = [document.span for document in read(paper.text).documents]
        assert spans[0][0] == 0
        assert spans[-1][1] == len(paper.text)
        assert all(before[1] == after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("text", ["", "\n\n", "   ", "\ufeff", "***\n___"])
def test_a_text_of_nothing_is_one_document(text: str) -> None:
    """The contract asks for at least one document."""
    assert [part.span for part in divide(text)] == [(0, len(text))]


@pytest.mark.parametrize(
    "line",
    ["T/M BAN THƯỜNG VỤ", "TM. ỦY BAN NHÂN DÂN", "KT.CHỦ TỊCH", "K/T TRƯỞNG BAN", "TL. GIÁM ĐỐC",
     "TUQ. CHỦ TỊCH",
     "TM ĐẢNG ỦY", "K.T CHỦ TỊCH", "Q. GIÁM ĐỐC", "T/L BAN BÍ THƯ"],
)  # fmt: skip
def test_powers_to_sign_are_known_in_both_forms(line: str) -> None:
    """State and Party write them apart; clerks write both in more ways."""
    assert POWER.match(line)
    assert ends(line)


@pytest.mark.parametrize("line", ["TẬP trung", "Tm. ghi chú", "KTXH", "TLS là gì", "Q và A"])
def test_words_that_only_look_like_a_power(line: str) -> None:
    """Abbreviations at the start of a line are no power to sign."""
    assert not POWER.match(line)


@pytest.mark.parametrize("line", ["Nơi nhận:", "NƠI NHẬN", "- Nơi nhận :", "Nơi gửi:"])
def test_labels_of_the_copies_list(line: str) -> None:
    """With and without colon, in capitals, and the words of old papers."""
    assert COPIES.fullmatch(line)
