"""Of a news page the reader takes the title and the day of publication, nothing else."""

from __future__ import annotations

import pytest

from nhipcau.reading.findings import Source
from nhipcau.reading.reader import read_text
from tests.reading.frames import first, printed

PROSE = "Hoạt động giao lưu góp phần tăng cường tình hữu nghị giữa nhân dân hai bên biên giới. " * 4
TITLE = "Nhịp cầu hữu nghị nơi biên cương"

# Lines of publication that sites print; all of one day.
DAY_LINES = [
    "05/03/2031, 08:30",
    "12:47, 05/03/2031",
    "Thứ Tư, 05/03/2031 | 16:20 GMT+7",
    "Thứ 4, 5/3/2031 08:00 AM",
    "Cập nhật lúc 21:15, Thứ tư, 05/03/2031 (GMT+7)",
    "Ngày đăng: 05/03/2031 | Lượt xem: 1.245",
    "Thứ Tư, ngày 05-3-2031",
    "Đăng ngày 5 tháng 3 năm 2031 lúc 14h30",
    "05.03.2031 - 10:20",
    "2031-03-05 10:20",
    "Hà Nội, 05/03/2031",
    "05/03/2031 08:30 - Minh Hà",
    "Sông Ngân, ngày 5/3/2031 (TTXVN)",
]


@pytest.mark.parametrize("line", DAY_LINES)
def test_day_of_publication(line: str) -> None:
    """Hour, weekday, zone and counters may stand beside the day."""
    header = printed(first(f"{TITLE}\n\n{line}\n\n{PROSE}\n\n{PROSE}\n").header)
    assert header == {"subject": TITLE, "date": "2031-03-05"}


def test_a_day_in_the_first_sentence_is_no_day_of_publication() -> None:
    """What happened on a day was not published on it."""
    header = printed(
        first(f"{TITLE}\n\nNgày 05/3/2031, Hội tổ chức lễ kỷ niệm tại xã. {PROSE}\n\n{PROSE}\nPV\n").header
    )
    assert "date" not in header


# (lines above the text, title). What stands above or beside a title on the pages of sites.
TOPS: list[tuple[str, str]] = [
    (f"{TITLE}\n05/03/2031", TITLE),
    (f"Trang chủ » Tin tức\nA- A A+\n{TITLE}\n05/03/2031", TITLE),
    (f"Multimedia Đọc Báo in\n\n{TITLE}\n\n05/03/2031", TITLE),
    (f"PHÓNG SỰ - GHI CHÉP\n\n{TITLE}\n\n05/03/2031", TITLE),  # a rubric in capitals
    (f"Đối ngoại\n05/03/2031\n{TITLE}", TITLE),  # a short rubric, the title under the day
    (f"{TITLE.upper()}\n05/03/2031", TITLE.upper()),  # nothing but capitals
    (f"{TITLE},\ngiai đoạn mới\n05/03/2031", f"{TITLE}, giai đoạn mới"),  # over two lines
    # a menu line by line, with the day under the title
    (f"Trang chủ\nThời sự\nChính trị\nKinh tế\nVăn hóa - Xã hội\nQuốc phòng\n{TITLE}\n05/03/2031", TITLE),
    (f"CHÍNH TRỊ    Xây dựng Đảng    Đoàn thể\n\n{TITLE}\n05/03/2031", TITLE),  # a menu
    (f"05/03/2031\nTrang chủ Thời sự Kinh tế Media E-paper\n{TITLE}", TITLE),  # a menu in one line
    (f"TRANG TIN ĐIỆN TỬ ĐẢNG BỘ TỈNH SÔNG NGÂN\n05/03/2031\n\n{TITLE.upper()}", TITLE.upper()),  # a site
]


@pytest.mark.parametrize(("top", "title"), TOPS)
def test_title(top: str, title: str) -> None:
    """The title is the first line that reads like one."""
    assert printed(first(f"{top}\n\n{PROSE}\n\n{PROSE}\n").header)["subject"] == title


def test_a_report_without_a_title_has_none() -> None:
    """Where the text begins with its dateline no title is printed, and none is guessed."""
    assert printed(first(f"(SNO)- {PROSE}\n\n{PROSE}\n").header) == {}


MASTHEADS = [
    (
        (
            "Báo Sông Ngân điện tử\nTrang nhất / Đối ngoại\n"
            "Bến Trúc đón đoàn khách\nChủ nhật, 09/07/2023 - 06:45"
        ),
        "2023-07-09",
    ),
    (
        (
            "SỞ NGOẠI VỤ TỈNH BẾN TRÚC\nGiới thiệu | Tin tức | Văn bản\n"
            "Bến Trúc đón đoàn khách\n18/05/2023 14:20"
        ),
        "2023-05-18",
    ),
    (
        "Đối thoại cuối tuần\nBến Trúc đón đoàn khách\nThứ Tư, 05/11/2025, 09:00",
        "2025-11-05",
    ),
    (
        "Đài PT-TH Sông Ngân | 02.12.2022 | 11:37\nBến Trúc đón đoàn khách",
        "2022-12-02",
    ),
    (
        (
            "Giới thiệu  Tin tức  Thư viện ảnh\n\n"
            "Bến Trúc đón đoàn khách\n\nThu Hà - Minh Tâm | 08/11/2024 16:42"
        ),
        "2024-11-08",
    ),
]


@pytest.mark.parametrize(("top", "day"), MASTHEADS)
def test_the_name_of_a_site_its_menu_and_its_column_are_no_title(top: str, day: str) -> None:
    """What a site prints above a report is passed by, and the day is found beside a bar."""
    lead = "Sáng nay, đoàn khách quốc tế đến thăm và làm việc với tỉnh; lãnh đạo tỉnh cho biết. " * 4
    document = read_text(f"{top}\n\n{lead}\n\nTin liên quan", Source("n.txt", "text/plain", 0, "")).documents[
        0
    ]

    assert document.header.subject is not None
    assert document.header.subject.value == "Bến Trúc đón đoàn khách"
    assert document.header.date is not None
    assert document.header.date.value == day
