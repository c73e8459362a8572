"""A file's way into a register: by keyboard alone, on a telephone, with ten thousand errors."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.journeys.conftest import minded
from tests.journeys.house import House, is_seen, sign_in, tab_to
from tests.journeys.test_looks import SIZES

START = "/nhap-tep/units/"
HOME = "Liên hiệp các tổ chức hữu nghị tỉnh Sông Ngân"
KNOWN = ("Tên", "Cấp", "Trực thuộc")
LONG = "Tổ công tác chuẩn bị chương trình giao lưu nhân dân các tỉnh biên giới " * 3
#: Milliseconds for ten thousand rows to be checked on a busy machine.
MANY_ROWS = 180_000


@pytest.fixture(scope="module", params=list(SIZES))
def sized(browser: Browser, house: House, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page of who administers, in one size."""
    width, height = SIZES[request.param]
    with browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN") as context:
        page = context.new_page()
        minded(page, house)
        sign_in(page, house, "quantri")
        yield page


def csv(name: str, *rows: tuple[str, ...]) -> FilePayload:
    """A file as a program for tables saves it."""
    text = "\n".join(";".join(row) for row in rows)
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode("utf-8-sig")}


def wrong(name: str, count: int, good: str = "Tổ Tiếp tân") -> FilePayload:
    """A file of which every row but one names a level that is none."""
    rows = [(f"Tổ {number}", "cấp huyệnn", HOME) for number in range(1, count)]
    return csv(name, KNOWN, (good, "cấp tỉnh", HOME), (LONG, "cấp huyệnn", HOME), *rows)


def bring(page: Page, house: House, file: FilePayload, *, until: str, timeout: float = 60_000) -> None:
    """Choose a file on its page, and wait until what ``until`` selects is seen."""
    page.goto(house.at(START))
    page.set_input_files("#file", file)
    page.locator(until).first.wait_for(timeout=timeout)


def test_the_keyboard_alone_brings_a_file_in(page: Page, house: House) -> None:
    """From the drop frame over a preview with an error to what was written."""
    file = csv("ban-phim.csv", KNOWN, ("Tổ Bàn phím", "cấp tỉnh", HOME), ("Tổ Sai cấp", "cấp huyệnn", HOME))
    sign_in(page, house, "quantri")
    page.goto(house.at(START))
    tab_to(page, lambda at: at.startswith("INPUT|file|"))
    assert page.locator(".drop").evaluate("one => getComputedStyle(one.querySelector('label')).outlineStyle")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(file)
    page.locator("#errors").wait_for()

    tab_to(page, lambda at: at.startswith("BUTTON|") and "Chỉ ghi 1 dòng" in at)
    assert is_seen(page)
    page.keyboard.press("Enter")
    expect(page.locator(".notice.good")).to_contain_text("Đã ghi 1 dòng")
    page.goto(house.at("/don-vi/tim/?q=to+ban+phim"))
    expect(page.locator("main")).to_contain_text("Tổ Bàn phím")


def test_what_cannot_be_written_says_why_to_who_comes_there_by_keyboard(page: Page, house: House) -> None:
    """The button that would write all is no trap: it is reached, tells its reason, and does nothing."""
    sign_in(page, house, "quantri")
    bring(page, house, wrong("sai.csv", 3), until="#errors")
    tab_to(page, lambda at: at.startswith("BUTTON|") and "Ghi tất cả" in at)
    held = page.locator("main button[aria-disabled=true]")
    assert held.get_attribute("aria-describedby") == "why"
    here = page.url
    page.keyboard.press("Enter")
    expect(page.locator("#why")).to_contain_text("3 dòng lỗi")
    assert page.url == here


def test_ten_thousand_rows_in_error_make_a_short_page(page: Page, house: House) -> None:
    """The first hundred stand there, the page says so, and all of them stand in a file."""
    sign_in(page, house, "quantri")
    bring(page, house, wrong("muoi-nghin.csv", 10_000), until="#errors", timeout=MANY_ROWS)

    assert page.locator("#errors tbody tr").count() == 100
    expect(page.locator("#errors")).to_contain_text("100 dòng đầu")
    assert len(page.content()) < 150_000
    with page.expect_download() as download:
        page.locator("#errors a[href$='/ket-qua/']").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_before_the_first_file_the_page_says_what_to_do(browser: Browser, house: House) -> None:
    """In an office that never brought one in."""
    with browser.new_context(locale="vi-VN") as context:
        page = context.new_page()
        sign_in(page, house, "quantri.xa")
        page.goto(house.at(START))
        expect(page.locator(".empty")).to_contain_text("Hãy tải bảng")
        with page.expect_download() as download:
            page.locator("a.button[href$='/mau/']").click()
        assert download.value.suggested_filename.startswith("units-")


STATES = ("start", "refused", "columns", "errors", "done")


def _seen(page: Page, house: House, state: str) -> None:
    """Bring a state of the way onto the screen."""
    if state == "start":
        page.goto(house.at(START))
    elif state == "refused":
        bring(page, house, csv("mat.csv", KNOWN, ("TUYỆT MẬT", "cấp tỉnh", HOME)), until=".notice.bad")
    elif state == "columns":
        file = csv("tieu-de.csv", ("Gọi là", LONG), ("Tổ Một", "cấp tỉnh"))
        bring(page, house, file, until="#columns-head")
    else:
        # What was written at one size stands there at the next.
        width = (page.viewport_size or {"width": 0})["width"]
        bring(page, house, wrong("loi.csv", 3, f"Tổ Tiếp tân {width}"), until="#errors")
        if state == "done":
            page.locator("main form button", has_text="Chỉ ghi").click()
            page.locator(".notice.good").wait_for()


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_and_nothing_is_too_wide(sized: Page, house: House, state: str) -> None:
    _seen(sized, house, state)
    found = Axe().run(sized).response["violations"]
    told = [(rule["id"], [node["html"][:200] for node in rule["nodes"][:3]]) for rule in found]
    width, wide = sized.evaluate("[innerWidth, document.documentElement.scrollWidth]")

    assert told == []
    assert wide <= width
