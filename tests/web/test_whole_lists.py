"""No list ends before its rows do: what does not fit on a page stands on the next."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from nhipcau.records.documents.models import MarkedStub, Mention, Paper, Part
from nhipcau.records.foundation.models import Job
from tests.web.growing import grow
from tests.web.office import Office, tree, words

MANY = 60


@pytest.fixture
def grown(office: Office) -> Office:
    """More of everything than one page shows."""
    grow(office, range(MANY))
    return office


def walked(browser: Client, path: str, found: str) -> list[str]:
    """What an expression finds on every page from the first to the last, by the button "older"."""
    rows: list[str] = []
    step = ""
    for _page in range(20):
        page = tree(browser.get(path + step))
        rows += [str(row) for row in page.xpath(found)]
        step = next(iter(page.xpath("//nav//a[@rel='next']/@href")), "")
        if not step:
            return rows
    raise AssertionError("the pages have no end")


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("waiting", "/van-ban/cho-xac-nhan/"),
        ("failed", "/van-ban/khong-doc-duoc/"),
        ("mentions", "/van-ban/chua-noi/"),
    ],
)
def test_the_desk_leads_to_all_that_waits(grown: Office, clerk: Client, label: str, path: str) -> None:
    desk = tree(clerk.get("/"))

    assert desk.xpath(f"//section[@aria-labelledby='{label}']//a/@href")[0] == path


def test_every_document_that_waits_is_listed_once(grown: Office, clerk: Client) -> None:
    links = walked(clerk, "/van-ban/cho-xac-nhan/", "//tbody//th/a/@href")
    parts = Part.objects.filter(
        paper__office=grown.directive.office, paper__state=Paper.State.READ, state=Part.State.PROPOSED
    )

    assert len(links) == len(set(links)) == parts.count() >= MANY


def test_every_paper_that_could_not_be_read_is_listed_once(grown: Office, clerk: Client) -> None:
    links = walked(clerk, "/van-ban/khong-doc-duoc/", "//tbody//th/a/@href")
    papers = Paper.objects.filter(office=grown.directive.office, state=Paper.State.FAILED)

    assert len(links) == len(set(links)) == papers.count() > MANY


def test_every_citation_that_waits_is_listed_once(grown: Office, clerk: Client) -> None:
    links = walked(clerk, "/van-ban/chua-noi/", "//section//li/a/@href")
    waiting = Mention.objects.exclude(state=Mention.State.LINKED).filter(
        office=grown.directive.office, part__state=Part.State.CONFIRMED, refers_to__isnull=True
    )

    assert len(links) == len(set(links)) == waiting.count() > MANY


def test_every_job_is_listed_once(grown: Office, clerk: Client) -> None:
    grow(grown, range(MANY, 2 * MANY))
    rows = walked(clerk, "/viec-nen/", "//tbody//th")

    assert len(rows) == Job.objects.filter(office=grown.directive.office).count() > 100


def test_every_stub_is_listed_once(grown: Office, clerk: Client) -> None:
    rows = walked(clerk, "/van-ban/phieu-mat/", "//tbody//th/text()")

    assert len(rows) == len(set(rows)) == MarkedStub.objects.filter(office=grown.directive.office).count()


@pytest.mark.parametrize("path", ["/van-ban/cho-xac-nhan/", "/van-ban/khong-doc-duoc/", "/van-ban/chua-noi/"])
def test_what_waits_in_another_office_is_not_listed(grown: Office, neighbour: Client, path: str) -> None:
    assert not tree(neighbour.get(path)).xpath("//main//tbody//a | //main//li/a")


def test_the_desk_counts_what_it_lists(office: Office, clerk: Client) -> None:
    """Documents are counted, not files: a file may hold several."""
    desk = tree(clerk.get("/"))
    section = desk.xpath("//section[@aria-labelledby='waiting']")[0]
    rows = section.xpath(".//tbody/tr")

    assert words(section.xpath(".//h2/span")[0]) == str(len(rows))
    assert re.findall(r"\d+", words(desk.xpath("//p[@class='lede']")[0]))[0] == str(len(rows))
