"""Assignments: who leads, who supports, what is to be done and by when."""

from __future__ import annotations

import pytest

from nhipcau.reading import text as texts
from nhipcau.reading.assignments import find_assignments
from nhipcau.reading.deadlines import find_deadlines
from nhipcau.reading.findings import Assignment
from nhipcau.reading.tables import load
from tests.reading.frames import read


def assignments(raw: str) -> tuple[Assignment, ...]:
    text = texts.normalise(raw)
    plain = texts.matching(text)
    due = find_deadlines(text, plain, (0, len(text)), issued="2026-01-20")
    return find_assignments(text, plain, (0, len(text)), deadlines=due)


@pytest.mark.parametrize(
    ("raw", "lead", "supporting"),
    [
        (
            "\n1. Sở Ngoại vụ chủ trì, phối hợp với Sở Tài chính và Công an tỉnh rà soát các thỏa thuận.",
            "Sở Ngoại vụ",
            ("Sở Tài chính", "Công an tỉnh"),
        ),
        # "và" and commas inside names do not cut them
        (
            "\n- Sở Y tế chủ trì, phối hợp với Sở Kế hoạch và Đầu tư, Phòng Chính trị, tư tưởng hướng dẫn.",
            "Sở Y tế",
            ("Sở Kế hoạch và Đầu tư", "Phòng Chính trị, tư tưởng"),
        ),
        # "tổ chức" in a name is no verb
        (
            "\nĐề nghị Liên hiệp các tổ chức hữu nghị tỉnh chủ trì xây dựng danh mục.",
            "Liên hiệp các tổ chức hữu nghị tỉnh",
            (),
        ),
        ("\nGiao Văn phòng Tỉnh ủy theo dõi, đôn đốc.", "Văn phòng Tỉnh ủy", ()),
        ("\nPhòng Kinh tế chịu trách nhiệm san gạt mặt đường.", "Phòng Kinh tế", ()),
        ("\nSở Ngoại\nvụ chủ trì đón đoàn.", "Sở Ngoại vụ", ()),
        ("họp bàn, giao Sở Nội vụ chủ trì hoàn thiện hồ sơ.", "Sở Nội vụ", ()),
    ],
)
def test_a_body_leads_and_others_support(raw: str, lead: str, supporting: tuple[str, ...]) -> None:
    (found,) = assignments(raw)
    assert (found.lead, found.supporting) == (lead, supporting)


def test_the_duties_under_a_bodys_name_are_its_own() -> None:
    found = assignments(
        "\nIII. TỔ CHỨC THỰC HIỆN\n1. Sở Ngoại vụ:\n- Chủ trì, phối hợp với Sở Nội vụ xây dựng kế hoạch.\n"
        "- Theo dõi việc thực hiện.\n2. Hội Nông dân tỉnh: Vận động hội viên tham gia.\n"
    )
    assert [(item.lead, item.supporting, item.task) for item in found] == [
        ("Sở Ngoại vụ", ("Sở Nội vụ",), "xây dựng kế hoạch"),
        ("Sở Ngoại vụ", (), "Theo dõi việc thực hiện"),
        ("Hội Nông dân tỉnh", (), "Vận động hội viên tham gia"),
    ]


def test_the_deadline_inside_the_clause_is_its_own() -> None:
    raw = "\n1. Gửi trước ngày 01/3/2026.\n2. Sở Ngoại vụ tổng hợp, hoàn thành trước ngày 15/3/2026."
    (found,) = assignments(raw)
    assert (found.lead, found.deadline) == ("Sở Ngoại vụ", 1)


@pytest.mark.parametrize(
    "raw",
    [
        "\nSở Ngoại vụ đã chủ trì, phối hợp với Sở Nội vụ tổ chức hội nghị.",  # done
        "\nNơi nhận:\n- Thường trực Tỉnh ủy (để báo cáo);\n",
        "\nĐiều 3. Văn phòng và các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này.",
        "\nIV. KIẾN NGHỊ\nĐề nghị Bộ Ngoại giao hướng dẫn mẫu.",  # asked of those above
        "\nBáo cáo năm gửi Sở trước ngày 18/12/2026.",  # a report is no body
        "\nTổ chức hội nghị trước ngày 18/12/2026.",
        "\n- Sở Ngoại vụ tổ chức 12 hội nghị.",  # tells what was done
    ],
)
def test_what_gives_no_work_is_none(raw: str) -> None:
    assert assignments(raw) == ()


def test_a_news_report_tells_requests_and_gives_none() -> None:
    text = "\nĐề nghị Sở Nội vụ sửa đổi quy chế."
    assert len(find_assignments(text, text, (0, len(text)))) == 1
    assert find_assignments(text, text, (0, len(text)), kind="news") == ()


@pytest.mark.parametrize("row", load.rows("works"), ids=lambda row: row["verb"])
def test_every_verb_ends_the_name_of_the_body_in_its_example(row: dict[str, str]) -> None:
    """Under a heading of duties each example is an assignment whose lead ends before the verb."""
    (found,) = assignments(f"\nIII. TỔ CHỨC THỰC HIỆN\n1. {row['example']}.")
    assert found.lead == row["example"].partition(f" {row['verb']}")[0].removesuffix(" chủ động")


@pytest.mark.parametrize("row", load.rows("bodies"), ids=lambda row: row["head"])
def test_every_beginning_of_a_name_is_read_in_its_example(row: dict[str, str]) -> None:
    (found,) = assignments(f"\n{row['example'][0].upper()}{row['example'][1:]}.")
    assert found.lead is not None
    assert found.lead.startswith(row["head"])


def test_a_heading_of_requests_takes_the_work_away() -> None:
    """What a report asks of those above it under "Kiến nghị" or "4. Đề nghị" is no work given."""
    asked = "\nĐề nghị Sở Ngoại vụ mở lớp bồi dưỡng nghiệp vụ trước ngày 30/6/2026.\n"
    for heading in ("\nD- KIẾN NGHỊ", "\n4. Đề nghị", "\nIII. ĐỀ XUẤT"):
        assert assignments(f"{heading}{asked}") == ()
    assert len(assignments(asked)) == 1


def test_results_and_delegations_are_no_bodies() -> None:
    """Neither "Các khoản" nor the delegation of a decision is a body that work is given to."""
    assert assignments("\n3. Các khoản chưa phê duyệt: báo cáo rõ lý do.\n") == ()
    assert assignments("\nĐiều 2. Đoàn có trách nhiệm thực hiện đúng nội dung kế hoạch.\n") == ()


def test_a_name_with_the_word_of_a_work_in_it_is_whole() -> None:
    (found,) = assignments(
        "\n1. Hội Nông dân xã chủ trì, phối hợp với Trung tâm dịch vụ tổng hợp xã tuyển chọn hội viên."
    )
    assert found.supporting == ("Trung tâm dịch vụ tổng hợp xã",)


@pytest.mark.parametrize(
    ("raw", "lead"),
    [
        ("\n2. Ban Thường vụ giao Sở Nội vụ xây dựng quy chế trước ngày 30/6/2026.", "Sở Nội vụ"),
        ("\n2. Bộ Ngoại giao hướng dẫn thủ tục trước ngày 30/6/2026.", "Bộ Ngoại giao"),
        ("\n2. Hội Nông dân các xã nộp hồ sơ trước ngày 30/6/2026.", "Hội Nông dân các xã"),
    ],
)
def test_the_lead_is_the_body_that_works(raw: str, lead: str) -> None:
    """Who gives the work, and the verb, are no part of the name."""
    (found,) = assignments(raw)
    assert found.lead == lead


def test_requests_under_a_part_of_a_report_give_no_work() -> None:
    """A part may print its title on the next line."""
    assert assignments("\nPHẦN V\nKIẾN NGHỊ\nĐề nghị Bộ Nội vụ sửa đổi quy chế trước ngày 30/6/2026.\n") == ()


def test_bodies_that_a_dispatch_is_addressed_to_are_given_no_work_there() -> None:
    """The address runs up to the body of the letter, whose first verb is not the addressees'."""
    (document,) = read(
        "SỞ NGOẠI VỤ\nSố: 412/SNgV-LS\nV/v kiều hối\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\nSông Ngân, ngày 5 tháng 3 năm 2031\nKính gửi: Sở Tài chính các tỉnh\n"
        "Thực hiện kế hoạch năm, Sở đề nghị báo cáo trước ngày 12/9/2031.\n"
    ).documents
    assert document.assignments == ()


def test_bodies_in_the_list_of_recipients_are_given_no_work() -> None:
    """The end of a paper names bodies under a colon and with dashes, as duties are."""
    (document,) = read(
        "SỞ NGOẠI VỤ\nSố: 15/BC-SNgV\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Sông Ngân, ngày 5 tháng 3 năm 2031\nBÁO CÁO\nKết quả\n\nSở báo cáo như sau.\n\nNơi nhận:\n"
        "- Sở Nội vụ:\n- Lãnh đạo Sở;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nLò Văn Inh\n"
    ).documents
    assert document.assignments == ()
