"""What stands on a page and is no content is known, and content is not taken for it."""

from __future__ import annotations

import pytest

from nhipcau.reading.furniture import find_furniture, role_of
from nhipcau.reading.lines import split
from tests.reading.frames import read

PROSE = "Hoạt động giao lưu góp phần tăng cường tình hữu nghị giữa nhân dân hai bên biên giới. " * 3

# (line, role)
FURNITURE: list[tuple[str, str]] = [
    ("Bạn còn 500/500 ký tự", "line"),
    ("Bạn vui lòng nhập từ 5 ký tự trở lên !!!", "line"),
    ("Lượt xem: 1.876", "line"),
    ("1,2K lượt xem", "line"),
    ("45 lượt thích | Lưu bài viết", "line"),
    ("Chia sẻ  |  120 lượt", "line"),
    ("[Quảng cáo] Giảm giá 50% cho 100 khách", "line"),
    (">> Xem thêm: 10 sự kiện nổi bật", "line"),
    ("#huunghi #vientro", "line"),
    ("Tệp đính kèm: ke_hoach.pdf (1,1 MB)", "line"),
    ("© Bản quyền thuộc Báo Sông Ngân", "line"),
    ("1 2 3 4 5 ... 27 »", "line"),
    ("Tin liên quan", "box"),
    ("TIN ĐỌC NHIỀU", "box"),
    ("Các tin khác", "box"),
    ("BÌNH LUẬN", "rest"),
    ("Bình luận (0)", "rest"),
    ("Ý kiến bạn đọc (3)", "rest"),
    ("Trang chủ » Tin tức", "masthead"),
    ("Multimedia Đọc Báo in", "masthead"),
    ("- 2 -", "page"),
    ("Trang 2/5", "page"),
    ("Thời gian ký: 05.03.2031 10:20:33 +07:00", "stamp"),
    ("Thanh niên hai nước giao lưu. Ảnh: Minh Tâm |", "caption"),
    ("Lễ đón đoàn khách. Ảnh minh họa.", "caption"),
    ("Ảnh: Quang cảnh hội nghị", "caption"),
]


@pytest.mark.parametrize(("line", "role"), FURNITURE)
def test_furniture_is_known_by_its_words(line: str, role: str) -> None:
    """Lines of sites, readers' boxes, stamps of signatures and page numbers."""
    assert role_of(line) == role


# Lines of content that share words with furniture.
CONTENT = [
    "Năm 2031, Liên hiệp đã đón 21 đoàn khách.",
    "Tin tưởng vào tình hữu nghị giữa nhân dân hai nước, các đại biểu nhất trí.",
    "1. Bình luận viên quốc tế đánh giá cao sự kiện này.",
    "Chia sẻ tại hội nghị, ông cho biết đã vận động được 5 dự án.",
    "Bão số 3 gây thiệt hại cho 120 hộ dân.",
    "Theo dõi, đôn đốc việc thực hiện Kế hoạch số 15/KH-UBND.",
    "Trang bị 20 máy tính cho trường học.",
    "Nguồn lực vận động đạt 5,2 triệu USD.",
    "Hôm nay, đoàn gồm 12 người đã lên đường.",
    "Theo dõi, đôn đốc việc thực hiện Kế hoạch số 15/KH-UBND",  # a heading without full stop
    "Chia sẻ kinh nghiệm vận động 5 dự án",
    "Đăng ký đoàn ra năm 2031 theo Công văn số 15/SNgV-VP",
    "Thích ứng với tình hình mới",
]


@pytest.mark.parametrize("line", CONTENT)
def test_content_is_no_furniture(line: str) -> None:
    """A sentence that begins like furniture stays content."""
    assert role_of(line) is None


def skipped(text: str, *, news: bool) -> list[str]:
    """The furniture of a text as its words."""
    return [text[slice(*span)] for span in find_furniture(text, split(text), news=news)]


def test_everything_under_the_comment_box_is_furniture() -> None:
    """Readers' comments, with their figures, are no content of the report."""
    text = f"Tiêu đề\n\n{PROSE}\n\nBình luận (2)\nLan: tôi ủng hộ 2 triệu đồng!\n"
    assert skipped(text, news=True) == ["Bình luận (2)\nLan: tôi ủng hộ 2 triệu đồng!"]


def test_a_box_of_other_news_ends_at_the_next_paragraph() -> None:
    """A box in the middle of a report takes its short lines only."""
    text = f"{PROSE}\n\nTin liên quan\nHơn 50 đoàn khách đến tỉnh\nTrao 20 suất quà\n\n{PROSE}\n"
    assert skipped(text, news=True) == ["Tin liên quan\nHơn 50 đoàn khách đến tỉnh\nTrao 20 suất quà"]


def test_running_heads_are_found_by_their_repetition() -> None:
    """A line that comes back with another page number is a running head; one that comes once is content."""
    head = "Báo cáo công tác hữu nghị - Tỉnh Sông Ngân          "
    text = f"{PROSE}\n\n{head}2\n\n{PROSE}\n\n{head}3\n\n{PROSE}\nTổng số đoàn là          5\n"
    assert skipped(text, news=False) == [head + "2", head + "3"]


def test_numbers_in_cells_of_a_table_are_no_page_numbers() -> None:
    """A column of numbers has no empty lines between its cells."""
    text = "Số đoàn\n12\n15\n27\n"
    assert skipped(text, news=False) == []


def test_page_numbers_between_empty_lines_or_page_breaks() -> None:
    """A lone number between empty lines, or after a page break, counts pages."""
    assert skipped(f"{PROSE}\n\n2\n\n{PROSE}", news=False) == ["2"]
    assert skipped(f"{PROSE}\n\f3\n{PROSE}", news=False) == ["3"]


def test_captions_of_an_official_paper_stay_content() -> None:
    """Only news pages have captions: "hình ảnh: ..." in a plan is its text."""
    assert skipped("Ảnh: Quang cảnh hội nghị\n", news=False) == []


def test_words_of_a_site_are_content_in_the_body_of_a_paper() -> None:
    """Below the head and above the end of a paper its own words stand."""
    body = "\n\n".join(["Nội dung thực hiện."] * 9)
    assert skipped(f"{body}\n\nNguồn: ngân sách 5 tỷ đồng\n", news=False) == []


def test_findings_in_furniture_are_left_out() -> None:
    """A counter of readers is no figure, and a headline of another report cites nothing."""
    text = (
        f"Nhịp cầu hữu nghị\n\n05/03/2031, 08:30\n\n{PROSE}\n\nTin liên quan\n"
        "Triển khai Chỉ thị số 15-CT/TU ngày 02/3/2031\n\nBình luận (0)\nBạn còn 500/500 ký tự\n"
    )
    document = read(text).documents[0]
    assert document.citations == ()
    assert document.figures == ()


def test_a_box_above_the_title_ends_where_the_report_begins() -> None:
    """A sentence with its full stop is no title of other news; what it lists is content."""
    (document,) = read(
        "TIN NỔI BẬT\n\nTỉnh Sông Ngân tiếp nhận hàng cứu trợ\n\n25/9/2031 | 14:36\n\n"
        "Sáng 25/9, đại diện tỉnh đã tiếp nhận hàng cứu trợ khẩn cấp của các tổ chức quốc tế.\n\n"
        f"Lô hàng gồm:\n- 15 tấn gạo;\n- 40 chiếc thuyền.\n\n{PROSE}\n"
    ).documents
    assert [figure.surface for figure in document.figures] == ["15 tấn", "40 chiếc"]
