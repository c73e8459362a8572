"""Who may not is told why, and what is offered can be reached by a link or a button."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nhipcau.records.documents.models import Part
from tests.web.addresses import PAGES
from tests.web.office import Office, signed_in, tree, words

LISTS = [
    "desk",
    "documents:list",
    "documents:stubs",
    "documents:waiting",
    "documents:failed",
    "documents:unplaced",
    "cascades",
]


@pytest.mark.parametrize("name", LISTS)
def test_an_administrator_is_told_that_the_role_sees_no_documents(office: Office, name: str) -> None:
    """And is never told that nothing is there, which is not true."""
    page = tree(signed_in(office.world.administrator).get(reverse(name)))
    main = page.find(".//main")

    assert "không xem văn bản" in words(main.xpath(".//*[contains(@class, 'notice')]")[0])
    assert not main.xpath(".//*[@class='empty'] | .//table | .//form")


def test_an_administrator_is_offered_no_export_that_is_then_refused(office: Office) -> None:
    page = tree(signed_in(office.world.administrator).get("/van-ban/"))

    assert not page.xpath("//main//a[contains(@href, 'export')]")


def test_what_is_no_document_is_set_aside_with_a_button(office: Office, clerk: Client) -> None:
    """A page without the form would leave it on the desk for ever."""
    place = f"/van-ban/giay/{office.waiting.public_id}/0/"
    (form,) = tree(clerk.get(place)).xpath(f"//form[@action='{place}de-rieng/']")
    clerk.post(form.action, {"why": "trang bìa"})
    after = tree(clerk.get(place))

    assert form.xpath(".//input[@name='why'][@required]")
    assert Part.objects.get(paper=office.waiting, index=0).state == Part.State.SET_ASIDE
    assert not after.xpath(f"//form[@action='{place}de-rieng/']")
    assert "để riêng" in words(after.xpath("//section[@aria-labelledby='card']//*[@class='why']")[0])


def test_who_may_not_confirm_sets_nothing_aside(office: Office, officer: Client) -> None:
    page = tree(officer.get(f"/van-ban/giay/{office.waiting.public_id}/0/"))

    assert not page.xpath("//main//form[contains(@action, 'de-rieng')]")


def test_a_refused_paper_leads_to_its_stub(office: Office, clerk: Client, officer: Client) -> None:
    """Where it may be entered by hand; who enters none is not led there."""
    for browser, links in ((clerk, 1), (officer, 0)):
        file = SimpleUploadedFile("a.txt", "MẬT\n\nSố: 09-CV/HĐGL\n\nVề việc riêng.".encode())
        page = tree(browser.post("/van-ban/nhan/", {"files": [file]}))
        assert len(page.xpath("//section[@aria-labelledby='out']//a[@href='/van-ban/phieu-mat/']")) == links


def test_every_page_without_a_record_is_reached_from_the_frame_or_a_list(
    office: Office, clerk: Client
) -> None:
    """What no link and no search leads to is not there for a clerk."""
    reached = {"/"}
    for _step in range(3):
        for path in sorted(reached):
            links = tree(clerk.get(path)).xpath("//a/@href | //form[not(@method) or @method='get']/@action")
            reached |= {str(link).split("?")[0].split("#")[0] for link in links}
        reached = {path for path in reached if path in {reverse(one.name) for one in PAGES if not one.record}}
    small = {"documents:waiting", "documents:unplaced"}  # offered where there are more than the desk shows

    assert reached == {reverse(one.name) for one in PAGES if not one.record and one.name not in small}


def test_a_citation_that_may_mean_something_leads_to_where_it_is_placed(
    office: Office, clerk: Client
) -> None:
    part = office.mention.part
    assert office.mention.candidates.filter(state="proposed").exists()
    page = tree(clerk.get(f"/van-ban/giay/{part.paper.public_id}/{part.index}/"))

    assert page.xpath(f"//a[@href='/van-ban/vien-dan/{office.mention.public_id}/']")
