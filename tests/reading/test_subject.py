"""The subject ends where the body begins, with or without empty lines between."""

from __future__ import annotations

import pytest

from nhipcau.reading.doctypes import known_type, leading_type, types_of_code
from tests.reading.frames import first, printed

HEAD = (
    "TỈNH ỦY SÔNG NGÂN\n*\nSố 15-KH/TU\nĐẢNG CỘNG SẢN VIỆT NAM\n"
    "Sông Ngân, ngày 5 tháng 3 năm 2031\n\nKẾ HOẠCH\n"
)
BODY = "Các cấp ủy thực hiện nghiêm túc kế hoạch này, báo cáo kết quả về Văn phòng.\n"

# (lines under the type line, subject). The comment says why it is here.
SUBJECTS: list[tuple[str, str | None]] = [
    (
        "thực hiện Chỉ thị số 15-CT/TW\n-----\n\nThực hiện Chỉ thị, Tỉnh ủy yêu cầu:\n",
        "thực hiện Chỉ thị số 15-CT/TW",
    ),
    ("đón đoàn khách\nnăm 2031\n\nThực hiện chỉ đạo, Tỉnh ủy yêu cầu:\n", "đón đoàn khách năm 2031"),
    (
        "Đón đoàn khách\nThực hiện Chỉ thị số 15-CT/TU, Sở yêu cầu:\n1. Một\n",
        "Đón đoàn khách",
    ),  # no empty line
    ("V/v đón đoàn khách\n-----\n\nCăn cứ Quy chế;\n", "V/v đón đoàn khách"),  # "V/" is no Roman five
    (
        "ĐẠI HỘI ĐẢNG BỘ TỈNH LẦN THỨ XVI\n-----\n",
        "ĐẠI HỘI ĐẢNG BỘ TỈNH LẦN THỨ XVI",
    ),  # a body may be the subject
    # a title line may begin like a body and is none
    (
        "Kết luận của Thường trực tại cuộc họp chuẩn bị\nNgày hội biên giới năm 2031\n\nI. MỘT\n",
        "Kết luận của Thường trực tại cuộc họp chuẩn bị Ngày hội biên giới năm 2031",
    ),
    ("Đón đoàn khách\n(Ban hành kèm theo Quyết định số 15-QĐ/TU)\n\nI. MỘT\n", "Đón đoàn khách"),
    (
        "Đón đoàn khách\n(Từ ngày 01/3 đến ngày 05/3/2031)\n\nI. MỘT\n",
        "Đón đoàn khách (Từ ngày 01/3 đến ngày 05/3/2031)",
    ),
    ("Đón đoàn khách\nCăn cứ Quy chế làm việc;\n", "Đón đoàn khách"),
    ("Đón đoàn khách\nI. MỤC ĐÍCH\n", "Đón đoàn khách"),
    ("Đón đoàn khách\nKính gửi: Sở Ngoại vụ\n", "Đón đoàn khách"),
    ("VỀ ĐÓN ĐOÀN KHÁCH\nNĂM 2031\n\nCăn cứ Quy chế;\n", "VỀ ĐÓN ĐOÀN KHÁCH NĂM 2031"),  # as printed
    (
        "VỀ ĐÓN ĐOÀN KHÁCH\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\nCăn cứ Quy chế;\n",
        "VỀ ĐÓN ĐOÀN KHÁCH",
    ),  # who decides
    ("CỦA BAN THƯỜNG VỤ TỈNH ỦY\nvề đón đoàn khách\n-----\n", "về đón đoàn khách"),  # who issues it
    (
        "**về đón đoàn khách**\n*năm 2031*\n\n\\-\\-\\-\n",
        "về đón đoàn khách năm 2031",
    ),  # marks of a converter
    ("-----\n\nCăn cứ Quy chế;\n", None),  # none is printed
    # the lines of a PDF: no empty line, the body begins with who speaks
    (
        "Gặp mặt kiều bào\nỦy ban nhân dân tỉnh tổ chức gặp mặt nhân dịp Tết,\ncụ thể như sau:\n",
        "Gặp mặt kiều bào",
    ),
    (
        "Sơ kết 05 năm\nChỉ thị số 15-CT/TU\nTừ đầu năm đến nay, Sở đã\nđón 5 đoàn.\n",
        "Sơ kết 05 năm Chỉ thị số 15-CT/TU",
    ),
    (
        "Phối hợp giữa Liên hiệp và\nSở Ngoại vụ về đoàn vào\n\nI. MỘT\n",
        "Phối hợp giữa Liên hiệp và Sở Ngoại vụ về đoàn vào",
    ),
]


@pytest.mark.parametrize(("under", "subject"), SUBJECTS)
def test_subject_under_the_type_line(under: str, subject: str | None) -> None:
    """Rules, grounds, headings, addressees and sentences end a subject."""
    assert printed(first(HEAD + under + BODY).header).get("subject") == subject


# (lines of the left column from the number on, subject)
DISPATCHES: list[tuple[str, str | None]] = [
    ("Số: 15/SNgV-VP\nV/v đón đoàn khách", "V/v đón đoàn khách"),
    ("Số: 15/SNgV-VP\nV/v đón đoàn\nkhách năm 2031", "V/v đón đoàn khách năm 2031"),
    ("Số: 15/SNgV-VP\n(V/v đón đoàn khách)", "V/v đón đoàn khách"),  # in brackets
    ("Số 15-CV/TU\nvề việc đón đoàn khách", "về việc đón đoàn khách"),
    ("Số 15-CV/TU\n\nSao gửi tài liệu,\nphổ biến Chỉ thị", "Sao gửi tài liệu, phổ biến Chỉ thị"),  # unmarked
    ("Số: 15/SNgV-VP", None),
]


@pytest.mark.parametrize(("left", "subject"), DISPATCHES)
def test_subject_of_a_dispatch(left: str, subject: str | None) -> None:
    """Under the number, with "V/v" or "về việc" or unmarked; as printed."""
    text = f"SỞ NGOẠI VỤ\n{left}\n\nSông Ngân, ngày 5 tháng 3 năm 2031\n\nKính gửi: Sở Tài chính.\n\n{BODY}"
    assert printed(first(text).header).get("subject") == subject


@pytest.mark.parametrize(
    ("line", "kind"),
    [("KẾ HOẠCH", "Kế hoạch"), ("K Ế  H O Ạ C H", "Kế hoạch"), ("KÉ HOẠCH", "Kế hoạch"),
     ("QUYẾT ĐỊNH:", "Quyết định"), ("KẾ HOẠCH (Dự thảo)", "Kế hoạch"), ("kế hoạch", None),
     ("KẾ HOẠCH NĂM", None), ("", None), ("X" * 99, None)],
)  # fmt: skip
def test_type_lines(line: str, kind: str | None) -> None:
    """Spaced capitals, a scanner's wrong marks and remarks in brackets leave a type line a type line."""
    assert known_type(line) == kind


def test_a_type_run_together_with_its_subject() -> None:
    """The longest type in capitals at the start of a line."""
    assert leading_type("THÔNG TƯ LIÊN TỊCH Hướng dẫn") == ("Thông tư liên tịch", 18)
    assert leading_type("Kế hoạch năm") is None


def test_codes_stand_for_types_by_family() -> None:
    """QĐ of the Party is a decision or a regulation; TT is a circular here and a circular letter there."""
    assert types_of_code("QĐ", party=True) == ("Quyết định", "Quy định")
    assert types_of_code("TT", party=True) == ("Thông tri",)
    assert types_of_code("TT", party=False) == ("Thông tư",)
    assert types_of_code("XYZ", party=False) == ()
