"""A second factor from binding it to signing in with it: a telephone's code, and a passkey of the browser."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import DESK, minded
from tests.journeys.house import House, sign_in

FACTORS = "/tai-khoan/xac-thuc/"
#: Of the office's screen and of a telephone.
SIZES = {"1366x768": (1366, 768), "390x844": (390, 844)}


def named(house: House) -> House:
    """The same house under a name: browsers bind no passkey to a bare number."""
    return House(house.address.replace("127.0.0.1", "localhost"), house.passwords)


@pytest.fixture
def visitor(browser: Browser, house: House) -> Iterator[Page]:
    """A page at the house's name."""
    with browser.new_context(viewport=DESK, locale="vi-VN") as context:  # type: ignore[arg-type]
        page = context.new_page()
        complaints = minded(page, named(house))
        yield page
    assert complaints == []


def code_of(key: str) -> str:
    """What the telephone shows now."""
    return str(format_hotp_value(hotp_value(key.replace(" ", ""), int(time.time()) // 30)))


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def password(page: Page, house: House, name: str) -> None:
    """The first half of signing in."""
    page.goto(house.at("/dang-nhap/"))
    page.fill("#id_username", name)
    page.fill("#id_password", house.passwords[name])
    page.click("[aria-labelledby=h] button")


def axe(page: Page) -> list[str]:
    return [rule["id"] for rule in Axe().run(page).response["violations"]]


def test_a_demo_lets_a_head_in_without_a_second_factor_and_offers_one(visitor: Page, house: House) -> None:
    sign_in(visitor, named(house), "lanhdao")
    visitor.goto(named(house).at("/tai-khoan/"))

    assert visitor.locator("a[href='/tai-khoan/xac-thuc/']").count() > 0


def test_a_telephone_is_bound_then_asked_for_and_taken_away(visitor: Page, house: House) -> None:
    house = named(house)
    sign_in(visitor, house, "chuyenvien")
    visitor.goto(house.at(f"{FACTORS}dien-thoai/"))
    key = visitor.locator("b.key").inner_text()
    visitor.fill("#id_current", house.passwords["chuyenvien"])
    visitor.fill("#id_code", code_of(key))
    visitor.click("[aria-labelledby=scan] button")
    codes = visitor.locator("li.key").all_inner_texts()
    sign_out(visitor)

    password(visitor, house, "chuyenvien")
    visitor.wait_for_url(house.at("/dang-nhap/ma/"))
    assert axe(visitor) == []
    visitor.fill("#id_code", codes[0].replace(" ", ""))
    visitor.click("[aria-labelledby=h] button")
    visitor.wait_for_url(house.at("/"))
    assert len(codes) == 10

    visitor.goto(house.at(FACTORS))
    visitor.fill("[id^=current-]:not(#current-codes)", house.passwords["chuyenvien"])
    visitor.click("[aria-labelledby=bound] button")
    visitor.wait_for_load_state()
    assert visitor.locator("[aria-labelledby=bound] tbody tr").count() == 0


def test_a_passkey_is_bound_and_signs_in_without_a_password(visitor: Page, house: House) -> None:
    house = named(house)
    _authenticator(visitor)
    sign_in(visitor, house, "lanhdao")
    visitor.goto(house.at(FACTORS))
    visitor.fill("#id_current", house.passwords["lanhdao"])
    visitor.fill("#id_name", "Máy ở bàn làm việc")
    visitor.click("[aria-labelledby=passkey] button")
    visitor.wait_for_selector("li.key")
    sign_out(visitor)

    visitor.goto(house.at("/dang-nhap/"))
    visitor.click("form[data-passkey] button")
    visitor.wait_for_url(house.at("/"))
    assert "Lãnh đạo" in visitor.locator(".who").inner_text()

    visitor.goto(house.at(FACTORS))
    assert "Máy ở bàn làm việc" in visitor.locator("[aria-labelledby=bound]").inner_text()
    _take_away(visitor, house)


def test_a_passkey_that_the_browser_refuses_is_told_beside_the_button(visitor: Page, house: House) -> None:
    house = named(house)
    visitor.goto(house.at("/dang-nhap/"))
    visitor.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')); }")
    visitor.click("form[data-passkey] button")
    said = visitor.locator("form[data-passkey] .said")
    said.wait_for()

    assert "khóa truy cập" in said.inner_text()


def test_what_was_typed_returns_after_the_page_locked_itself(visitor: Page, house: House) -> None:
    """The page is told that it stood idle; its clock is what is wound on here."""
    house = named(house)
    visitor.clock.install()
    sign_in(visitor, house)
    visitor.goto(house.at("/van-ban/phieu-mat/"))
    visitor.fill("#id_issuer_name", "Hội đồng Giao lưu nhân dân")
    visitor.clock.run_for(16 * 60 * 1000)
    visitor.wait_for_url(re.compile("/dang-nhap/"))
    visitor.fill("#id_username", "vanthu")
    visitor.fill("#id_password", house.passwords["vanthu"])
    visitor.click("[aria-labelledby=h] button")
    visitor.wait_for_url(house.at("/van-ban/phieu-mat/"))

    assert visitor.locator("#id_issuer_name").input_value() == "Hội đồng Giao lưu nhân dân"


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_and_nothing_is_too_wide(browser: Browser, house: House, size: str) -> None:
    width, height = SIZES[size]
    house = named(house)
    with browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN") as context:
        page = context.new_page()
        sign_in(page, house, "quantri")
        page.goto(house.at("/can-bo/"))
        person = page.locator("tbody th a").first.get_attribute("href") or ""
        paths = ("/tai-khoan/", "/tai-khoan/mat-khau/", FACTORS, f"{FACTORS}dien-thoai/")
        for path in (*paths, "/can-bo/", "/can-bo/moi/", "/can-bo/quyen/", person):
            page.goto(house.at(path))
            seen, wide = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
            assert (path, axe(page), wide <= seen) == (path, [], True)


def _authenticator(page: Page) -> None:
    """A passkey's keeper that says yes by itself, as Chromium's own tests use it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def _take_away(page: Page, house: House) -> None:
    """Other tests sign in as the head with a password alone."""
    page.fill("[id^=current-]:not(#current-codes)", house.passwords["lanhdao"])
    page.click("[aria-labelledby=bound] button")
    page.wait_for_load_state()
