"""Units through time as people walk through them: the day moved, a commune found as one types, no script."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import minded
from tests.journeys.house import House, is_seen, sign_in, tab_to
from tests.journeys.test_looks import SIZES

SINCE = "/don-vi/?ngay=01/07/2025"
NEW = "/don-vi/lap/"
#: Acts on a unit that are not those of its name and place; ``hoan-tac`` tells what it takes back.
SLUGS = ("ma", "bo-ma", "dau-moi", "thoi-dau-moi", "ban-giao", "mo-so", "dong-so", "hoan-tac")


@pytest.fixture(scope="module", params=list(SIZES))
def sized(browser: Browser, house: House, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page of who administers, in one size."""
    width, height = SIZES[request.param]
    with browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN") as context:
        page = context.new_page()
        minded(page, house)
        sign_in(page, house, "quantri")
        yield page


def found_unit(page: Page, house: House) -> None:
    """Fill in what a new unit needs, its parent chosen from the list with the keyboard."""
    page.goto(house.at(NEW))
    page.fill("#id_name", "Văn phòng Dự án")
    page.select_option("#id_level", "commune")
    page.locator("#id_parent").press_sequentially("thu thua")
    expect(page.locator("#id_parent-list [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.fill("#id_on", "01/09/2026")
    page.fill("#id_legal", "21/QĐ-HGL")


def test_the_day_is_moved_across_the_reform(page: Page, house: House) -> None:
    """From the menu to the tree, before and since; who became what stands in words."""
    sign_in(page, house)
    page.click(".who summary")
    page.click(".who a[href='/don-vi/']")
    page.get_by_role("link", name="30/06/2025", exact=True).click()
    expect(page.locator(".tree").first).to_contain_text("Tỉnh Kiên Giang")
    page.get_by_role("link", name="01/07/2025", exact=True).click()
    row = page.locator(".twig:not(.other)").filter(has=page.locator(".name", has_text="Tỉnh An Giang"))
    expect(row).to_contain_text("mới")
    expect(row).to_contain_text("Tỉnh Kiên Giang")
    expect(page.locator(".twig.other").filter(has_text="Tỉnh Kiên Giang").first).to_contain_text("kết thúc")


def test_a_branch_opens_in_place_and_shuts_by_keyboard(page: Page, house: House) -> None:
    sign_in(page, house)
    page.goto(house.at(SINCE))
    tab_to(page, lambda at: at.startswith("A|") and "trực thuộc Tỉnh An Giang" in at)
    assert is_seen(page)
    page.keyboard.press("Space")
    ward = page.get_by_role("link", name="Phường Rạch Giá", exact=True).first
    expect(ward).to_be_visible()
    page.keyboard.press("Enter")
    expect(ward).to_be_hidden()
    assert page.url.endswith("ngay=01/07/2025")


def test_a_commune_is_found_as_one_types_and_the_act_is_told(page: Page, house: House) -> None:
    """Three thousand communes, no list of them: letters without marks, arrow, Enter."""
    sign_in(page, house, "quantri")
    found_unit(page, house)
    assert page.input_value("#id_parent") == "Xã Thủ Thừa"
    page.locator("#id_legal").press("Enter")

    expect(page.locator(".will")).to_contain_text(
        "Từ 01/09/2026 có đơn vị mới “Văn phòng Dự án” (cấp xã), trực thuộc “Xã Thủ Thừa”"
    )


def test_escape_shuts_the_list_and_other_words_forget_the_choice(page: Page, house: House) -> None:
    sign_in(page, house, "quantri")
    found_unit(page, house)
    field, held = page.locator("#id_parent"), page.locator("input[type=hidden][name=parent]")
    assert held.input_value()
    field.press_sequentially("x")
    assert held.input_value() == ""
    field.fill("ben tre")
    expect(page.locator("#id_parent-list")).to_be_visible()
    field.press("Escape")
    expect(page.locator("#id_parent-list")).to_be_hidden()
    assert field.get_attribute("aria-expanded") == "false"


def test_without_script_everything_can_be_reached(browser: Browser, house: House) -> None:
    """Branches are pages, and a name that fits several units comes back with these to choose from."""
    with browser.new_context(java_script_enabled=False, locale="vi-VN") as context:
        page = context.new_page()
        sign_in(page, house, "quantri")
        page.goto(house.at(SINCE))
        page.locator(".twig").filter(has_text="Tỉnh An Giang").first.locator(".twist").click()
        expect(page.locator("h1")).to_have_text("Tỉnh An Giang")
        expect(page.locator(".tree")).to_contain_text("Phường Rạch Giá")

        page.goto(house.at(NEW))
        page.fill("#id_name", "Văn phòng Dự án")
        page.fill("#id_parent", "thu thua")
        page.fill("#id_on", "01/09/2026")
        page.fill("#id_legal", "21/QĐ-HGL")
        page.click("main .button.main")
        page.locator("label").filter(has_text="Xã Thủ Thừa").locator("input").check()
        page.click("main .button.main")
        expect(page.locator(".will")).to_contain_text("Xã Thủ Thừa")


def found_by(page: Page, house: House, words: str) -> str:
    """The address of the first unit that the search finds."""
    page.goto(house.at(f"/don-vi/tim/?q={words}"))
    return (page.locator("tbody th a").first.get_attribute("href") or "").split("?")[0]


def _seen(page: Page, house: House, name: str) -> None:
    """Bring a page, or a state of one, onto the screen."""
    paths = {
        "before": "/don-vi/?ngay=30/06/2025",
        "since": SINCE,
        "nothing": "/don-vi/?cay=emulation",
        "search": "/don-vi/tim/?q=thua thien",
        "no rows": "/don-vi/tim/?q=khong co ten nay",
        "found": NEW,
    }
    if name in paths:
        page.goto(house.at(paths[name]))
    elif name == "confirm":
        found_unit(page, house)
        page.locator("#id_legal").press("Enter")
        page.wait_for_selector(".will")
    elif name in SLUGS or name == "own":
        page.goto(
            house.at(found_by(page, house, "lien hiep song ngan") + (f"{name}/" if name in SLUGS else ""))
        )
    elif name == "dissolved":
        page.goto(house.at(found_by(page, house, "thi xa huong tra")))
        expect(page.locator(".notice")).to_contain_text("Đơn vị giải thể ngày 01/07/2025")
    elif name == "refused":
        page.goto(house.at(found_by(page, house, "lien hiep song ngan") + "ma/"))
        page.fill("#id_on", "32/13/2026")
        page.locator("#id_code").press("Enter")
        page.wait_for_selector(".said")
    elif name == "picker":
        page.goto(house.at(NEW))
        page.locator("#id_parent").press_sequentially("xa")
        page.wait_for_selector("#id_parent-list [role=option]")
        page.keyboard.press("ArrowDown")
    else:
        page.goto(house.at(SINCE))
        row = page.locator(".twig").filter(has_text="Tỉnh An Giang").first
        if name == "opened":
            row.locator(".twist").click()
            page.wait_for_selector(".tree .tree")
        else:
            row.locator(".name").first.click()
            page.wait_for_selector("#life")


NAMES = (
    "before", "since", "opened", "nothing", "search", "no rows", "unit", "found", "picker", "confirm",
    "own", "dissolved", "refused", *SLUGS,
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_and_nothing_is_too_wide(sized: Page, house: House, name: str) -> None:
    _seen(sized, house, name)
    if os.environ.get("NHIPCAU_PICTURES"):
        width = (sized.viewport_size or {"width": 0})["width"]
        sized.screenshot(path=f"{os.environ['NHIPCAU_PICTURES']}/{name}-{width}.png")
    found = Axe().run(sized).response["violations"]
    told = [(rule["id"], [node["html"][:200] for node in rule["nodes"][:3]]) for rule in found]
    width, wide = sized.evaluate("[innerWidth, document.documentElement.scrollWidth]")

    assert told == []
    assert wide <= width
