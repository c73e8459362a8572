"""Names go from the capitals of a letterhead to normal case, word by word, never respelt."""

from __future__ import annotations

import pytest

from nhipcau.reading import names

# (printed, normal case)
BODIES: list[tuple[str, str]] = [
    ("ỦY BAN NHÂN DÂN TỈNH SÔNG NGÂN", "Ủy ban nhân dân tỉnh Sông Ngân"),
    (
        "UỶ BAN NHÂN DÂN XÃ BẢN LÈN",
        "Uỷ ban nhân dân xã Bản Lèn",
    ),  # old tone place stays; "bản" is of the name
    ("THỊ ỦY HƯƠNG TRÚC", "Thị ủy Hương Trúc"),
    ("ĐẢNG ỦY PHƯỜNG AN HÀ", "Đảng ủy phường An Hà"),
    ("TỈNH CỬA NINH", "Tỉnh Cửa Ninh"),  # "cửa" is not "của"
    ("BAN TUYÊN GIÁO VÀ DÂN VẬN TỈNH ỦY", "Ban Tuyên giáo và Dân vận Tỉnh ủy"),
    ("SỞ NGOẠI VỤ SÔNG NGÂN", "Sở Ngoại vụ Sông Ngân"),  # "tỉnh" is left out
    ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
    ("LIÊN HIỆP CÁC TỔ CHỨC HỮU NGHỊ TỈNH BẾN TRÚC", "Liên hiệp các tổ chức hữu nghị tỉnh Bến Trúc"),
    ("HỘI HỮU NGHỊ VIỆT NAM - LÀO", "Hội hữu nghị Việt Nam - Lào"),
    ("BCH ĐOÀN TNCS HỒ CHÍ MINH", "BCH Đoàn TNCS Hồ Chí Minh"),
    ("ỦY BAN MTTQ VIỆT NAM THÀNH PHỐ TÂN HẢI", "Ủy ban MTTQ Việt Nam thành phố Tân Hải"),
    ("PHÒNG QUẢN LÝ XUẤT NHẬP CẢNH", "Phòng Quản lý xuất nhập cảnh"),  # "quản" is not "quận"
    ("BAN ĐIỀU PHỐI VIỆN TRỢ NHÂN DÂN", "Ban Điều phối viện trợ nhân dân"),
    ("PHÓ CHỦ TỊCH THƯỜNG TRỰC", "Phó Chủ tịch Thường trực"),
    ("CHÁNH VĂN PHÒNG", "Chánh Văn phòng"),
    ("ĐẠI HỘI ĐẠI BIỂU LẦN THỨ XVI", "Đại hội đại biểu lần thứ XVI"),  # a numeral stays in capitals
    ("Sở Ngoại vụ", "Sở Ngoại vụ"),  # not in capitals: stays as printed
    ("", ""),
    ("123", "123"),
]


@pytest.mark.parametrize(("printed", "normal"), BODIES)
def test_normal_case(printed: str, normal: str) -> None:
    """Known phrases first, proper names after a place word, abbreviations as they are."""
    assert names.normal_case(printed) == normal


@pytest.mark.parametrize(("printed", "_normal"), BODIES)
def test_words_are_recased_never_respelt(printed: str, _normal: str) -> None:
    """Only the case of letters changes."""
    assert names.normal_case(printed).casefold() == printed.casefold()


# (upper line, lower line, whether they are one name)
LINES: list[tuple[str, str, bool]] = [
    ("ỦY BAN NHÂN DÂN", "TỈNH SÔNG NGÂN", True),
    ("TỈNH ỦY SÔNG NGÂN", "BAN TUYÊN GIÁO", False),
    ("BAN CHẤP HÀNH", "ĐẢNG BỘ TỈNH", True),  # no name by itself
    ("LIÊN HIỆP CÁC", "TỔ CHỨC HỮU NGHỊ", True),  # the line above goes on
    ("BỘ NGOẠI GIAO", "ỦY BAN CÔNG TÁC VỀ CÁC TỔ CHỨC", False),
    ("HỘI HỮU NGHỊ VIỆT NAM -", "LÀO", True),
    ("MẶT TRẬN TỔ QUỐC VIỆT NAM", "ỦY BAN MẶT TRẬN TỔ QUỐC", False),
]


@pytest.mark.parametrize(("above", "below", "one"), LINES)
def test_lines_of_one_name(above: str, below: str, one: bool) -> None:
    """A line that does not begin like a body is the rest of the name above."""
    assert names.goes_on(above, below) is one


@pytest.mark.parametrize(
    ("line", "post"),
    [
        ("CHỦ TỊCH", True),
        ("Q. GIÁM ĐỐC", True),
        ("PHÓ TRƯỞNG BAN", True),
        ("SỞ NGOẠI VỤ", False),
        ("", False),
    ],
)
def test_posts(line: str, post: bool) -> None:
    """A line begins with a post, acting ones included."""
    assert names.is_post(line) is post


def test_a_name_of_a_person_is_no_name_of_a_body() -> None:
    """Here “Vũ”, "Doãn", "Trương" are family names, "Vụ", "Đoàn", "Trường" begin bodies: the marks decide."""
    assert names.names_body("VỤ PHÁP CHẾ")
    assert not names.names_body("VŨ HẠNH DUNG")
    assert not names.names_body("TRƯƠNG BÁ NGHĨA")
    assert names.has_surname("Doãn Khánh Chi")
    assert not names.has_surname("Chi Khánh")


def test_names_of_persons_in_capitals() -> None:
    """Each word is capitalised."""
    assert names.person_case("NGUYỄN VĂN AN") == "Nguyễn Văn An"
    assert names.person_case("Mùa A Dế") == "Mùa A Dế"


def test_the_word_of_the_centre_alone_on_a_line_ends_the_name_above() -> None:
    """A council and "TRUNG ƯƠNG" under it: "HỘI ĐỒNG GIAO LƯU NHÂN DÂN / TRUNG ƯƠNG" are one body."""
    assert names.goes_on("HỘI ĐỒNG GIAO LƯU NHÂN DÂN", "TRUNG ƯƠNG")
    assert not names.goes_on("BAN TUYÊN GIÁO", "TRUNG ƯƠNG HỘI NÔNG DÂN")
