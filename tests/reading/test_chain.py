"""Edges between papers: what is printed, what is shown, and what is asked instead of guessed."""

from __future__ import annotations

import pytest

from nhipcau.reading.chain import ChainPaper, Edge, papers_of, propose_edges
from nhipcau.reading.findings import Source
from nhipcau.reading.reader import read_text


def paper(name: str, text: str) -> tuple[ChainPaper, ...]:
    return papers_of(read_text(text, Source(name, "text/plain", len(text), "")))


def party(body: str, number: str, day: str, kind: str, title: str, text: str) -> str:
    """A Party paper in its frame; ``day`` as "15 tháng 4 năm 2034"."""
    return (
        f"{body}\n*\nSố {number}\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\nBến Trúc, ngày "
        f"{day}\n\n{kind}\n{title}\n-----\n\n"
        f"{text}\n\nNơi nhận:\n- Như trên,\n- Lưu Văn phòng.\n\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nĐỗ Văn Mẫu\n"
    )


CENTRE = party(
    "BAN CHẤP HÀNH TRUNG ƯƠNG", "97-CT/TW", "15 tháng 4 năm 2034", "CHỈ THỊ",
    "về mở rộng giao lưu nhân dân với các nước", "Ban Bí thư yêu cầu các cấp ủy đổi mới giao lưu.",
)  # fmt: skip
PROVINCE = party(
    "TỈNH ỦY BẾN TRÚC", "31-CT/TU", "20 tháng 6 năm 2034", "CHỈ THỊ",
    "về mở rộng giao lưu nhân dân với các nước", (
        "Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy tổ chức thực hiện."
    ),
)  # fmt: skip


def district(text: str, day: str = "02 tháng 8 năm 2034") -> str:
    return party("HUYỆN ỦY TÂY BÌNH", "44-KH/HU", day, "KẾ HOẠCH", "giao lưu nhân dân năm 2034", text)


def news(text: str, day: str = "25/06/2034") -> str:
    return f"Tin giao lưu\n\n08:30, {day}\n\n{text}\n\nBình luận\n"


def edges(*texts: str) -> tuple[Edge, ...]:
    return propose_edges([one for index, text in enumerate(texts) for one in paper(f"{index}.txt", text)])


def brief(found: tuple[Edge, ...]) -> list[str]:
    """Each edge as "derived relation source (strength)"."""
    return [
        f"{e.derived.number or e.derived.file} {e.relation} {e.source.number or e.source.file} ({e.strength})"
        for e in found
    ]


PRINTED = [
    ("Căn cứ Chỉ thị số 31-CT/TU, ngày 20/6/2034 của Tỉnh ủy,", "basis"),
    (
        "Thực hiện Chỉ thị số 31-CT/TU, ngày 20/6/2034, Ban Thường vụ Huyện ủy xây dựng kế hoạch:",
        "implements",
    ),
    ("Thực hiện ý kiến của Thường trực Tỉnh ủy tại Chỉ thị số 31-CT/TU,", "implements"),
    ("Kế hoạch này thay thế Chỉ thị số 31-CT/TU.", "replaces"),
]


@pytest.mark.parametrize(("text", "relation"), PRINTED)
def test_printed_words_draw_a_printed_edge(text: str, relation: str) -> None:
    found = edges(district(text))
    assert brief(found) == [f"44-KH/HU {relation} 31-CT/TU (printed)"]


@pytest.mark.parametrize(
    "text",
    [
        "Các chi bộ nghiên cứu Chỉ thị số 31-CT/TU.",  # a mention
        "Yêu cầu:\n1. Các chi bộ thực hiện Chỉ thị số 31-CT/TU.",  # work given to others
        "Sau 10 năm thực hiện Chỉ thị số 31-CT/TU, huyện đã có kết quả.",  # told, not done
        "Huyện có tham khảo số liệu nêu trong Chỉ thị số 31-CT/TU.",
        "Thực hiện nhiệm vụ năm 2034 của huyện đã đề ra, tiếp tục học tập theo Chỉ thị số 31-CT/TU.",
    ],
)
def test_a_mention_draws_no_edge(text: str) -> None:
    assert edges(district(text)) == ()


def test_an_edge_carries_its_reason_its_place_and_both_ends() -> None:
    text = district("Căn cứ Chỉ thị số 31-CT/TU, ngày 20/6/2034 của Tỉnh ủy Bến Trúc,")
    (edge,) = edges(text, PROVINCE)
    assert (edge.derived.number, edge.derived.date, edge.derived.file) == ("44-KH/HU", "2034-08-02", "0.txt")
    assert (edge.source.number, edge.source.date, edge.source.file) == ("31-CT/TU", "2034-06-20", "1.txt")
    assert text[slice(*edge.span)] == "Chỉ thị số 31-CT/TU, ngày 20/6/2034"
    assert "Căn cứ Chỉ thị số 31-CT/TU" in edge.reason
    assert edge.told_in == "0.txt"
    assert edge.ask is None


def test_one_pair_has_one_edge() -> None:
    text = "Căn cứ Chỉ thị số 31-CT/TU, ngày 20/6/2034;\nThực hiện Chỉ thị số 31-CT/TU,"
    assert brief(edges(district(text), PROVINCE)) == ["44-KH/HU basis 31-CT/TU (printed)"]


def test_the_same_title_at_a_lower_level_and_a_later_day_is_inferred() -> None:
    found = edges(CENTRE, PROVINCE)
    assert brief(found) == ["31-CT/TU implements 97-CT/TW (inferred)"]
    assert "66 ngày" in found[0].reason


def test_no_title_edge_upwards_or_back_in_time() -> None:
    early = PROVINCE.replace("20 tháng 6 năm 2034", "20 tháng 6 năm 2033")
    assert edges(CENTRE, early) == ()


def test_no_title_edge_where_a_word_ties_the_paper_already() -> None:
    tied = PROVINCE.replace("Ban Thường vụ Tỉnh ủy yêu cầu", "Thực hiện Chỉ thị số 97-CT/TW, Tỉnh ủy yêu cầu")
    assert brief(edges(CENTRE, tied)) == ["31-CT/TU implements 97-CT/TW (printed)"]


def test_titles_told_by_others_count_like_titles_printed() -> None:
    told = (
        "Ban Thường vụ Tỉnh ủy đã ban hành Chỉ thị 31-CT/TU ngày 20/6/2034 về mở rộng giao lưu nhân "
        "dân với các nước."
    )
    found = edges(CENTRE, news(told))
    assert brief(found) == ["1.txt reports 31-CT/TU (printed)", "31-CT/TU implements 97-CT/TW (inferred)"]


def test_an_issuer_that_is_not_placed_is_asked() -> None:
    found = edges(news("Ban Thường vụ Tỉnh ủy đã ban hành Chỉ thị 31-CT/TU ngày 20/6/2034 về giao lưu."))
    assert found[0].source.issuer == "Ban Thường vụ Tỉnh ủy"
    assert found[0].ask is not None
    assert "“Ban Thường vụ Tỉnh ủy” là của địa phương nào?" in found[0].ask


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ban Bí thư vừa có Chỉ thị số 97-CT/TW về giao lưu.", ["0.txt reports 97-CT/TW (printed)"]),
        ("Chỉ thị số 97-CT/TW vừa được Ban Bí thư ban hành nêu rõ.", ["0.txt reports 97-CT/TW (printed)"]),
        ("Hội nghị đã quán triệt Chỉ thị số 97-CT/TW.", []),  # a mention
        ("Ban Bí thư đã ban hành Chỉ thị số 97-CT/TW ngày 15/4/2030.", []),  # background, years ago
    ],
)
def test_a_news_report_reports_what_has_just_come_out(text: str, expected: list[str]) -> None:
    assert brief(edges(news(text))) == expected


def test_a_guidance_beside_a_directive_guides_it() -> None:
    text = (
        "Các đơn vị phổ biến Chỉ thị số 97-CT/TW của Ban Bí thư, Hướng dẫn số 83-HD/BTGTW ngày "
        "18/5/2034 của Ban Tuyên giáo Trung ương."
    )
    assert brief(edges(news(text))) == ["83-HD/BTGTW guides 97-CT/TW (inferred)"]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Các đơn vị phổ biến Chỉ thị số 97-CT/TW về giao lưu; Hướng dẫn số 83-HD/BTGTW về văn nghệ."
        ),  # two matters
        (
            "Các đơn vị phổ biến Kết luận số 20-KL/TW, Chỉ thị số 97-CT/TW, Hướng dẫn số 83-HD/BTGTW."
        ),  # which of two?
        (
            "Các đơn vị phổ biến Chỉ thị số 31-CT/TU của Tỉnh ủy, Hướng dẫn số 83-HD/BTGTW."
        ),  # guidance from above
    ],
)
def test_a_guidance_elsewhere_guides_nothing(text: str) -> None:
    assert edges(news(text)) == ()


OUTLINE = """ĐỀ CƯƠNG
Tuyên truyền Chỉ thị số 97-CT/TW, ngày 15/4/2034 của Ban Bí thư về mở rộng giao lưu nhân dân

I. QUÁ TRÌNH

Đảng ta đã ban hành nhiều văn bản chỉ đạo: (1) Quyết định số 36-QĐ/TW, ngày 07/10/1999 về tổ chức; (2)
Chỉ thị số 52-CT/TW, ngày 20/9/2009 về giao lưu; (3) Nghị quyết Đại hội XVI nêu rõ.

Sau 10 năm thực hiện Chỉ thị số 58-CT/TW, ngày 06/7/2024, giao lưu đã phát triển.

II. NỘI DUNG

Các đơn vị xem thêm Chỉ thị số 60-CT/TW, ngày 06/9/2025 về an toàn thực phẩm.
"""


def test_predecessors_told_in_a_paper_about_a_directive() -> None:
    found = [e for e in edges(OUTLINE) if e.relation == "predecessor"]
    assert [(e.derived.number, e.source.number, e.strength) for e in found] == [
        ("97-CT/TW", "36-QĐ/TW", "inferred"),
        ("97-CT/TW", "52-CT/TW", "inferred"),
        ("97-CT/TW", "58-CT/TW", "inferred"),
    ]


def test_one_number_of_two_terms_is_two_documents() -> None:
    older = CENTRE.replace("năm 2034", "năm 2027").replace("mở rộng giao lưu nhân dân", "phòng cháy rừng")
    found = edges(CENTRE, older, district("Thực hiện Chỉ thị số 97-CT/TW, ngày 15/4/2034,"))
    assert [edge.source.file for edge in found] == ["0.txt"]
    found = edges(CENTRE, older, district("Thực hiện Chỉ thị số 97-CT/TW, Huyện ủy xây dựng kế hoạch"))
    assert [edge.source.file for edge in found] == ["0.txt"]  # the nearest earlier one of the one centre
    assert "gần nhất" in found[0].reason


def test_one_number_of_two_provinces_is_asked() -> None:
    other = PROVINCE.replace("BẾN TRÚC", "HẠ VÂN").replace("20 tháng 6", "12 tháng 6")
    (edge,) = edges(
        PROVINCE, other, district("Thực hiện Chỉ thị số 31-CT/TU của Tỉnh ủy, Huyện ủy xây dựng")
    )[-1:]
    assert (edge.source.number, edge.source.file, edge.source.date) == ("31-CT/TU", None, None)
    assert edge.ask is not None


def test_a_named_province_decides_between_two() -> None:
    other = PROVINCE.replace("BẾN TRÚC", "HẠ VÂN").replace("20 tháng 6", "12 tháng 6")
    found = edges(
        PROVINCE, other, district("Thực hiện Chỉ thị số 31-CT/TU của Tỉnh ủy Hạ Vân, Huyện ủy xây dựng")
    )
    assert [edge.source.file for edge in found if edge.derived.number == "44-KH/HU"] == ["1.txt"]


def test_a_short_mention_is_the_only_document_of_its_number() -> None:
    found = edges(CENTRE, district("Thực hiện Chỉ thị 97 của Ban Bí thư, Huyện ủy xây dựng kế hoạch"))
    assert [edge.source.file for edge in found] == ["0.txt"]
    assert "chỉ ghi số 97" in found[0].reason


ATTACHED = """
ĐỀ CƯƠNG
Tuyên truyền về giao lưu
(Ban hành kèm theo Công văn số 203-CV/HU, ngày 05/5/2034
của Huyện ủy)

I. KHÁI NIỆM
Giao lưu là quan hệ.

II. NHIỆM VỤ
1. Xây dựng.
2. Vận động.

BAN TUYÊN GIÁO TỈNH ỦY BẾN TRÚC
"""


def test_a_text_issued_with_a_dispatch_is_attached_to_it() -> None:
    body, day = "HUYỆN ỦY TÂY BÌNH", "05 tháng 5 năm 2034"
    text = party(body, "203-CV/HU", day, "", "Sao gửi Đề cương", "Huyện ủy sao gửi Đề cương.") + ATTACHED
    (edge,) = edges(text)
    assert (edge.relation, edge.derived.number, edge.source.number) == ("attached_to", None, "203-CV/HU")
    assert edge.derived.file == edge.source.file == "0.txt"
    assert edge.derived.issuer == "Ban Tuyên giáo Tỉnh ủy Bến Trúc"


def test_no_paper_derives_from_itself() -> None:
    assert edges(PROVINCE.replace("yêu cầu", "ban hành Chỉ thị số 31-CT/TU; yêu cầu")) == ()


def test_nothing_comes_of_nothing() -> None:
    assert propose_edges([]) == ()
