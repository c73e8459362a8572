"""Deadlines: days by which work is due, once or again and again; other days are none."""

from __future__ import annotations

import pytest

from nhipcau.reading import text as texts
from nhipcau.reading.deadlines import find_deadlines
from nhipcau.reading.findings import Deadline

ISSUED = "2026-01-20"  # the day of the papers below


def deadlines(raw: str, issued: str | None = ISSUED) -> tuple[Deadline, ...]:
    text = texts.normalise(raw)
    return find_deadlines(text, texts.matching(text), (0, len(text)), issued=issued)


@pytest.mark.parametrize(
    ("raw", "surface", "date"),
    [
        ("gửi về Sở trước ngày 15/12/2026.", "trước ngày 15/12/2026", "2026-12-15"),
        ("chậm nhất là ngày 10 tháng 3 năm 2026", "chậm nhất là ngày 10 tháng 3 năm 2026", "2026-03-10"),
        ("ban hành chậm nhất ngày 28/02/2026", "chậm nhất ngày 28/02/2026", "2026-02-28"),
        ("trước 17h00 ngày 16/3/2026", "trước 17h00 ngày 16/3/2026", "2026-03-16"),
        ("gửi trước 30/6/2026", "trước 30/6/2026", "2026-06-30"),
        ("Hạn nộp: 15/3/2026", "Hạn nộp: 15/3/2026", "2026-03-15"),
        ("hoàn thành trong quý II/2026", "trong quý II/2026", "2026-06-30"),
        ("báo cáo trong tháng 2 năm 2026", "trong tháng 2 năm 2026", "2026-02-28"),
        ("hoàn thành trước tháng 6/2026", "trước tháng 6/2026", "2026-05-31"),  # the last day before
        ("nhận tác phẩm đến hết ngày 30-9-2026", "đến hết ngày 30-9-2026", "2026-09-30"),
        ("xong trước ngày\n15/4/2026", "trước ngày\n15/4/2026", "2026-04-15"),
        (
            "Đến hết tháng 6/2026 hoàn thành việc rà soát",
            "Đến hết tháng 6/2026",
            "2026-06-30",
        ),  # the verb after
        ("đến ngày 30/6/2026 phải hoàn thành", "đến ngày 30/6/2026", "2026-06-30"),
        # without a year the paper's own day gives it
        ("gửi trước ngày 30/6", "trước ngày 30/6", "2026-06-30"),
        ("gửi trước ngày 05/01", "trước ngày 05/01", "2027-01-05"),
    ],
)
def test_a_day_by_which_work_is_due(raw: str, surface: str, date: str) -> None:
    (deadline,) = deadlines(raw)
    assert (deadline.surface, deadline.date, deadline.recurs) == (surface, date, None)


@pytest.mark.parametrize(
    ("raw", "recurs"),
    [
        ("báo cáo trước ngày 15/12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
        ("trước ngày 15/6 và ngày 15/12 hằng năm", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15"),
        ("trước ngày 25 tháng 12 hàng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25"),
        ("trước ngày 20 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=20"),
        ("trước ngày 22 tháng cuối của mỗi quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=22"),
        ("chậm nhất ngày 05 tháng đầu quý sau", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5"),
        ("trước ngày 15 và 30 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=15,30"),
        ("trước 16 giờ thứ Năm hằng tuần", "FREQ=WEEKLY;BYDAY=TH"),
    ],
)
def test_a_day_that_comes_again_carries_a_rule(raw: str, recurs: str) -> None:
    (deadline,) = deadlines(raw)
    assert (deadline.date, deadline.recurs) == (None, recurs)


def test_two_days_that_no_single_rule_holds_are_two() -> None:
    found = deadlines("định kỳ trước ngày 20/6 và ngày 15/12 hằng năm")
    assert [item.recurs for item in found] == [
        "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=20",
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15",
    ]


def test_a_second_date_joined_to_the_first_is_due_too() -> None:
    found = deadlines("báo cáo trước ngày 15/6/2026 (6 tháng) và ngày 15/11/2026 (năm)")
    assert [(item.surface, item.date) for item in found] == [
        ("trước ngày 15/6/2026", "2026-06-15"),
        ("ngày 15/11/2026", "2026-11-15"),
    ]


@pytest.mark.parametrize(
    "raw",
    [
        "có hiệu lực từ ngày 01/7/2026",
        "đã hoàn thành trước ngày 30/6/2026",
        "giấy phép cấp trước ngày 30/6/2026 vẫn có giá trị",
        "tổ chức từ ngày 01/3/2026 đến ngày 05/3/2026",
        "gửi trước ngày 15/12/2025",  # before the paper's own day: told, not due
        "trước ngày 30/02/2026",  # no such day
        "so với trước ngày 01/7/2026",
        "Trước năm 2030, tỉnh hội nhập sâu rộng",
        "trong vòng 05 ngày làm việc",
        "ngày 12/5/2026, Sở họp",
        "trình kế hoạch đoàn ra, đoàn vào năm 2027",
        "trong quý II/2026, tỉnh đón nhiều đoàn",  # nothing to be finished
    ],
)
def test_other_days_are_no_deadlines(raw: str) -> None:
    assert deadlines(raw) == ()


def test_without_the_papers_day_a_day_without_a_year_is_left_out() -> None:
    assert deadlines("gửi trước ngày 30/6", issued=None) == ()


def test_what_lies_in_furniture_is_left_out() -> None:
    text = "gửi trước ngày 30/6/2026"
    assert find_deadlines(text, text, (0, len(text)), furniture=((0, 30),)) == ()


@pytest.mark.parametrize(
    "raw",
    [
        "gửi danh sách đã ký về Sở chậm nhất ngày 17/9/2026",  # the list is signed, not sent
        "quyết toán các khoản viện trợ đã kết thúc, xong trước ngày 31/10/2026",
        "tỉnh đã giao Sở Xây dựng sửa chữa cây cầu, hoàn thành trước ngày 30/11/2026",
        "xây dựng danh mục, trình Ủy ban nhân dân tỉnh phê duyệt trước ngày 31/3 hằng năm",
    ],
)
def test_work_that_is_still_to_be_done_is_due(raw: str) -> None:
    """A past word of another thing, or approval that comes again each year, takes no deadline away."""
    assert len(deadlines(raw)) == 1
