"""Mentions of documents are found as printed, and nothing else is taken for one."""

from __future__ import annotations

from time import perf_counter

import pytest

from nhipcau.reading.citations import find_citations
from nhipcau.reading.findings import Citation, Found, Header
from nhipcau.reading.text import matching, normalise


def cited(raw: str, header: Header | None = None) -> tuple[Citation, ...]:
    text = normalise(raw)
    return find_citations(text, matching(text), header=header)


def brief(raw: str) -> list[str]:
    """The surfaces, and after "=" what is not told by them: type, number and day."""
    return [
        f"{c.surface} = {c.type} {c.number or '-'} {c.date or '-'}{' partial' if c.partial else ''}"
        for c in cited(raw)
    ]


# The table of the handbook (documents.md, 3.2), with numbers of our own: the whole text is one citation.
WHOLE = [
    "Nghị định số 209/2035/NĐ-CP ngày 05/3/2035",
    "Quyết định 99/QĐ-TTg",
    "Luật số 204/2035/QH18",
    "Quyết định số 06/2035/QĐ-TTg ngày 21 tháng 02 năm 2035",
    "Thông tư liên tịch số 17/2009/TTLT-BTX-BTG",
    "Nghị quyết số 88/2035/UBTVQH18",
    "Quyết định số 53/QĐ-MTTQ-BTT ngày 27/6/2035",
    "Quyết định 57-QĐ/TWĐTN-VP",
    "Quy định số 09-QĐi/TW ngày 25/10/2034",
    "Chỉ thị số 07-CT/HU ngày 6-7-2034",
    "Công văn số 249/MTTQ-BTT",
    "Kế hoạch số 21-KH/BCĐ35",
    "Nghị quyết 16-NQ/HU",
    "Nghị quyết số 02-NQ/ĐH",
    "Hướng dẫn 03-HD",
    "Công văn số 216-CV/BTGTU, ngày 24/6/2034",
    "Báo cáo số 613-BC/BTCTW (29/12/2035)",
    # further forms
    "Tờ trình số 77/TTr-SNgV-LS ngày 5/5/2034",
    "Công điện số 03/CĐ-TTg",
    "Nghị quyết chuyên đề số 05-NQ/TU",  # words before "số", the code agrees
    "Công văn hỏa tốc số 45/UBND-VX",
    "Quyết định của Chủ tịch Hội số 45/QĐ-LHHN ngày 12/3/2034",
    "Kế hoạch 45 / KH - UBND ngày 12 / 3 / 2034",  # blanks of a scanner
    "Kế hoạch số 45/ KH-UBND ngày 12 tháng 3\nnăm 2034",  # broken lines
    "Chỉ\nthị\nsố 07-\nCT/HU",
    "CHỈ THỊ SỐ 07-CT/HU",
    "Chỉ Thị số 07-CT/HU",
    "Kế hoach sô 15/KH-UBND",  # marks lost in recognition
    "Sắc lệnh số 99/SL",
    "Lệnh số 05/2035/L-CTN",
    "Luật Hội hữu nghị số 204/2035/QH18 ngày 17/6/2035",  # the name of an act before its number
    "Luật sửa đổi, bổ sung một số điều của Luật Hội hữu nghị số 205/2035/QH18",
    "Hợp đồng số 12/2034/HĐ-TV",
    "NĐ 209/2035/NĐ-CP",  # an abbreviated type word
    "Công văn số 45/UBND-vx ngày 2/3/2034",  # a unit in small letters
    "Quyết định (số 88/QĐ-LHHN)",  # brackets are closed
    "Chỉ thị số 07 CT/HU",  # the first mark was lost
    "Báo cáo thẩm định số 312/BC-STP ngày 05/12/2034",
]


@pytest.mark.parametrize("text", WHOLE)
def test_the_whole_text_is_one_whole_citation(text: str) -> None:
    (found,) = cited(f"Theo {text}, Hội báo cáo.")
    assert found.surface == normalise(text)
    assert not found.partial


@pytest.mark.parametrize(
    ("text", "kind", "number", "day"),
    [
        (
            "Quyết định số 06/2035/QĐ-TTg ngày 21 tháng 02 năm 2035",
            "Quyết định",
            "06/2035/QĐ-TTg",
            "2035-02-21",
        ),
        ("KẾ HOẠCH 45 / KH – UBND", "Kế hoạch", "45/KH-UBND", None),
        ("Thông tư liên tịch số 17/2009/TTLT-BTX-BTG", "Thông tư liên tịch", "17/2009/TTLT-BTX-BTG", None),
        ("Chương trình hành động số 22-CTr/TU", "Chương trình hành động", "22-CTr/TU", None),
        ("Chương trình số 22-CTr/TU", "Chương trình", "22-CTr/TU", None),
        ("Thông báo kết luận số 115/TB-VPCP", "Thông báo kết luận", "115/TB-VPCP", None),
        ("Văn bản số 216/LHHN-VP", "Công văn", "216/LHHN-VP", None),  # a number without code is a dispatch's
        ("Quyết đinh số 88/QĐ-LHHN", "Quyết định", "88/QĐ-LHHN", None),  # a slip in the type word
        ("NQ 18-NQ/TU", "Nghị quyết", "18-NQ/TU", None),
        ("Thông báo số 12-TB/TU ngày 30/02/2034", "Thông báo", "12-TB/TU", None),  # no such day
        ("Kế hoạch 45 KH-UBND", "Kế hoạch", "45/KH-UBND", None),  # the next mark tells the lost one
        ("Chỉ th ị số 07-CT/HU", "Chỉ thị", "07-CT/HU", None),  # torn by a converter
        ("Quyêt đjnh số 88/QĐ-LHHN", "Quyết định", "88/QĐ-LHHN", None),  # misread by a scanner
        ("Nghị quyết 08/2035 NQ-HĐND", "Nghị quyết", "08/2035/NQ-HĐND", None),
        (
            "Nghị quyêt số O8-NQ/HU, ngày 2O/4/2034",
            "Nghị quyết",
            "08-NQ/HU",
            "2034-04-20",
        ),  # letters for digits
    ],
)
def test_type_and_number_are_given_in_standard_form(
    text: str, kind: str, number: str, day: str | None
) -> None:
    (found,) = cited(text)
    assert (found.type, found.number, found.date) == (kind, number, day)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Chỉ thị 24 được ban hành", "Chỉ thị 24"),
        ("tinh thần Chỉ thị 12.", "Chỉ thị 12"),
        ("CHỈ THỊ 12", "CHỈ THỊ 12"),
        ("Chỉ thị 12 - một bước tiến", "Chỉ thị 12"),
        ("Chỉ thị 12 đề ra 08 nhóm nhiệm vụ", "Chỉ thị 12"),
        ("Quyết định số 45 ngày 12/3/2034 của Hội", "Quyết định số 45 ngày 12/3/2034"),
        ("theo kế hoạch số 45 của Hội", "kế hoạch số 45"),
        ("theo Nghị định 209/2035 của Chính phủ", "Nghị định 209/2035"),
        ("Nghị quyết 36a của Chính phủ", "Nghị quyết 36a"),
    ],
)
def test_short_mentions_are_partial(text: str, surface: str) -> None:
    (found,) = cited(text)
    assert (found.surface, found.partial) == (surface, True)


@pytest.mark.parametrize(
    ("text", "surface", "kind", "day"),
    [
        ((
            "Căn cứ Luật Hội hữu nghị ngày 19 tháng 6 năm 2034;"
        ), "Luật Hội hữu nghị ngày 19 tháng 6 năm 2034", "Luật", "2034-06-19"),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Hội và Luật Giao lưu ngày 22/11/2034",
            "Luật sửa đổi, bổ sung một số điều của Luật Hội và Luật Giao lưu ngày 22/11/2034",
            "Luật",
            "2034-11-22",
        ),  # an amending act names what it amends
        ("Bộ luật Giao lưu ngày 20/11/2034", "Bộ luật Giao lưu ngày 20/11/2034", "Bộ luật", "2034-11-20"),
        ("Công văn ngày 12/3/2034 của Hội", "Công văn ngày 12/3/2034", "Công văn", "2034-03-12"),
        ((
            "Nghị quyết của Huyện ủy ngày 27/11/2034"
        ), "Nghị quyết của Huyện ủy ngày 27/11/2034", "Nghị quyết", "2034-11-27"),
    ],
)  # fmt: skip
def test_type_and_full_day_are_a_partial_citation(text: str, surface: str, kind: str, day: str) -> None:
    (found,) = cited(text)
    assert (found.surface, found.type, found.number, found.date, found.partial) == (
        surface,
        kind,
        None,
        day,
        True,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết số 01 năm 2034",  # the year belongs to the number
        "Kế hoạch 12 tháng",
        "Báo cáo 6 tháng đầu năm",
        "Kế hoạch 100 ngày",
        "thông báo 5 nội dung, báo cáo 12 xã, quyết định 3 vấn đề",  # verbs
        "Luật 5 chương 60 điều",
        "Kế hoạch 2034 và Nghị quyết 2035",  # years
        "Kế hoạch 6/2034",  # a month
        "Nghị định này, Quyết định trên, Chỉ thị nhấn mạnh",
        "khoản 2 Điều 5 Quyết định này",
        "Quyết định này có hiệu lực kể từ ngày 01/01/2035",
        "Luật Hội hữu nghị có hiệu lực từ ngày 01/8/2034",
        "Luật Hội hữu nghị, ngày 12/3/2034 Sở tổ chức hội nghị",  # the day of something else
        "tuyên truyền Luật Hội hữu nghị ngày 12/3/2034 tại xã",
        "Luật Hội hữu nghị năm 2034, Hiến pháp năm 2013",
        "gửi báo cáo ngày 12/3/2034",  # a verb, and the day of sending
        "TCVN ISO 9001:2015, QCVN 102:2016/BTTTT, TCVN 7217-1:2013",
        "thủ tục 1.004827.000.00.00.H37",
        "Chi-thi-12-CT-TW.pdf, ke_hoach_15_KH-UBND.docx, QĐ 45-QĐ-UBND.pdf",  # file names
        "https://songngan.vn/van-ban/12-CT/TU/15/KH-UBND",
        "Bạn còn 500/500 ký tự",
        "Quyết định 12/24 hộ; tỷ lệ 12/15-20 người; Dự án 12-A1",
        "Tài khoản 12-34/56 và 0123/456-789",
        "Chỉ thị 12.5, Kế hoạch 12%",
        "Số: 45/KH-UBND",  # the frame of a paper prints its own number
        "Số 216-CV/BTG",
        "    SỐ 216-CV/BTG",
        "Mẫu số 02/BC-LHHN, Phụ lục 03/KH-LHHN",  # forms
        "Đề án 1, Kế hoạch 2 và Chương trình 3",  # members of a list; numbers of documents have their zero
        "Số hiệu | 15/KH-UBND |",  # the card of a document on a site
        "Số, ký hiệu văn bản\n15/KH-UBND",
        "KẾ HOẠCH\n1. Mục đích",  # a label of a list
        "BÁO CÁO\n\n12 năm xây dựng",
    ],
)
def test_other_numbers_are_no_citations(text: str) -> None:
    assert brief(text) == []


# Lists: the first span begins at the type word, the next ones at their number; the type is inherited.
LISTS = [
    (
        "các Chỉ thị số 44-CT/HU, số 04-CT/HU và 12-CT/HU ngày 05/01/2034",
        [
            "Chỉ thị số 44-CT/HU = Chỉ thị 44-CT/HU -",
            "04-CT/HU = Chỉ thị 04-CT/HU -",
            "12-CT/HU ngày 05/01/2034 = Chỉ thị 12-CT/HU 2034-01-05",
        ],
    ),
    (
        "các Quyết định số 12/QĐ-LHHN ngày 03/01/2034, số 15/QĐ-LHHN ngày 05/02/2034 của Hội",
        [
            "Quyết định số 12/QĐ-LHHN ngày 03/01/2034 = Quyết định 12/QĐ-LHHN 2034-01-03",
            "15/QĐ-LHHN ngày 05/02/2034 = Quyết định 15/QĐ-LHHN 2034-02-05",
        ],
    ),
    (
        "các Công văn số 216/LHHN-VP, 217/SNgV-LS",  # dispatches have no code: the list alone gives the type
        ["Công văn số 216/LHHN-VP = Công văn 216/LHHN-VP -", "217/SNgV-LS = Công văn 217/SNgV-LS -"],
    ),
    (
        "các Nghị quyết, Kết luận số 18-NQ/HU, 45-KL/HU",  # two type words, then two numbers
        [
            "Nghị quyết, Kết luận số 18-NQ/HU = Nghị quyết 18-NQ/HU -",
            "45-KL/HU = Kết luận 45-KL/HU -",
        ],
    ),
    (
        "Chỉ thị số 44-CT/HU về mở rộng giao lưu, số 04-CT/HU về đổi mới",  # titles stand between
        ["Chỉ thị số 44-CT/HU = Chỉ thị 44-CT/HU -", "04-CT/HU = Chỉ thị 04-CT/HU -"],
    ),
    (
        "Nghị quyết 18, 19 của Huyện ủy",
        ["Nghị quyết 18 = Nghị quyết 18 - partial", "19 = Nghị quyết 19 - partial"],
    ),
    (
        "Nghị quyết 18, 19 xã đã xong",  # nineteen communes
        ["Nghị quyết 18 = Nghị quyết 18 - partial"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_lists_share_one_type_word(text: str, expected: list[str]) -> None:
    assert brief(text) == expected


def test_the_papers_own_number_in_its_frame_is_no_citation_but_a_later_mention_is() -> None:
    text = "Luật số: 204/2035/QH18\n\nNội dung của Luật số 204/2035/QH18 như sau."
    number = Found("204/2035/QH18", (9, 22))
    assert [c.span[0] > 22 for c in cited(text, Header(number=number))] == [True]


def test_furniture_holds_no_citations() -> None:
    text = "Chỉ thị 07-CT/HU\nTin liên quan: Chỉ thị 08-CT/HU\nChỉ thị 09-CT/HU"
    found = find_citations(text, matching(text), furniture=[(17, 48)])
    assert [c.number for c in found] == ["07-CT/HU", "09-CT/HU"]


def test_only_the_span_asked_for_is_read() -> None:
    text = "Chỉ thị 07-CT/HU; Chỉ thị 08-CT/HU; Chỉ thị 09-CT/HU"
    assert [c.number for c in find_citations(text, matching(text), (18, 34))] == ["08-CT/HU"]


def test_spans_count_in_the_text_as_read() -> None:
    text = normalise("Theo Chỉ thị số 07–CT/HU,\u00a0ngày 15/4/2034 của Huyện ủy.")
    (found,) = cited(text)
    assert text[slice(*found.span)] == found.surface == "Chỉ thị số 07–CT/HU,\u00a0ngày 15/4/2034"


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Chỉ thị 07-CT/HU nêu rõ. Chỉ thị 07 được ban hành", {1: 0}),
        (
            "Chỉ thị 7 đã nêu; xem Chỉ thị số 07-CT/HU",
            {0: 1},
        ),  # the whole one follows; zeros do not part them
        ("Chỉ thị 07-CT/HU và Kế hoạch 07", {}),  # another type
        (
            "Nghị định 209/2034/NĐ-CP; Nghị định 209/2035/NĐ-CP; Nghị định 209/2034",
            {2: 0},
        ),  # the year decides
        (
            "Chỉ thị 07-CT/HU ngày 15/4/2034; Chỉ thị 07-CT/HU ngày 16/4/2030; Chỉ thị 07 ngày 15/4/2034",
            {2: 0},
        ),
        ("Chỉ thị 07-CT/HU; Chỉ thị 07-CT/TU; Chỉ thị 07", {2: 1}),  # the nearest before
        ("Công văn số 216-CV/HU ngày 15/4/2034; Công văn ngày 15/4/2034", {1: 0}),
    ],
)
def test_a_short_mention_points_to_the_whole_one_it_repeats(text: str, target: dict[int, int]) -> None:
    found = cited(text)
    assert {i: c.refers_to for i, c in enumerate(found) if c.refers_to is not None} == target


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Chỉ thị 07-CT/HU ngày 15/4/2034 của Ban Thường vụ Huyện ủy về giao lưu", "Ban Thường vụ Huyện ủy"),
        ("Ban Thường vụ Huyện ủy vừa ban hành Chỉ thị 07-CT/HU", "Ban Thường vụ Huyện ủy"),
        ("Thông tư 41/2035/TT-BTG của Bộ Văn hóa và Giao lưu quy định mức chi", "Bộ Văn hóa và Giao lưu"),
        ("Chỉ thị 07-CT/HU được ban hành", None),
    ],
)
def test_the_issuer_is_taken_where_it_is_printed(text: str, issuer: str | None) -> None:
    assert cited(text)[0].issuer == issuer


HOSTILE = [
    "(", "1", "1/", "1-A", "07-CT/HU ", "07-CT/HU, ", "Chỉ thị ", "Chỉ thị 12 ", "Luật ", "ngày 1", (
        "số 1/2035/QH18 "
    ),
    "Nghị quyết Đại hội ", "Nghị quyết Hội nghị lần thứ ", "Căn cứ ", "\n", " ", "**", "A", "O1l", "và, ",
    "quyết định 12/QĐ-UBND về ", "Chỉ thị 12 và 13, 14 ", "theo Công văn ngày 15/4/2034 của Ban ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_texts_take_time_in_proportion_to_their_length(piece: str) -> None:
    def cost(length: int) -> float:
        text = piece * (length // len(piece))
        plain = matching(text)
        best = 9.0
        for _ in range(2):
            start = perf_counter()
            find_citations(text, plain)
            best = min(best, perf_counter() - start)
        return best

    small, large = cost(6_000), cost(60_000)
    # Ten times the text, ten times the work, with room for a busy machine; a square would be a hundred times.
    assert large < 30 * small + 0.05
