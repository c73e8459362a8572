"""What an office prints on A4: the matter without the frame of the page, within the margins."""

from __future__ import annotations

import pypdfium2
import pytest
from playwright.sync_api import Page

from tests.journeys.house import House, sign_in

#: A4 in points, with room for rounding.
WIDTH, HEIGHT = 595, 842
REGISTER = "/van-ban/?q=07-CT"


def printed(page: Page) -> pypdfium2.PdfDocument:
    """The page as it comes out of the printer."""
    return pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))


def words(paper: pypdfium2.PdfDocument) -> str:
    """All that is printed, on one line."""
    return " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in paper).split())


def go(page: Page, house: House, name: str) -> None:
    """Open one of the pages that people print."""
    sign_in(page, house)
    page.goto(house.at(REGISTER))
    if name == "register":
        return
    page.locator("#rows tbody th a:text-is('07-CT/HĐGL')").click()
    if name == "reading":
        page.locator("[aria-labelledby=files] a[href*='/giay/']:not([href$='/tep/'])").first.click()
    if name == "cascade":
        page.locator("main a[href*='/trien-khai/']").first.click()
    page.wait_for_load_state()


@pytest.mark.parametrize("name", ["register", "document", "reading", "cascade"])
def test_a_page_is_printed_on_a4_with_its_matter_and_without_its_frame(
    page: Page, house: House, name: str
) -> None:
    go(page, house, name)
    title = page.locator("h1").inner_text()
    paper = printed(page)

    for sheet in paper:
        assert sorted(round(side) for side in sheet.get_size()) == pytest.approx([WIDTH, HEIGHT], abs=2)
    said = words(paper)
    assert " ".join(title.split()).casefold() in said.casefold()
    assert "07-CT/HĐGL" in said
    for frame in ("Đăng xuất", "Đến nội dung"):
        assert frame not in said


@pytest.mark.parametrize("name", ["register", "document", "reading", "cascade"])
def test_nothing_is_cut_off_at_the_edge_of_the_sheet(page: Page, house: House, name: str) -> None:
    go(page, house, name)
    for sheet in printed(page):
        width, _height = sheet.get_size()
        text = sheet.get_textpage()
        for left, _bottom, right, _top in map(text.get_rect, range(text.count_rects())):
            assert left > 0, name
            assert right < width, name
