"""Papers as sites, converters and narrow columns lay them out: broken cells, lost lines, furniture above."""

from __future__ import annotations

import pytest

from nhipcau.reading.findings import Document
from nhipcau.reading.names import normal_case
from tests.reading.frames import read

DECISION = (
    "ỦY BAN NHÂN DÂN\nTỈNH SÔNG NGÂN\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\n---------------\nSố: 71/2031/QĐ-UBND\n"
    "Sông Ngân, ngày 19 tháng 6 năm 2031\n\nQUYẾT ĐỊNH\n"
    "BAN HÀNH QUY CHẾ ĐÓN TIẾP ĐOÀN KHÁCH TRÊN ĐỊA BÀN TỈNH SÔNG NGÂN\n"
    "ỦY BAN NHÂN DÂN TỈNH SÔNG NGÂN\nCăn cứ Luật Hữu nghị ngày 02 tháng 3 năm 2030;\n"
    "QUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo Quyết định này Quy chế đón tiếp đoàn khách.\n"
    "Điều 2. Giám đốc Sở Ngoại vụ chịu trách nhiệm thi hành Quyết định này./.\n"
)
REGULATION = (
    "QUY CHẾ\nĐÓN TIẾP ĐOÀN KHÁCH TRÊN ĐỊA BÀN TỈNH SÔNG NGÂN\n"
    "(Ban hành kèm theo Quyết định số 71/2031/QĐ-UBND ngày 19 tháng 6 năm 2031 của Ủy ban nhân dân tỉnh)\n"
    "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi điều chỉnh\n1. Quy chế này quy định việc đón tiếp.\n"
)


def values(document: Document) -> dict[str, object]:
    """The header of a document as plain values, without what is not printed."""
    header = document.header
    named = {name: getattr(header, name) for name in header.__dataclass_fields__}
    return {
        name: tuple(one.value for one in found)
        if isinstance(found, tuple)
        else getattr(found, "value", found)
        for name, found in named.items()
        if found
    }


def test_decision_that_breaks_off_has_no_end() -> None:
    """A paper that ends at its closing mark is read all the same: no signer stands there."""
    (document,) = read(DECISION).documents
    assert document.header.signer is None


def test_decision_and_the_regulation_issued_with_it_are_two_documents() -> None:
    """The operative "QUYẾT ĐỊNH:" over Article 1 divides nothing; the regulation under the end does."""
    decision, regulation = read(DECISION + REGULATION).documents
    assert values(decision)["type"] == "Quyết định"
    assert values(decision)["subject"] == "BAN HÀNH QUY CHẾ ĐÓN TIẾP ĐOÀN KHÁCH TRÊN ĐỊA BÀN TỈNH SÔNG NGÂN"
    assert values(regulation) == {
        "type": "Quy chế",
        "subject": "ĐÓN TIẾP ĐOÀN KHÁCH TRÊN ĐỊA BÀN TỈNH SÔNG NGÂN",
    }


def test_regulation_whose_type_line_went_lost_is_a_document_of_its_own() -> None:
    """Some sites drop the line "QUY CHẾ"; "(Ban hành kèm theo ...)" under capitals still tells."""
    documents = read(DECISION + REGULATION.removeprefix("QUY CHẾ\n")).documents
    assert len(documents) == 2


def test_decision_without_its_motto_and_the_regulation_issued_with_it() -> None:
    """A frame cut off above the type line does not keep the two together."""
    documents = read(DECISION[DECISION.index("QUYẾT ĐỊNH") :] + REGULATION).documents
    assert [values(one)["type"] for one in documents] == ["Quyết định", "Quy chế"]


# A letterhead in narrow cells, as sites of laws print it: one word alone in its line.
NARROW = (
    "ỦY\nBAN NHÂN DÂN\nTỈNH SÔNG NGÂN\n-------\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\n---------------\n|\nSố:\n71/2031/QĐ-UBND\n|\n"
    "Sông\nNgân, ngày 19 tháng 6\nnăm 2031\n|\nQUYẾT ĐỊNH\n"
    "VỀ\nVIỆC XÉT, CHO PHÉP CÁC ĐOÀN KHÁCH VÀ NHIỆM VỤ CỦA\nSỞ NGOẠI VỤ\nỦY BAN NHÂN DÂN TỈNH\n"
    "Căn\ncứ Luật Hữu nghị ngày 02 tháng 3 năm 2030;\nQUYẾT ĐỊNH:\n"
    "Điều 1.\nBan hành kèm theo Quyết định này Quy chế đón tiếp.\n"
    "Nơi nhận:\n- Sở Ngoại vụ;\n- Lưu: VT.\n|\nTM.\nỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLò Văn Inh\n|\n"
)


def test_words_alone_in_their_line_belong_to_the_next_one() -> None:
    """What a narrow cell broke is read as one: issuer, motto, number, place and day, power to sign."""
    (document,) = read(NARROW).documents
    assert values(document) == {
        "issuer": "Ủy ban nhân dân tỉnh Sông Ngân",
        "number": "71/2031/QĐ-UBND",
        "type": "Quyết định",
        "date": "2031-06-19",
        "place": "Sông Ngân",
        "subject": "VỀ VIỆC XÉT, CHO PHÉP CÁC ĐOÀN KHÁCH VÀ NHIỆM VỤ CỦA SỞ NGOẠI VỤ",
        "signer": "Lò Văn Inh",
        "signer_title": "Chủ tịch",
        "recipients": ("Sở Ngoại vụ",),
    }


CARD = (
    "Quyết định 71/2031/QĐ-UBND về Quy chế đón tiếp đoàn khách trên địa bàn tỉnh Sông Ngân do Ủy ban nhân "
    "dân tỉnh Sông Ngân ban hành\nSố hiệu: | 71/2031/QĐ-UBND | Loại văn bản: | Quyết định |\n"
    "Ngày ban hành: | 19/06/2031 | Ngày hiệu lực: | Đang cập nhật |\n\n"
)


def test_what_a_site_prints_above_a_paper_changes_no_header() -> None:
    """Title, card and notes of a site of laws stand above the letterhead and are none of it."""
    (posted,) = read(CARD + DECISION).documents
    (plain,) = read(DECISION).documents
    assert (posted.kind, values(posted)) == (plain.kind, values(plain))


def test_subject_goes_on_after_a_comma_in_small_letters() -> None:
    """A title over three lines may hold a body's name at the start of a line."""
    (document,) = read(
        "KẾ HOẠCH\nTổ chức hội nghị các cấp, tiến tới Đại hội đại biểu\nHội Hữu nghị Sông Ngân lần thứ V,\n"
        "nhiệm kỳ 2031 - 2036\nCăn cứ Điều lệ Hội, Ban Thường vụ xây dựng kế hoạch như sau:\n"
    ).documents
    assert document.header.subject is not None
    assert document.header.subject.value.endswith("nhiệm kỳ 2031 - 2036")


LOST = (
    "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n"
    "Số: 71/{code}-UBND | Sông Ngân, ngày 19 tháng 6 năm 2031 |\n"
)


def test_type_and_title_are_told_by_number_and_capitals_where_the_type_line_went_lost() -> None:
    """The code in the number says what the paper is; the capitals under it are its title."""
    (document,) = read(
        LOST.format(code="KH") + "CÔNG TÁC HỮU NGHỊ TỈNH SÔNG NGÂN NĂM 2032\n"
        "Thực hiện chương trình năm, Ủy ban nhân dân tỉnh Sông Ngân ban hành kế hoạch như sau:\n1. Mục tiêu\n"
    ).documents
    found = values(document)
    assert (found["type"], found["subject"]) == ("Kế hoạch", "CÔNG TÁC HỮU NGHỊ TỈNH SÔNG NGÂN NĂM 2032")
    assert found["issuer"] == "Ủy ban nhân dân tỉnh Sông Ngân"


def test_lost_second_line_of_a_letterhead_is_made_good_by_who_decides() -> None:
    """The line in capitals over the grounds names the whole body."""
    (document,) = read(
        LOST.format(code="QĐ")
        + "BAN HÀNH QUY ĐỊNH ĐÓN TIẾP ĐOÀN KHÁCH\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SÔNG NGÂN\n"
        "Căn cứ Luật Hữu nghị ngày 02 tháng 3 năm 2030;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành quy định.\n"
    ).documents
    assert values(document)["issuer"] == "Ủy ban nhân dân tỉnh Sông Ngân"
    assert values(document)["subject"] == "BAN HÀNH QUY ĐỊNH ĐÓN TIẾP ĐOÀN KHÁCH"


UNFRAMED = (
    "KẾ HOẠCH\nTổ chức ngày hội hữu nghị\nThực hiện chương trình năm, {body} ban hành kế hoạch như sau:\n"
)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Ủy ban nhân dân tỉnh", "state"),
        ("Ban Thường vụ Tỉnh ủy", "party"),  # not for "Tỉnh ủy" alone
        ("Ban Chấp hành Thành đoàn Sông Ngân", "front"),  # a union's committee, not the Party's
        ("Ban Thường trực Ủy ban MTTQ tỉnh", "front"),
    ],
)
def test_who_issues_a_paper_without_a_frame_tells_its_kind(body: str, kind: str) -> None:
    """A plan posted without its letterhead says in its first sentence who issues it."""
    (document,) = read(UNFRAMED.format(body=body)).documents
    assert document.kind == kind
    assert document.header.issuer is None  # said in the text, printed in no letterhead


def test_number_with_any_letter() -> None:
    """Numbers that were given out twice bear a letter: "14n/2031/NQ-HĐND"."""
    (document,) = read(DECISION.replace("71/2031/QĐ-UBND", "71n/ 2031/QĐ-UBND")).documents
    assert values(document)["number"] == "71n/2031/QĐ-UBND"


ENDINGS: list[tuple[str, str | None, tuple[str, ...]]] = [
    (
        (
            "Nơi nhận: - Như trên;\n- VPCP: BTCN, các PCN; các Vụ: TH, NC;\n- Lưu: VT.\n\n"
            "BỘ TRƯỞNG, CHỦ NHIỆM\nLò Văn Inh\n"
        ),
        "Bộ trưởng, Chủ nhiệm",  # one post of two words, not two columns
        ("VPCP: BTCN, các PCN; các Vụ: TH, NC",),  # one office with its parts
    ),
    (
        (
            "Nơi nhận:- Như trên;\n- VPCP: BTCN;\nVụ TH; Cổng TTĐT;\n- Lưu: VT.\n"
            "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNGLò Văn Inh\n"
        ),
        "Thứ trưởng",  # the post was run into the name
        ("VPCP: BTCN", "Vụ TH", "Cổng TTĐT"),  # a line of the list lost its dash
    ),
    (
        (
            "Nơi nhận:\n- Ông (bà) có tên tại Điều 1;\n"
            "- Sở Tài chính, Sở Nội vụ, Công an tỉnh và UBND các xã;\n"
            "- Lưu: VT.\nGIÁM ĐỐC\nLò Văn Inh\n"
        ),
        "Giám đốc",
        # "(bà)" is no remark; what stands on one line is one entry
        ("Ông (bà) có tên tại Điều 1", "Sở Tài chính, Sở Nội vụ, Công an tỉnh và UBND các xã"),
    ),
]


@pytest.mark.parametrize(("end", "post", "recipients"), ENDINGS)
def test_end_of_a_paper(end: str, post: str | None, recipients: tuple[str, ...]) -> None:
    """Posts and copies lists as offices write them."""
    found = values(read(DECISION + end).documents[0])
    assert (found["signer"], found["signer_title"]) == ("Lò Văn Inh", post)
    assert found["recipients"] == recipients


# (text, kind, day, title) of posted reports. The comment says why it is here.
REPORTS: list[tuple[str, str, str | None, str | None]] = [
    (
        (
            "Hội nghị phổ biến công tác hữu nghị\n(SNO) – Sáng ngày 24/11/2031, Hội Hữu nghị tổ chức hội "
            "nghị phổ biến công tác hữu nghị.\n"
        ),
        "news",  # a dateline with a dash, under the title
        None,
        "Hội nghị phổ biến công tác hữu nghị",
    ),
    (
        (
            "Kế hoạch hữu nghị năm 2032\nLượt xem: 29\n\n(songngan.example.vn) UBND tỉnh vừa ký ban hành kế "
            "hoạch công tác hữu nghị năm 2032 trên địa bàn tỉnh.\n"
        ),
        "news",  # the site's own name as dateline
        None,
        "Kế hoạch hữu nghị năm 2032",
    ),
    (
        (
            "Ngày 26/12, tại Sông Ngân, Hội Hữu nghị đã tổ chức lễ tổng kết công tác năm với sự tham gia của "
            "đông đảo hội viên trong toàn tỉnh.\nTrong năm, Hội đã tiếp nhiều đoàn khách đến thăm, làm việc, "
            "Chủ tịch Hội cho biết tại buổi lễ tổng kết.\n\nL.Inh\n"
        ),
        "news",  # headless, told by opening, words and initials
        None,
        None,
    ),
    (
        (
            "Thứ Bảy, 22/9/2032\nĐổi mới công tác thông tin hữu nghị trong tình hình mới\n"
            "10/10/2031 21:21' Gửi bài này In bài này\n\nNhững kết quả chính của công tác thông tin.\n"
        ),
        "news",
        "2031-10-10",  # not today's day, which the site prints above
        "Đổi mới công tác thông tin hữu nghị trong tình hình mới",
    ),
    (
        (
            "UBND tỉnh vừa ban hành Kế hoạch số 71/KH-UBND ngày 11/9/2031 về công tác hữu nghị năm 2032.\n\n"
            "Ảnh minh họa.\n\nKế hoạch nhằm triển khai các hoạt động hữu nghị trên địa bàn tỉnh và các xã, "
            "phường.\n\nLượt xem: 34\n"
        ),
        "news",
        None,
        None,  # neither a sentence with its full stop nor a caption is a title
    ),
]


@pytest.mark.parametrize(("text", "kind", "day", "title"), REPORTS)
def test_posted_reports(text: str, kind: str, day: str | None, title: str | None) -> None:
    """Reports as sites post them, with little or nothing of a frame."""
    (document,) = read(text).documents
    assert document.kind == kind
    assert (values(document).get("date"), values(document).get("subject")) == (day, title)


# (sentence, surfaces of its figures). The comment says why it is here.
PROSE: list[tuple[str, list[str]]] = [
    ("Có 75 dự án/khoản viện trợ.", ["75 dự án"]),  # two nouns for one count
    ("Cấp 1.200 suất học bổng.", ["1.200 suất"]),  # "Cấp" is a verb here: no level is a thousand
    ("Do 33 TCPCPNN tài trợ.", ["33 TCPCPNN"]),  # a noun in capitals
    ("Trao 02 xe ôtô.", ["02 xe ôtô"]),  # spelt in one word
    ("Đạt 7 tỷ đô trong năm.", ["7 tỷ đô"]),  # dollars, as people say
    ("Vào top 10 quốc gia đón nhiều khách.", []),  # a rank
    ("Mức ăn là 800.000 đồng/ngày/người.", []),  # what may be spent
    ("Mức quà không quá 400.000 đồng/người.", []),
    ("Thu nhập là 65 triệu đồng/người/năm.", ["65 triệu đồng"]),  # what people earn
]


@pytest.mark.parametrize(("sentence", "surfaces"), PROSE)
def test_figures_of_real_prose(sentence: str, surfaces: list[str]) -> None:
    """Amounts for each head and day are norms; odd spellings of a noun still count."""
    (document,) = read(f"BÁO CÁO\nVề công tác năm\n\nI. KẾT QUẢ\n{sentence}\n").documents
    assert [one.surface for one in document.figures] == surfaces


@pytest.mark.parametrize(
    "text",
    [
        # A title in capitals over several lines cites the plan that the first sentence cites again.
        (
            "CHƯƠNG TRÌNH\nTHỰC HIỆN KẾ HOẠCH SỐ 71-KH/TU NGÀY 24 THÁNG 8 NĂM 2031 CỦA TỈNH ỦY VỀ "
            "VIỆC TRIỂN\nKHAI CỦNG CỐ TÌNH HỮU NGHỊ\n"
            "Căn cứ Kế hoạch số 71-KH/TU ngày 24 tháng 8 năm 2031 của Tỉnh ủy về việc triển khai củng cố "
            "tình hữu nghị, Ủy ban nhân dân tỉnh ban hành chương trình như sau:\n"
        ),
        # A site's stamp has the month first.
        "Kế hoạch hữu nghị\n • Thời gian đăng: 6/25/2031 4:16:54 PM\n • Nội dung\n" + DECISION,
    ],
)
def test_no_false_alarm(text: str) -> None:
    """What a layout does to titles and stamps is no fault of the paper."""
    assert [one for document in read(text).documents for one in document.anomalies] == []


@pytest.mark.parametrize(
    ("surface", "number"),
    [
        ("công văn số 5486 BTC-QLN ngày 02 tháng 11 năm 2029", "5486/BTC-QLN"),  # the first mark was lost
        ("Công văn số 291 BKH/KTĐN ngày 10 tháng 3 năm 2023", "291-BKH/KTĐN"),
        ("Công văn số 12", "12"),  # "UBND tỉnh" after it is who sent it
    ],
)
def test_dispatches_without_the_first_mark(surface: str, number: str) -> None:
    """A dispatch has no code of a type; its number may stand apart from its symbol."""
    (document,) = read(f"BÁO CÁO\nVề công tác năm\n\nTheo {surface} UBND tỉnh đã gửi.\n").documents
    assert [(one.surface, one.number) for one in document.citations] == [(surface, number)]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("UBND TỈNH HÒA BÌNH", "UBND tỉnh Hòa Bình"),  # a place, though "hòa bình" is a word elsewhere
        ("THƯỜNG TRỰC HĐND TỈNH SÔNG NGÂN", "Thường trực HĐND tỉnh Sông Ngân"),
    ],
)
def test_names_that_are_also_words(printed: str, name: str) -> None:
    """What follows a place word is its name."""
    assert normal_case(printed) == name


def test_paper_posted_under_the_words_of_a_site() -> None:
    """A site introduces a programme whose letterhead it drops: the programme is what is read."""
    (document,) = read(
        "TIN HOẠT ĐỘNG\n\nNhằm thực hiện thắng lợi nghị quyết của đại hội, Ủy ban MTTQ tỉnh xây dựng chương "
        "trình công tác toàn khóa với những phần việc cụ thể.\n\n"
        "CHƯƠNG TRÌNH\n\nHoạt động toàn khóa\n\n-----\n\n"
        "Căn cứ Điều lệ Mặt trận;\n\nỦy ban MTTQ Việt Nam tỉnh Sông Ngân khóa V, nhiệm kỳ 2031 – 2036 xây "
        "dựng chương trình cụ thể như sau:\n\nI. NỘI DUNG\n"
    ).documents
    assert (document.kind, values(document)["subject"]) == ("front", "Hoạt động toàn khóa")
