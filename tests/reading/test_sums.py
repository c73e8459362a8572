"""A total that its printed parts do not make is told, but only where the parts are told as all of it."""

from __future__ import annotations

import pytest

from nhipcau.reading.figures import find_figures
from nhipcau.reading.findings import Document, Header
from nhipcau.reading.sums import find_sums
from nhipcau.reading.text import matching


def messages(text: str) -> list[str]:
    plain = matching(text)
    figures = find_figures(text, plain, (0, len(text)), furniture=())
    document = Document("state", (0, len(text)), Header(), figures=figures)
    return [anomaly.message for anomaly in find_sums(text, plain, document)]


@pytest.mark.parametrize(
    "text",
    [
        "Tỉnh đón 186 đoàn, gồm 143 đoàn vào và 41 đoàn ra.",
        "Tỉnh đón 186 đoàn ra, vào, bao gồm: 143 đoàn vào, 41 đoàn ra; công tác lễ tân chu đáo.",
        "Tổng số tiền 1.240 triệu đồng, gồm:\n- Kiều bào ủng hộ: 690 triệu đồng;\n- Hội bạn: 400 triệu đồng.",
        (
            "STT\nBên hỗ trợ\nGiá trị\n1\nHội A\n320 triệu đồng\n2\nHội B\n145 triệu đồng\nTổng "
            "cộng\n570 triệu đồng\n"
        ),
        "TT\tĐơn vị\tSố đoàn\n1\tPhú Lâm\t12\n2\tBến Đò\t15\nTổng cộng\t\t28\n",
        (
            "| TT | Đơn vị | Số đoàn |\n|---|---|---|\n| 1 | Phú Lâm | 12 |\n| 2 | Bến Đò | 15 |\n| "
            "| Cộng | 28 |\n"
        ),
    ],
)
def test_a_wrong_total_is_told(text: str) -> None:
    (message,) = messages(text)
    assert message.startswith("Tổng ghi")


@pytest.mark.parametrize(
    "text",
    [
        "Tỉnh đón 184 đoàn, gồm 143 đoàn vào và 41 đoàn ra.",  # right
        "Tỉnh đón 186 đoàn, trong đó 143 đoàn vào, 41 đoàn ra.",  # not told as all
        "Tỉnh đón khoảng 190 đoàn, gồm 143 đoàn vào và 41 đoàn ra.",  # not exact
        "Tỉnh đón 186 đoàn, gồm 143 đoàn vào, 41 đoàn ra và các đoàn khác.",  # something is not counted
        "Tỉnh đón 186 đoàn, gồm 143 đoàn vào và một đoàn ra.",
        "Tỉnh đón 186 đoàn gồm 2.300 lượt người và 45 phóng viên.",  # other units
        (
            "Tỉnh đón 184 đoàn, gồm 143 đoàn vào và 41 đoàn ra, tăng 20 đoàn so với năm trước."
        ),  # a comparison follows
        "Tổng 12,5 tỷ đồng, gồm 8,3 tỷ đồng của ngân sách và 4,17 tỷ đồng xã hội hóa.",  # rounded
        "TT\tĐơn vị\tSố đoàn\n1\tPhú Lâm\t12\n2\tBến Đò\t15\nTổng cộng\t\t27\n",
        "I\tPhú Lâm\t27\n1\tThôn Một\t12\n2\tThôn Hai\t15\nTổng cộng\t\t27\n",  # a subtotal among the rows
        "TT\tĐơn vị\tNăm\n1\tPhú Lâm\t12\nTổng cộng\t\t27\n",  # one row is no sum
    ],
)
def test_where_it_may_be_right_nothing_is_told(text: str) -> None:
    assert messages(text) == []


def test_the_message_gives_both_numbers() -> None:
    (message,) = messages("Tỉnh đón 1.286 đoàn, gồm 1.143 đoàn vào và 141 đoàn ra.")
    assert "Tổng ghi 1.286 nhưng các phần cộng lại được 1.284" in message
