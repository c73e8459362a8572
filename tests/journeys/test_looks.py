"""Each page at the sizes of an office's screen and of a telephone: axe finds nothing, nothing is too wide."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import minded
from tests.journeys.house import House, sign_in

#: An office's screen, a telephone, and the office's screen at twice the size of letters.
SIZES = {"1366x768": (1366, 768), "390x844": (390, 844), "200 %": (683, 384)}
NO_SUCH = "00000000-0000-4000-8000-000000000000"
NAMES = (
    "sign-in", "desk", "register", "nothing-found", "reading", "confirmed", "two-documents", "document",
    "known", "correct", "cascade", "cascades", "receive", "stubs", "jobs", "not-found",
    "waiting", "unplaced", "failed",
)  # fmt: skip


@pytest.fixture(scope="module", params=list(SIZES))
def sized(browser: Browser, house: House, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A signed-in page of one size."""
    width, height = SIZES[request.param]
    with browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN") as context:
        page = context.new_page()
        minded(page, house)
        sign_in(page, house)
        yield page


@pytest.fixture(scope="module")
def paths(browser: Browser, house: House) -> dict[str, str]:
    """The address of each page, found by walking there."""
    with browser.new_context(locale="vi-VN") as context:
        page = context.new_page()
        sign_in(page, house)
        return _walked(page, house)


def _walked(page: Page, house: House) -> dict[str, str]:
    document = _link(page, house, "/van-ban/?q=07-CT", "#rows tbody th a:text-is('07-CT/HĐGL')")
    waiting = _link(page, house, "/", "[aria-labelledby=waiting] tbody th a")
    known = _link(page, house, "/van-ban/?state=known", "#rows tbody th a")
    double = _link(page, house, "/van-ban/?q=de cuong", "#rows tbody th a")
    paper = "[aria-labelledby=files] a[href*='/giay/']:not([href$='/tep/'])"
    return {
        "sign-in": "/dang-nhap/",
        "desk": "/",
        "register": "/van-ban/",
        "nothing-found": "/van-ban/?q=khong-co-gi-ca&level=centre",
        "reading": waiting,
        "confirmed": _link(page, house, document, paper),
        "two-documents": _link(page, house, double, paper),
        "document": document,
        "known": known,
        "correct": f"{document}sua/",
        "cascade": f"{document}trien-khai/",
        "cascades": "/trien-khai/",
        "receive": "/van-ban/nhan/",
        "stubs": "/van-ban/phieu-mat/",
        "jobs": "/viec-nen/",
        "waiting": "/van-ban/cho-xac-nhan/",
        "unplaced": "/van-ban/chua-noi/",
        "failed": "/van-ban/khong-doc-duoc/",
        "not-found": f"/van-ban/{NO_SUCH}/",
    }


def _link(page: Page, house: House, path: str, selector: str) -> str:
    page.goto(house.at(path))
    return page.locator(selector).first.get_attribute("href") or ""


def visit(page: Page, house: House, path: str) -> None:
    """Go there; to the sign-in page as somebody who is not signed in."""
    kept = page.context.cookies()
    if path == "/dang-nhap/":
        page.context.clear_cookies()
    page.goto(house.at(path))
    page.context.add_cookies(kept)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(sized: Page, house: House, paths: dict[str, str], name: str) -> None:
    """Names, contrast, roles, order of headings: every rule that axe has for pages."""
    visit(sized, house, paths[name])
    found = Axe().run(sized).response["violations"]
    told = [(rule["id"], [node["html"][:200] for node in rule["nodes"][:3]]) for rule in found]

    assert told == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wider_than_the_screen(
    sized: Page, house: House, paths: dict[str, str], name: str
) -> None:
    """A page is read from top to bottom; only a table or a drawing may scroll within its own frame."""
    visit(sized, house, paths[name])
    width, wide = sized.evaluate("[innerWidth, document.documentElement.scrollWidth]")

    assert wide <= width
