"""The header of a paper is read from its frame, however its two columns were flattened."""

from __future__ import annotations

import pytest

from nhipcau.reading.text import fold
from tests.reading.frames import Paper, first, found_in, papers, printed, read

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
UNDER = f"{MOTTO}Sông Ngân, ngày 5 tháng 3 năm 2031\n"
BODY = "\n\nThực hiện chỉ đạo của cấp trên, đơn vị báo cáo như sau.\n"


@pytest.mark.parametrize("paper", papers(), ids=lambda paper: paper.name)
def test_the_whole_header_of_each_paper(paper: Paper) -> None:
    """Each document of each paper gives exactly the fields that it prints."""
    documents = read(paper.text).documents
    got = [{"kind": document.kind, **printed(document.header)} for document in documents]
    assert got == list(paper.documents)


@pytest.mark.parametrize("paper", papers(), ids=lambda paper: paper.name)
def test_every_value_stands_where_its_span_says(paper: Paper) -> None:
    """The text of a span holds the first and the last word of its value, whatever stands between."""
    reading = read(paper.text)
    for document in reading.documents:
        header = document.header
        # Number, type and day are given in a form that may not be the printed one.
        derived = (header.number, header.type, header.date)
        for found in found_in(header):
            if found not in derived:
                surface, words = fold(reading.text[slice(*found.span)]), fold(found.value).split()
                assert surface.startswith(words[0][:3]), found
                assert words[-1][:3] in surface, found


# (lines of the left column, parent issuer, issuer). What is one name and what are two.
ISSUERS: list[tuple[str, str | None, str]] = [
    ("ỦY BAN NHÂN DÂN\nTỈNH SÔNG NGÂN", None, "Ủy ban nhân dân tỉnh Sông Ngân"),
    ("BỘ TƯ PHÁP\nVĂN PHÒNG", "Bộ Tư pháp", "Văn phòng"),
    (
        "UBND TỈNH SÔNG NGÂN\nSỞ VĂN HÓA, THỂ THAO\nVÀ DU LỊCH",
        "UBND tỉnh Sông Ngân",
        "Sở Văn hóa, Thể thao và Du lịch",
    ),
    ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ TÂN HẢI\nPHÒNG NỘI VỤ", "Ủy ban nhân dân thành phố Tân Hải", "Phòng Nội vụ"),
    # the rest of a name may begin like a body when the line above goes on
    ("LIÊN HIỆP CÁC\nTỔ CHỨC HỮU NGHỊ TỈNH SÔNG NGÂN", None, "Liên hiệp các tổ chức hữu nghị tỉnh Sông Ngân"),
    ("BAN CHẤP HÀNH\nĐẢNG BỘ XÃ TRÀ KHÊ", None, "Ban Chấp hành Đảng bộ xã Trà Khê"),
    # the Front's own name on the right is a motto
    (
        "MẶT TRẬN TỔ QUỐC VIỆT NAM\nỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nTỈNH SÔNG NGÂN",
        None,
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Sông Ngân",
    ),
    (
        "HỘI NÔNG DÂN VIỆT NAM\nHỘI NÔNG DÂN TỈNH SÔNG NGÂN",
        "Hội Nông dân Việt Nam",
        "Hội Nông dân tỉnh Sông Ngân",
    ),
    (
        "LIÊN HIỆP HỮU NGHỊ TỈNH\nHỘI HỮU NGHỊ VIỆT NAM - CUBA\nTỈNH SÔNG NGÂN",
        "Liên hiệp hữu nghị tỉnh",
        "Hội hữu nghị Việt Nam - Cuba tỉnh Sông Ngân",
    ),
    (
        "Ủy ban nhân dân tỉnh Sông Ngân\nSở Ngoại vụ",
        "Ủy ban nhân dân tỉnh Sông Ngân",
        "Sở Ngoại vụ",
    ),  # as sites do
    ("CHỦ TỊCH ỦY BAN NHÂN DÂN\nTỈNH SÔNG NGÂN", None, "Chủ tịch Ủy ban nhân dân tỉnh Sông Ngân"),
]


@pytest.mark.parametrize(("left", "parent", "issuer"), ISSUERS)
def test_issuer_and_parent_issuer(left: str, parent: str | None, issuer: str) -> None:
    """Two lines of one name are one issuer; a body under another one has it as parent."""
    text = (
        f"{left}\nSố: 15/BC-VP\n{MOTTO}Sông Ngân, ngày 05 tháng 3 năm 2031\nBÁO CÁO\nKết quả công tác{BODY}"
    )
    header = printed(first(text).header)
    assert (header.get("parent_issuer"), header["issuer"]) == (parent, issuer)


# (number line, canonical number). Blanks, dashes and slips of scanners.
NUMBERS: list[tuple[str, str | None]] = [
    ("Số: 15/KH-UBND", "15/KH-UBND"),
    ("Số : 15 /KH - UBND", "15/KH-UBND"),
    ("Số 07-KH/TU", "07-KH/TU"),  # the Party writes no colon; the zero is kept
    ("Số: 30a/2031/QĐ-UBND", "30a/2031/QĐ-UBND"),
    ("Số: 15/UBND–NC", "15/UBND-NC"),  # en dash
    ("Sô: l5/KH-UBND", "15/KH-UBND"),  # a scanner's l for 1
    ("Số: 1O/KH-UBND", "10/KH-UBND"),
    ("Số:       /KH-UBND", None),  # not yet filled in
    ("Số: ....../KH-UBND", None),
    ("Luật số: 15/2031/QH18", "15/2031/QH18"),
    ("Số: 15/BCĐ35-VP", "15/BCĐ35-VP"),
]


@pytest.mark.parametrize(("line", "number"), NUMBERS)
def test_number_is_canonical(line: str, number: str | None) -> None:
    """No blanks, plain hyphens, leading zeros kept; nothing where the number was left open."""
    text = f"SỞ NGOẠI VỤ\n{line}\n{MOTTO}Sông Ngân, ngày 05 tháng 3 năm 2031\nKẾ HOẠCH\nĐón đoàn khách{BODY}"
    assert printed(first(text).header).get("number") == number


# (line of place and date, place, ISO day)
DATES: list[tuple[str, str | None, str | None]] = [
    ("Sông Ngân, ngày 05 tháng 3 năm 2031", "Sông Ngân", "2031-03-05"),
    ("TP. Hồ Chí Minh, ngày 5 tháng 12 năm 2031", "TP. Hồ Chí Minh", "2031-12-05"),
    ("Thành phố Tân Hải, ngày 5 tháng 12 năm 2031", "Thành phố Tân Hải", "2031-12-05"),
    ("Ea H'leo, ngày 05 tháng 3 năm 2031", "Ea H'Leo", "2031-03-05"),
    ("Sông Ngân, ngày     tháng 3 năm 2031", "Sông Ngân", None),  # the day was left open
    ("Sông Ngân, ngày ... tháng ... năm 2031", "Sông Ngân", None),
    ("Sông Ngân, ngày 31 tháng 02 năm 2031", "Sông Ngân", None),  # no such day
    ("Sông Ngân, ngảy O5 thảng 3 nàm 2031", "Sông Ngân", "2031-03-05"),  # OCR
    ("Sông Ngân, ngày 05\ntháng 3 năm 2031", "Sông Ngân", "2031-03-05"),  # broken by a narrow column
    ("Sông Ngân, 05/3/2031", "Sông Ngân", "2031-03-05"),
    ("SÔNG NGÂN, NGÀY 05 THÁNG 3 NĂM 2031", "Sông Ngân", "2031-03-05"),
]


@pytest.mark.parametrize(("line", "place", "day"), DATES)
def test_place_and_day(line: str, place: str | None, day: str | None) -> None:
    """Place and day of the line under the motto; a day that is open or impossible is none."""
    text = f"SỞ NGOẠI VỤ\nSố: 15/KH-SNgV\n{MOTTO}{line}\nKẾ HOẠCH\nĐón đoàn khách{BODY}"
    header = printed(first(text).header)
    assert header.get("date") == day
    assert (header.get("place") or "").casefold() == (place or "").casefold()


def test_a_dispatch_is_a_cong_van_though_the_word_is_not_printed() -> None:
    """By its number without a type code, or by V/v and the address."""
    text = f"SỞ NGOẠI VỤ\nSố: 15/SNgV-VP\n{UNDER}Kính gửi: Sở Tài chính.{BODY}"
    assert printed(first(text).header)["type"] == "Công văn"


def test_a_line_in_capitals_under_the_number_is_no_issuer() -> None:
    """What stands below the number belongs to the paper, not to its letterhead."""
    text = f"SỞ NGOẠI VỤ\nSố: 15/PT-SNgV\n{UNDER}PHIẾU TRÌNH GIẢI QUYẾT CÔNG VIỆC\nVề đón đoàn{BODY}"
    header = printed(first(text).header)
    assert (header["issuer"], header["type"]) == ("Sở Ngoại vụ", "Phiếu trình giải quyết công việc")


def test_a_type_line_in_no_table_is_the_type_all_the_same() -> None:
    """Here “GIAO ƯỚC” stands where the type stands; the anomaly tells that no table knows it."""
    text = f"SỞ NGOẠI VỤ\nSố: 15/GU-SNgV\n{UNDER}GIAO ƯỚC\nThi đua năm 2031{BODY}"
    header = printed(first(text).header)
    assert (header["type"], header["subject"]) == ("Giao ước", "Thi đua năm 2031")


@pytest.mark.parametrize(
    ("stamp", "urgency"),
    [
        ("HỎA TỐC", "hỏa tốc"),
        ("HOẢ TỐC HẸN GIỜ", "hỏa tốc"),
        ("THƯỢNG KHẨN", "thượng khẩn"),
        ("KHẨN", "khẩn"),
    ],
)
def test_urgency_stands_under_the_number(stamp: str, urgency: str) -> None:
    """The three stamps, in either spelling."""
    text = f"SỞ NGOẠI VỤ\nSố: 15/KH-SNgV\n{stamp}\n{UNDER}KẾ HOẠCH\nĐón đoàn{BODY}"
    assert first(text).header.urgency == urgency


def test_urgent_in_a_sentence_is_no_stamp() -> None:
    """Here “khẩn” of a subject or a body is a word like others."""
    text = f"SỞ NGOẠI VỤ\nSố: 15/KH-SNgV\n{UNDER}KẾ HOẠCH\nCứu trợ khẩn{BODY}"
    assert first(text).header.urgency is None


# (letterhead with number, type line, parent issuer, issuer). Bodies that issue a paper together.
JOINT: list[tuple[str, str, str | None, str]] = [
    (
        "HỘI NÔNG DÂN TỈNH\nLIÊN HIỆP CÁC TỔ CHỨC\nHỮU NGHỊ TỈNH\nSố: 12/CTPH-HND-LHHN",
        "CHƯƠNG TRÌNH PHỐI HỢP",
        None,
        "Hội Nông dân tỉnh - Liên hiệp các tổ chức hữu nghị tỉnh",
    ),
    (
        "BAN DÂN VẬN TỈNH ỦY\n- SỞ NGOẠI VỤ\nSố: 05/KHLT-BDV-SNgV",
        "KẾ HOẠCH",
        None,
        "Ban Dân vận Tỉnh ủy - Sở Ngoại vụ",
    ),
    (
        "UBND TỈNH SÔNG NGÂN\nSỞ Y TẾ\nSỞ NGOẠI VỤ\nSố: 07/HDLN-SYT-SNgV",
        "HƯỚNG DẪN LIÊN NGÀNH",
        "UBND tỉnh Sông Ngân",
        "Sở Y tế - Sở Ngoại vụ",
    ),
    (
        "CHÍNH PHỦ\nĐOÀN CHỦ TỊCH ỦY BAN\nTRUNG ƯƠNG MẶT TRẬN\nTỔ QUỐC VIỆT NAM\nSố: 7/NQLT-CP-ĐCTUBTWMTTQVN",
        "NGHỊ QUYẾT LIÊN TỊCH",
        None,
        "Chính phủ - Đoàn Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
    ),
    (
        "UBND TỈNH SÔNG NGÂN\nLIÊN NGÀNH:\nSỞ TÀI CHÍNH - SỞ NGOẠI VỤ\nSố: 1520/LN-TC-NgV",
        "TỜ TRÌNH LIÊN NGÀNH",
        "UBND tỉnh Sông Ngân",
        "Sở Tài chính - Sở Ngoại vụ",
    ),
    # one body of the letterhead has both symbols: the upper one is its parent
    (
        "UBND TỈNH SÔNG NGÂN\nSỞ NGOẠI VỤ\nSố: 15/KHPH-SNgV-VP",
        "KẾ HOẠCH",
        "UBND tỉnh Sông Ngân",
        "Sở Ngoại vụ",
    ),
    # two symbols in the number of a paper of one body
    ("SỞ NGOẠI VỤ\nVĂN PHÒNG\nSố: 15/KH-SNgV-VP", "KẾ HOẠCH", "Sở Ngoại vụ", "Văn phòng"),
]


@pytest.mark.parametrize(("left", "type_line", "parent", "issuer"), JOINT)
def test_bodies_that_issue_together_are_one_issuer(
    left: str, type_line: str, parent: str | None, issuer: str
) -> None:
    """Where the number bears the symbols of two bodies, the upper one is no parent of the lower one."""
    header = printed(first(f"{left}\n{UNDER}{type_line}\nĐón đoàn khách{BODY}").header)
    assert (header.get("parent_issuer"), header["issuer"]) == (parent, issuer)


# (type line, type, subject). Types of several words, and subjects that begin in capitals.
WIDENED: list[tuple[str, str, str]] = [
    ("KẾ HOẠCH HÀNH ĐỘNG\nĐón đoàn khách", "Kế hoạch hành động", "Đón đoàn khách"),
    ("CHƯƠNG TRÌNH HÀNH ĐỘNG\nĐón đoàn khách", "Chương trình hành động", "Đón đoàn khách"),
    ("KẾ HOẠCH LIÊN TỊCH\nĐón đoàn khách", "Kế hoạch liên tịch", "Đón đoàn khách"),
    ("THÔNG BÁO KẾT LUẬN\ncủa Giám đốc Sở", "Thông báo kết luận", "của Giám đốc Sở"),
    ("BÁO CÁO TỔNG KẾT\ncông tác đón đoàn", "Báo cáo", "TỔNG KẾT công tác đón đoàn"),
    # in capitals throughout, the second words may be those of the title
    ("KẾ HOẠCH PHỐI HỢP TỔ CHỨC NGÀY HỘI", "Kế hoạch", "PHỐI HỢP TỔ CHỨC NGÀY HỘI"),
]


@pytest.mark.parametrize(("lines", "kind", "subject"), WIDENED)
def test_types_of_several_words(lines: str, kind: str, subject: str) -> None:
    """A type line of several words is one type; what widens no type of the tables belongs to the subject."""
    header = printed(first(f"SỞ NGOẠI VỤ\nSố: 15/KH-SNgV\n{UNDER}{lines}{BODY}").header)
    assert (header["type"], header["subject"]) == (kind, subject)
