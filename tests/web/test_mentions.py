"""Placing a citation: the document that is meant is chosen, found, made known, or left open."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from nhipcau.records.documents.models import Document, Mention
from tests import world as cast
from tests.records.told import cite, doc
from tests.web.office import Office, acting, confirm_all, tree, words

pytestmark = pytest.mark.usefixtures("told")

CITED = {"type": "Quyết định", "number": "8/QĐ-HGL", "issuer": "Hội Giao lưu Nhân dân tỉnh Sông Ngân"}


def confirmed(office: Office, text: str) -> Document:
    """A confirmed document that tells its own reading."""
    by = acting(office.world.clerk)
    return confirm_all(by, cast.received(by, text))[0]


def citing(office: Office, **citation: str) -> Mention:
    """The citation of a confirmed plan, as it waits."""
    confirmed(
        office, doc(type="Kế hoạch", number="83/KH-HGL", date="2026-06-01", subject="x") + cite(**citation)
    )
    return Mention.objects.get(part__document__number="83/KH-HGL")


@pytest.fixture
def two(office: Office) -> tuple[Document, Document]:
    """Two decisions of one number, of two years."""
    first, second = (
        confirmed(office, doc(**CITED, date=day, subject=f"Quyết định năm {day[:4]}"))
        for day in ("2024-05-06", "2025-05-06")
    )
    return first, second


@pytest.fixture
def mention(office: Office, two: tuple[Document, Document]) -> Mention:
    """A citation without a day: either decision may be meant."""
    return citing(office, type="Quyết định", number="8/QĐ-HGL")


def path(mention: Mention) -> str:
    return f"/van-ban/vien-dan/{mention.public_id}/"


def press(browser: Client, mention: Mention, name: str, value: str, **more: str) -> Any:
    """Press one of the page's buttons; it must stand there."""
    buttons = tree(browser.get(path(mention))).xpath(f"//button[@name='{name}'][@value='{value}']")
    assert buttons
    return browser.post(path(mention), {name: value, **more}, follow=True)


def now(mention: Mention) -> Mention:
    return Mention.objects.select_related("document").get(pk=mention.pk)


def test_every_document_that_may_be_meant_is_offered_with_its_reasons(
    clerk: Client, mention: Mention, two: tuple[Document, Document]
) -> None:
    page = tree(clerk.get(path(mention)))
    offered = page.xpath("//section[@aria-labelledby='may-be']//th/a/@href")

    assert set(offered) == {f"/van-ban/{document.public_id}/" for document in two}
    assert "cùng số" in words(page.xpath("//section[@aria-labelledby='may-be']")[0]).lower()


def test_the_place_in_the_paper_is_one_step_away(clerk: Client, mention: Mention) -> None:
    (link,) = tree(clerk.get(path(mention))).xpath("//*[@class='lede']/a/@href")
    address, _mark, anchor = link.partition("#")

    assert tree(clerk.get(address)).xpath(f"//*[@id='{anchor}']")


def test_choosing_one_links_it_and_it_can_be_taken_back(
    clerk: Client, mention: Mention, two: tuple[Document, Document]
) -> None:
    answer = press(clerk, mention, "document", str(two[1].public_id))
    linked = now(mention).document
    press(clerk, mention, "unlink", "yes")

    assert linked == two[1]
    assert str(two[1]) in words(tree(answer).xpath("//*[contains(@class, 'notice good')]")[0])
    assert now(mention).document is None


def test_rejecting_one_leaves_the_other(
    clerk: Client, mention: Mention, two: tuple[Document, Document]
) -> None:
    candidate = mention.candidates.get(document=two[0])
    press(clerk, mention, "reject", str(candidate.public_id))
    buttons = tree(clerk.get(path(mention))).xpath(
        "//section[@aria-labelledby='may-be']//button[@name='document']"
    )

    assert [button.get("value") for button in buttons] == [str(two[1].public_id)]


def test_another_document_is_found_without_marks_and_linked(
    office: Office, clerk: Client, mention: Mention
) -> None:
    page = tree(clerk.get(path(mention), {"q": "tang cuong giao luu nhan dan"}))
    values = page.xpath("//section[@aria-labelledby='seek-head']//button/@value")
    clerk.post(path(mention), {"document": str(office.directive.public_id)})

    assert str(office.directive.public_id) in values
    assert now(mention).document == office.directive


def test_a_document_of_another_office_is_neither_found_nor_linked(
    office: Office, clerk: Client, mention: Mention
) -> None:
    page = tree(clerk.get(path(mention), {"q": "chi thi"}))
    answer = clerk.post(path(mention), {"document": str(office.foreign.public_id)})

    assert str(office.foreign.public_id) not in page.xpath("//button/@value")
    assert answer.status_code == 404


@pytest.mark.parametrize("sent", [{"document": "x"}, {"reject": "x"}])
def test_what_names_nothing_finds_nothing(clerk: Client, mention: Mention, sent: dict[str, str]) -> None:
    assert clerk.post(path(mention), sent).status_code == 404


def test_a_missing_document_is_kept_as_known_under_the_day_that_a_person_gives(
    office: Office, clerk: Client
) -> None:
    lone = citing(office, type="Nghị quyết", number="9/NQ-HGL")
    press(clerk, lone, "known", "yes", day="05/01/2026")
    known = Document.objects.get(number="9/NQ-HGL")

    assert (known.state, f"{known.date:%d/%m/%Y}") == ("known", "05/01/2026")
    assert now(lone).document == known


@pytest.mark.parametrize("day", ["", "5 tháng giêng", "31/02/2026"])
def test_a_day_that_is_none_is_told_and_nothing_is_made(office: Office, clerk: Client, day: str) -> None:
    lone = citing(office, type="Nghị quyết", number="9/NQ-HGL")
    answer = press(clerk, lone, "known", "yes", day=day)

    assert words(tree(answer).xpath("//*[contains(@class, 'notice bad')]")[0])
    assert not Document.objects.filter(number="9/NQ-HGL").exists()


def test_what_waits_is_told_on_the_desk(clerk: Client, mention: Mention) -> None:
    desk = tree(clerk.get("/"))

    assert desk.xpath(f"//section[@aria-labelledby='mentions']//a[@href='{path(mention)}']")


def test_who_reads_only_is_offered_no_button(auditor: Client, mention: Mention) -> None:
    assert not tree(auditor.get(path(mention))).xpath("//main//button")
