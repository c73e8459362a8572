"""The reading page: a text with its marks, the lists beside it, the card, and the ways between them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from lxml import html

from nhipcau.records.documents.cards import FROM_HEADER
from nhipcau.records.documents.models import Paper, Part
from tests import world as cast
from tests.web.office import Office, signed_in, tree, words


def pages(office: Office) -> list[tuple[Part, html.HtmlElement]]:
    """The page of each document of each sample paper."""
    browser = signed_in(office.world.clerk)
    rows = Part.objects.filter(office=office.directive.office, paper__reading__isnull=False)
    found = []
    for part in rows.select_related("paper").order_by("id"):
        answer = browser.get(f"/van-ban/giay/{part.paper.public_id}/{part.index}/")
        assert answer.status_code == 200
        found.append((part, tree(answer)))
    return found


def read(browser: Client, text: str) -> Paper:
    """A paper of the clerk's, read by the reader itself."""
    browser.post("/van-ban/nhan/", {"files": _file(text)})
    cast.run_jobs()
    return Paper.objects.latest("pk")


def _file(text: str) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("van-ban.txt", text.encode())


def test_the_text_is_shown_whole_and_as_it_is(office: Office) -> None:
    """Marks add letters of their own, and change none of the paper's."""
    for part, page in pages(office):
        reading = part.paper.reading
        assert reading is not None
        start, end = reading["documents"][part.index]["span"]
        (shown,) = page.xpath("//*[@class='paper-text']")
        for label in shown.xpath(".//sup"):
            label.drop_tree()

        assert shown.text_content() == reading["text"][start:end]


def test_every_finding_leads_to_its_place_and_back(office: Office) -> None:
    """Each entry of a list names a mark in the text, each mark an entry or a field of the card."""
    met = set()
    for part, page in pages(office):
        ids = set(page.xpath("//@id"))
        entries = page.xpath("//ul[@class='findings']/li")
        jumps = page.xpath("//ul[@class='findings']//a[starts-with(@href, '#')]/@href")
        marks = page.xpath("//*[@class='paper-text']//a/@href")
        document = (part.paper.reading or {})["documents"][part.index]
        findings = [
            one for key in ("citations", "figures", "deadlines", "assignments") for one in document[key]
        ]

        assert len(entries) == len(jumps) == len(findings)
        assert {jump.removeprefix("#") for jump in (*jumps, *marks)} <= ids
        met |= {entry.get("class") for entry in entries}

    assert met == {"cite", "figure", "due", "task"}


def test_every_field_that_was_read_leads_to_where_it_stands(office: Office) -> None:
    for part, page in pages(office):
        header = (part.paper.reading or {})["documents"][part.index]["header"]
        found = {f"p-{name}" for name in (*FROM_HEADER.values(), "date") if header.get(name)}
        places = page.xpath("//section[contains(@class, 'card')]//a[@class='place']/@href")

        assert {place.removeprefix("#") for place in places} == found
        assert found <= set(page.xpath("//@id"))


def test_every_kind_of_mark_can_be_taken_away(office: Office) -> None:
    """A box for each kind that the lists know, with the number of its marks."""
    for part, page in pages(office):
        document = (part.paper.reading or {})["documents"][part.index]
        boxes = {
            box.get("data-hides"): words(box.getparent()).split()[-1]
            for box in page.xpath("//input[@data-hides]")
        }

        assert boxes["cite"] == str(len(document["citations"]))
        assert {"cite", "figure", "due", "task"} <= set(boxes)


def test_what_is_wrong_is_said_first_and_shown_in_its_place(office: Office, clerk: Client) -> None:
    """A citation that is younger than the paper: the warning leads to the very mark."""
    paper = read(
        clerk,
        "ỦY BAN NHÂN DÂN\nTỈNH SÔNG NGÂN\nSố: 77/KH-UBND\n\nSông Ngân, ngày 02 tháng 3 năm 2026\n\n"
        "KẾ HOẠCH\nVề giao lưu\n\nThực hiện Kế hoạch số 91/KH-UBND ngày 09/11/2026 của tỉnh.\n",
    )
    page = tree(clerk.get(f"/van-ban/giay/{paper.public_id}/"))
    (warning,) = page.xpath("//*[@aria-labelledby='warnings']//*[starts-with(@id, 'w-')]")
    (jump,) = warning.xpath(".//a/@href")
    (mark,) = page.xpath(f"//*[@id='{jump.removeprefix('#')}']")

    assert "91/KH-UBND" in words(mark)
    assert "wrong" in mark.get("class")


def test_documents_of_one_file_are_told_apart_by_tabs(office: Office, clerk: Client) -> None:
    paper = next(paper for paper in Paper.objects.order_by("id") if paper.parts.count() == 2)
    first, second = (tree(clerk.get(f"/van-ban/giay/{paper.public_id}/{index}/")) for index in (0, 1))
    here = "//*[contains(@class, 'tabs')]//a[@aria-current='page']/@href"

    assert first.xpath(here) != second.xpath(here)
    assert first.xpath("//*[contains(@class, 'tabs')]//a/@href") == second.xpath(
        "//*[contains(@class, 'tabs')]//a/@href"
    )
    assert words(first.find(".//h1")) != words(second.find(".//h1"))


def test_a_citation_of_what_is_kept_here_leads_to_it(office: Office, clerk: Client) -> None:
    paper = Paper.objects.get(attachment__name="2-huong-dan-trung-uong.txt", office=office.directive.office)
    page = tree(clerk.get(f"/van-ban/giay/{paper.public_id}/"))

    assert page.xpath(f"//ul[@class='findings']//a[@href='/van-ban/{office.directive.public_id}/']")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '<b>đậm</b> & "kép"', "a\x00b", "\ud7ff𝄞 ệ"])
def test_a_paper_s_own_words_are_shown_and_never_run(office: Office, clerk: Client, text: str) -> None:
    paper = read(clerk, f"THÔNG BÁO\nVề {text}\n\n{text} Hết.\n")
    page = tree(clerk.get(f"/van-ban/giay/{paper.public_id}/"))

    assert not page.xpath("//main//script | //*[@class='paper-text']//b")
    assert "Hết." in words(page.find(".//main"))


def test_who_may_not_confirm_reads_the_card_and_is_told_who_does(office: Office, officer: Client) -> None:
    page = tree(officer.get(f"/van-ban/giay/{office.waiting.public_id}/"))
    card = page.xpath("//section[@aria-labelledby='card']")[0]

    assert card.xpath(".//fieldset/@disabled")
    assert not card.xpath(".//button")
    assert "văn thư" in words(card).lower()


def test_a_paper_that_is_being_read_says_so_and_one_that_failed_says_why(
    office: Office, clerk: Client
) -> None:
    clerk.post("/van-ban/nhan/", {"files": _file("Chưa đọc tới.")})
    waiting = tree(clerk.get(f"/van-ban/giay/{Paper.objects.latest('pk').public_id}/"))
    failed = tree(clerk.get(f"/van-ban/giay/{office.failed.public_id}/"))

    assert "đang" in words(waiting.find(".//main")).lower()
    assert office.failed.error in words(failed)


def test_a_confirmed_paper_leads_to_the_register_and_says_who_confirmed_it(
    office: Office, clerk: Client
) -> None:
    page = tree(clerk.get(f"/van-ban/giay/{office.confirmed.public_id}/"))
    card = page.xpath("//section[@aria-labelledby='card']")[0]

    assert card.xpath(f".//a[@href='/van-ban/{office.directive.public_id}/']")
    assert str(office.world.clerk.account) in words(card)
    assert not card.xpath(".//button")
