"""Whether a clause reports a number or sets it, what it counts, and of which period it speaks."""

from __future__ import annotations

import pytest

from nhipcau.reading import aims
from nhipcau.reading import text as texts
from nhipcau.reading.figures import find_figures


def count(raw: str) -> int:
    text = texts.normalise(raw)
    return len(find_figures(text, texts.matching(text), (0, len(text))))


@pytest.mark.parametrize(
    "raw",
    [
        "Phấn đấu 95% hội viên được học; 100% chi hội có báo cáo.",  # one verb for the whole list
        "mỗi đơn vị 01 tham luận",
        "mỗi Sở đề nghị không quá 01 tập thể và 02 cá nhân",
        "Đề nghị các đơn vị cử 02 cán bộ",
        "Dự kiến, tham dự có 80 đại biểu",
        "mỗi tuần ít nhất 02 kỳ",
        "phạt tiền 5.000.000 đồng",
        "II. MỤC TIÊU\n1. Đến năm 2030: 100% xã có tổ công tác.\n- 50 dự án mới.\n",
    ],
)
def test_targets_quotas_and_norms_are_no_figures(raw: str) -> None:
    assert count(raw) == 0


@pytest.mark.parametrize(
    ("raw", "figures"),
    [
        ("Mỗi năm tỉnh đón 40 đoàn", 1),
        ("mỗi xã đã tiếp nhận không quá ba khoản", 1),
        ("mỗi suất học bổng có giá trị không dưới 2 triệu đồng", 1),
        ("Đã trao 2 đợt, mỗi đợt 500 suất quà", 2),
        (
            "II. MỤC TIÊU\n1. Đạt 50 dự án.\n\nIII. KẾT QUẢ\nĐã có 12 dự án.\n",
            1,
        ),  # the next heading ends the aims
        ("Giao lưu với bạn, tỉnh cử 88 đoàn", 1),  # "giao lưu" gives no order
    ],
)
def test_what_is_reported_is_a_figure(raw: str, figures: int) -> None:
    assert count(raw) == figures


@pytest.mark.parametrize(
    ("clause", "period"),
    [
        ("Trong giai đoạn 2021 - 2025, tỉnh đón ", ("2021-01-01", "2025-12-31")),
        ("Năm 2024, tỉnh đón ", ("2024-01-01", "2024-12-31")),
        ("6 tháng đầu năm 2025 đón ", ("2025-01-01", "2025-06-30")),
        ("Quý II/2025 đón ", ("2025-04-01", "2025-06-30")),
        ("Tháng 2 năm 2024 đón ", ("2024-02-01", "2024-02-29")),
        ("Từ năm 2020 đến năm 2023 đón ", ("2020-01-01", "2023-12-31")),
        ("Những năm qua, tỉnh đón ", None),
    ],
)
def test_the_period_of_a_clause(clause: str, period: tuple[str, str] | None) -> None:
    assert aims.period(clause) == period


@pytest.mark.parametrize(
    ("text", "rest"),
    [(" viện trợ dự án từ các tổ chức", "viện trợ dự án"), (", 12 dự án", None), (" và", None)],
)
def test_what_is_counted_is_the_rest_of_the_noun_phrase(text: str, rest: str | None) -> None:
    assert aims.what(text, 0, len(text)) == rest


def test_the_clause_begins_after_the_last_end() -> None:
    text = "Câu trước. Vế một; vế hai có "
    assert aims.clause_before(text, 0, len(text)) == " vế hai có "
