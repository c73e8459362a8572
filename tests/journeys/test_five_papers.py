"""From signing in over five dropped papers to the cascade of what they all go back to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.house import TESTS, House, button, confirm, drop, sign_in

CHAINS = TESTS / "chains"
SEEDS = TESTS.parent.parent / "shared" / "seeds"
#: A plan of a province down to a commune, after a directive, and a programme beside it: our own texts.
OWN = [
    *sorted((CHAINS / "dang_roi_nha_nuoc").glob("*.txt")),
    CHAINS / "lien_hiep" / "01_chuong_trinh_lien_hiep.txt",
]
REAL = sorted(SEEDS.glob("*.txt"))


def walk(page: Page, house: House, files: list[Path], naming: int) -> int:
    """Walk with five files; the one at ``naming`` cites what they go back to. How many are drawn below it."""
    sign_in(page, house)
    papers = drop(page, house, files)
    assert len(papers) == 5
    assert sum(look(page, house, paper) for paper in papers) >= 4
    named = cited(page, house, papers[naming])
    for paper in papers:
        confirm(page, house, paper)
    find(page, house, "doi ngoai nhan dan")
    open_document(page, house, named)
    return cascade(page)


def look(page: Page, house: House, paper: str) -> bool:
    """The reading page: marks can be taken away, and each list leads to the text and back.

    False where nothing was found in the text that could be marked.
    """
    page.goto(house.at(paper))
    entry = page.locator("ul.findings li").first
    if not entry.count():
        return False
    kind = (entry.get_attribute("class") or "").split()[0]
    before = style(page, kind)
    page.locator(f"[data-hides={kind}]").uncheck()
    assert style(page, kind) != before
    page.locator(f"[data-hides={kind}]").check()
    assert style(page, kind) == before

    entry.locator("a[href^='#p-']").click()
    expect(page.locator(":target")).to_be_in_viewport()
    page.locator(":target").click()
    expect(entry).to_be_in_viewport()
    return page.url.endswith(f"#{entry.get_attribute('id')}")


def style(page: Page, kind: str) -> str:
    """How the first mark of a kind is drawn."""
    return str(
        page.locator(f".paper-text a.find.{kind}").first.evaluate(
            "mark => { const s = getComputedStyle(mark); return s.background + s.borderBottom + s.color; }"
        )
    )


def cited(page: Page, house: House, paper: str) -> str:
    """The number and symbol of what a paper cites first."""
    page.goto(house.at(paper))
    words = page.locator("ul.findings li.cite").first.inner_text()
    found = re.search(r"\d+-CT/\w+", words)
    assert found, words
    return found[0]


def find(page: Page, house: House, words: str) -> None:
    """The register finds without marks what was confirmed, from the search of the frame."""
    page.goto(house.at("/"))
    page.fill("#seek", words)
    page.press("#seek", "Enter")
    page.wait_for_url("**/van-ban/?q=*")
    assert page.locator("#rows tbody tr").count() >= 3
    page.fill("#list-q", "khong co gi nhu the")
    expect(page.locator("#rows tbody tr")).to_have_count(0)
    page.fill("#list-q", words)
    expect(page.locator("#rows tbody tr").first).to_be_visible()


def open_document(page: Page, house: House, number: str) -> None:
    """The newest document of a number, from the register."""
    page.goto(house.at(f"/van-ban/?q={number}"))
    row = page.locator("#rows tbody tr").filter(has=page.get_by_role("link", name=number, exact=True))
    row.locator("th a").first.click()
    expect(page.locator("h1")).to_contain_text(number)
    assert page.locator("[aria-labelledby=cited] tbody tr").count() >= 1


def cascade(page: Page) -> int:
    """Confirm all that waits; every document in the drawing is a link, and leads to its page."""
    page.locator("a.button.main[href$='/trien-khai/']").click()
    page.wait_for_url("**/trien-khai/")
    if page.locator("form[action$='/quan-he/']").count():
        button(page, "main").click()
        expect(page.locator("form[action$='/quan-he/']")).to_have_count(0)
    nodes = page.locator("svg.draw a")
    expect(nodes.first).to_be_visible()
    drawn = nodes.count()
    here = page.url
    for place in {1, drawn - 1}:
        nodes.nth(place).click()
        expect(page.locator("h1")).not_to_be_empty()
        assert "/van-ban/" in page.url
        assert page.url != here
        page.goto(here)
    return drawn


def test_our_own_papers_are_walked_from_signing_in_to_their_cascade(page: Page, house: House) -> None:
    """Directive, programme, plan of the province, plan of a commune: three documents below the first."""
    assert walk(page, house, OWN, naming=1) >= 4


@pytest.mark.skipif(len(REAL) != 5, reason="the five real papers are not beside this checkout")
def test_the_five_real_papers_are_walked_too(page: Page, house: House) -> None:
    """They all go back to one directive that is known, though its paper is missing."""
    assert walk(page, house, REAL, naming=1) >= 2
