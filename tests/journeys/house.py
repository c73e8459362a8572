"""How a person moves about in the house."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page
from tools.house import FLAGS, House, open_house, sign_in

__all__ = ["FLAGS", "House", "open_house", "sign_in"]

TESTS = Path(__file__).resolve().parent.parent
#: Milliseconds that a page may take on a busy machine before a walk is given up.
PATIENCE = 30_000
MOST_TABS = 250


def drop(page: Page, house: House, files: list[Path]) -> list[str]:
    """Bring files in through the desk, wait until they are read; the addresses of their reading pages."""
    page.goto(house.at("/"))
    page.set_input_files("#files", files)
    links = [
        page.locator("main li, main tr").filter(has_text=file.name).locator("a[href*='/giay/']").first
        for file in files
    ]
    for link in links:
        link.wait_for(timeout=PATIENCE)
    return [link.get_attribute("href") or "" for link in links]


def confirm(page: Page, house: House, paper: str) -> list[str]:
    """Confirm every document of a paper, filling in what is asked for; the titles under which they stand."""
    page.goto(house.at(paper))
    titles = []
    while "/giay/" in page.url:
        _fill(page, "type_name", "Bài báo")
        if not page.locator("[name=number]").input_value():
            _fill(page, "subject", f"Bài báo về đối ngoại nhân dân, {Path(paper).name[:8]}")
        titles.append(page.locator("h1").inner_text())
        here = page.url
        button(page, "[aria-labelledby=card]").click()
        page.wait_for_function(
            "here => location.href !== here && document.readyState === 'complete'", arg=here
        )
    return titles


def button(page: Page, within: str) -> Locator:
    """The first button of a form, the one that does what the form is for."""
    return page.locator(f"{within} form button").first


def _fill(page: Page, name: str, words: str) -> None:
    field = page.locator(f"[aria-labelledby=card] [name={name}]")
    if not field.input_value().strip():
        field.fill(words)


def tab_to(page: Page, is_there: Callable[[str], bool]) -> None:
    """Press Tab until something is in focus of which ``is_there`` says yes; it is given tag, names, words."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if is_there(focus(page)):
            return
    raise AssertionError(f"the keyboard never came there; it is at {focus(page)}")


def focus(page: Page) -> str:
    """What is in focus: tag, id, name, address and words in one line."""
    return str(
        page.evaluate(
            "(() => { const e = document.activeElement; return [e.tagName, e.id, e.name || '',"
            " e.getAttribute('href') || '', e.innerText || e.value || ''].join('|'); })()"
        )
    )


def is_seen(page: Page) -> bool:
    """Whether what is in focus is drawn differently from when it is not."""
    return bool(
        page.evaluate(
            "(() => { const e = document.activeElement; const s = getComputedStyle(e);"
            " return s.outlineStyle !== 'none' || s.boxShadow !== 'none'; })()"
        )
    )
