"""The kind is told from the paper's own form: motto, number, letterhead, power of the signer."""

from __future__ import annotations

import pytest

from tests.reading.frames import first

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM\n"
END = "KẾ HOẠCH\nĐón đoàn khách\n\nCác đơn vị thực hiện theo phân công.\n"
DAY = "Sông Ngân, ngày 5 tháng 3 năm 2031\n"

# (head, kind). The comment says why it is here.
FRAMED: list[tuple[str, str]] = [
    (f"SỞ NGOẠI VỤ\nSố: 15/KH-SNgV\n{STATE}{DAY}", "state"),
    (f"TỈNH ỦY SÔNG NGÂN\nSố 15-KH/TU\n{PARTY}{DAY}", "party"),
    (f"ĐẢNG ĐOÀN LIÊN HIỆP HỮU NGHỊ\nSố 15-KH/ĐĐ\n{PARTY}{DAY}", "party"),  # a union's Party body
    (f"ỦY BAN MTTQ VIỆT NAM TỈNH\nSố: 15/KH-MTTQ-BTT\n{STATE}{DAY}", "front"),  # the State-like pattern
    (f"ỦY BAN MTTQ VIỆT NAM XÃ\nSố 15-KH/MT\n{DAY}", "front"),  # the Party-like pattern
    (f"LIÊN HIỆP CÁC TỔ CHỨC HỮU NGHỊ\nTỈNH SÔNG NGÂN\nSố: 15/KH-LHHN\n{STATE}{DAY}", "front"),
    (f"BCH TỈNH ĐOÀN SÔNG NGÂN\nSố: 15-KH/TĐTN\nĐOÀN TNCS HỒ CHÍ MINH\n{DAY}", "front"),
    (f"HỘI LIÊN HIỆP PHỤ NỮ\nTỈNH SÔNG NGÂN\nSố: 15/KH-BTV\n{STATE}{DAY}", "front"),
    (f"HỘI ĐỒNG NHÂN DÂN\nTỈNH SÔNG NGÂN\nSố: 15/KH-HĐND\n{STATE}{DAY}", "state"),  # a council is no union
    (f"Số: 15/UBND-MT\n{DAY}", "state"),  # MT of a unit is no Front
    (f"Số 15-KH/HU\n{DAY}", "party"),  # the motto was lost, the number tells
    (f"Số: 15/KH-UBND\n{DAY}", "state"),
]


@pytest.mark.parametrize(("head", "kind"), FRAMED)
def test_kind_of_a_framed_paper(head: str, kind: str) -> None:
    """Mottoes go first, then the letterhead, then the number."""
    assert first(head + END).kind == kind


# (end of a directive posted without its frame, kind)
FRAMELESS: list[tuple[str, str]] = [
    ("T/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nLò Văn Inh", "party"),
    ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nLò Văn Inh", "state"),
    ("TM. BAN THƯỜNG TRỰC ỦY BAN MTTQ\nCHỦ TỊCH\n\nLò Văn Inh", "front"),
    ("Nơi nhận:\n- Các sở;\n- Lưu: VT.", "state"),
    ("Nơi nhận:\n- Các huyện ủy,\n- Lưu Văn phòng Tỉnh ủy.", "party"),
]


@pytest.mark.parametrize(("end", "kind"), FRAMELESS)
def test_kind_of_a_paper_posted_without_its_frame(end: str, kind: str) -> None:
    """The power of the signer and the copy that is kept tell the family."""
    assert first(f"{END}\n{end}\n").kind == kind


PROSE = "Hoạt động giao lưu góp phần tăng cường tình hữu nghị giữa nhân dân hai bên biên giới. " * 4

# (text without a frame, kind)
UNFRAMED: list[tuple[str, str]] = [
    (f"Nhịp cầu hữu nghị\n\n05/03/2031, 08:30\n\n{PROSE}", "news"),  # day of publication
    (f"(SNO)- {PROSE}", "news"),  # dateline of a paper
    (f"Nhịp cầu hữu nghị\n\n{PROSE}\n\n{PROSE}\n\nLò Văn Inh", "news"),  # title, prose, name
    (f"{PROSE}\n\nẢnh: Đoàn khách thăm xã. Ảnh: Minh Tâm\n", "news"),  # a caption
    (
        f"Phát biểu tại buổi gặp mặt, đại diện lãnh đạo tỉnh cho biết, có 26 đoàn. {PROSE}",
        "news",
    ),  # one paragraph
    (f"Ông Lò Văn Inh, Giám đốc Sở, cho hay đã đón 26 đoàn. {PROSE}", "news"),  # a person is quoted
    ("Ngày 14/11, Hội tổ chức hội nghị tổng kết tại xã Suối Đá. " * 2 + "Đến dự có 150 đại biểu.", "news"),
    (f"Nhằm tăng cường hữu nghị, vừa qua Hội đã mở trại hè. {PROSE}\n\n(Nguồn: Hội Giao lưu)", "news"),
    # parts of papers tell of days and meetings too
    (f"1. Đối ngoại\nNgày 12/3/2034, Hội tổ chức hội nghị với 120 đại biểu.\n2. Đánh giá\n{PROSE}", "other"),
    (f"Trong năm, Hội đã tổ chức 12 hoạt động. {PROSE} Năm 2035 Hội tập trung các nhiệm vụ sau.", "other"),
    ("Biên bản họp. Nội dung: bàn việc đón đoàn. Các thành viên phát biểu, thống nhất. " * 2, "other"),
    (f"{PROSE}\n\n{PROSE}\n", "other"),  # prose alone is nobody's report
    (f"Kính thưa các vị đại biểu!\n\n{PROSE}\n\n{PROSE}", "other"),  # a speech
    ("Hỏi: Nộp hồ sơ ở đâu?\n\nĐáp: Nộp tại Sở.\n", "other"),
    ("STT,Đơn vị,Số đoàn\n1,Sở Ngoại vụ,5\n", "other"),
    ("", "other"),
]


@pytest.mark.parametrize(("text", "kind"), UNFRAMED)
def test_news_needs_a_sign_of_the_press(text: str, kind: str) -> None:
    """What shows neither frame nor press is other."""
    assert first(text).kind == kind


def test_an_article_about_a_directive_is_news() -> None:
    """A number cited in an article is no number of its own."""
    text = f"Tỉnh ủy ban hành chỉ thị mới\n\n05/03/2031\n\nTỉnh ủy vừa ban hành Chỉ thị\nsố 15-CT/TU. {PROSE}"
    document = first(text)
    assert (document.kind, document.header.number) == ("news", None)
