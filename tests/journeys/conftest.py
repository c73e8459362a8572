"""A demo for all walks, a browser for each module, and a page that minds its manners."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from tools import browser as chromium

from tests.journeys.house import FLAGS, PATIENCE, House, open_house

DESK = {"width": 1366, "height": 768}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every walk needs a browser."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """One demo for all walks of a run; each walk works on papers of its own."""
    if chromium.find() is None:
        pytest.skip("there is no Chromium on this machine")
    with open_house() as opened:
        yield opened


@pytest.fixture(scope="module")
def browser(house: House) -> Iterator[Browser]:
    """A browser; ended with its module, since its loop would stand in the way of the database's tests."""
    with sync_playwright() as play:
        launched = play.chromium.launch(executable_path=chromium.find(), args=FLAGS, env={**os.environ})
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, house: House) -> Iterator[Page]:
    """A page on an office's screen. It fails where something breaks in it or is fetched from elsewhere."""
    with browser.new_context(viewport=DESK, locale="vi-VN") as context:  # type: ignore[arg-type]
        opened = context.new_page()
        complaints = minded(opened, house)
        yield opened
    assert complaints == []


def minded(page: Page, house: House) -> list[str]:
    """What a page complains of from now on: faults of scripts, broken policies, foreign addresses."""
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if _is_fault(said) else None)
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(house.address) else complaints.append(asked.url),
    )
    return complaints


def _is_fault(said: ConsoleMessage) -> bool:
    """Whether something broke. A browser also complains of a card sent back to be corrected (422)."""
    return said.type == "error" and "422" not in said.text
