"""The keyboard alone, and two people at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import minded
from tests.journeys.house import House, drop, focus, is_seen, sign_in, tab_to

PAPER = """ỦY BAN NHÂN DÂN
XÃ BẾN TRÚC
Số: {number}/TB-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Bến Trúc, ngày 11 tháng 5 năm 2026

THÔNG BÁO
Về lịch đón đoàn học sinh nước bạn

Đoàn đến trước ngày 20/6/2026, gồm 24 người./.
"""


@pytest.fixture
def paper(page: Page, house: House, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """A paper that waits on the desk, another for each test: the address of its reading page."""
    number = 300 + len(request.node.name)
    file = tmp_path / f"thong-bao-{number}.txt"
    file.write_text(PAPER.format(number=number), "utf-8")
    sign_in(page, house)
    (address,) = drop(page, house, [file])
    return address


def test_the_keyboard_alone_leads_from_signing_in_to_a_confirmed_paper(
    page: Page, house: House, paper: str
) -> None:
    """Tab, Enter and letters; whatever is in focus is drawn so that it is seen."""
    page.context.clear_cookies()
    page.goto(house.at("/dang-nhap/"))
    tab_to(page, lambda at: "|id_username|" in at)
    page.keyboard.type("vanthu")
    page.keyboard.press("Tab")
    page.keyboard.type(house.passwords["vanthu"])
    page.keyboard.press("Enter")
    page.wait_for_url(house.at("/"))

    page.keyboard.press("Tab")
    assert "#main" in focus(page)
    assert is_seen(page)
    tab_to(page, lambda at: paper.rstrip("/") in at)
    assert is_seen(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{paper}**")

    tab_to(page, lambda at: at.startswith("BUTTON|") and "Xác nhận" in at)
    assert is_seen(page)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/giay/" not in url)
    expect(page.locator(".notice.good")).to_be_visible()


def test_every_stop_of_the_keyboard_is_seen(page: Page, house: House, paper: str) -> None:
    """On the longest page, from the first stop to the last, in an order that never goes back."""
    page.goto(house.at(paper))
    stops: list[str] = []
    page.keyboard.press("Tab")
    while "BODY|" not in focus(page) and len(stops) < 200:
        assert is_seen(page), focus(page)
        stops.append(focus(page))
        page.keyboard.press("Tab")

    assert len(stops) > 20


def test_of_two_who_confirm_at_once_one_registers_and_the_other_is_told(
    page: Page, house: House, browser: Browser, paper: str
) -> None:
    """Both see the card that waits, both press; there is one document, one number, and one clear sentence."""
    with browser.new_context(locale="vi-VN") as context:
        other = context.new_page()
        minded(other, house)
        sign_in(other, house)
        both = (page, other)
        for one in both:
            one.goto(house.at(paper))
        for one in both:
            one.evaluate(
                "() => { const f = document.querySelector('[aria-labelledby=card] form');"
                " setTimeout(() => f.requestSubmit(f.querySelector('button')), 50); }"
            )
        for one in both:
            one.locator(".notice").first.wait_for()
        said = [one.locator(".notice").first.inner_text() for one in both]

    assert len([words for words in said if "đã được xác nhận" in words]) == 1
    assert len([words for words in said if "số" in words.lower() and "đã được xác nhận" not in words]) == 1


def test_whose_session_has_ended_is_led_back_to_what_was_being_done(
    page: Page, house: House, paper: str
) -> None:
    page.context.clear_cookies()
    page.goto(house.at(paper))
    page.fill("#id_username", "vanthu")
    page.fill("#id_password", house.passwords["vanthu"])
    page.click("main button")

    page.wait_for_url(f"**{paper}")


def test_a_chosen_filter_and_a_search_stand_in_the_address(page: Page, house: House) -> None:
    """So that a list can be kept, sent and walked back to."""
    sign_in(page, house)
    page.goto(house.at("/van-ban/"))
    page.fill("#list-q", "giao luu")
    page.wait_for_url("**?q=giao*luu*")
    found = page.locator("#rows tbody tr").count()
    page.locator("#rows tbody th a").first.click()
    page.go_back()

    expect(page.locator("#rows tbody tr")).to_have_count(found)
    assert page.input_value("#list-q") == "giao luu"
