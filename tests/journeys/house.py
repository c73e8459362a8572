"""A demo of the house in a process of its own, and how a person moves about in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from playwright.sync_api import Locator, Page

TESTS = Path(__file__).resolve().parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
#: Milliseconds that a page may take on a busy machine before a walk is given up.
PATIENCE = 30_000
MOST_TABS = 250


@dataclass(frozen=True, slots=True)
class House:
    """Where the demo is, and the passwords of its people."""

    address: str
    passwords: dict[str, str]

    def at(self, path: str) -> str:
        """The whole address of a page."""
        return self.address.rstrip("/") + path


@contextmanager
def open_house() -> Iterator[House]:
    """A demo with the project's own samples, in a folder that goes with it."""
    with tempfile.TemporaryDirectory(prefix="nhipcau-journeys-") as home:
        Path(home).chmod(0o755)
        said = Path(home) / "said"
        with said.open("w") as errors, _demo(home, errors) as process:
            try:
                yield _told(process, said)
            finally:
                process.terminate()


def _demo(home: str, errors: IO[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "nhipcau.site.main", "demo"]
    environment = {**os.environ, "NHIPCAU_DATA": home}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment)


def _told(process: subprocess.Popen[str], said: Path) -> House:
    """What the demo prints when it is ready: its address, and a sign-in for each of its people."""
    address, passwords = "", {}
    for line in process.stdout or ():
        if found := re.search(r"http://\S+", line):
            address = found[0]
        if found := re.search(r"sign in\s+(\S+) / (\S+)", line):
            passwords[found[1]] = found[2]
        if "Ctrl-C" in line:
            break
    assert address, f"the demo ended before it was ready:\n{said.read_text()[-3000:]}"
    return House(address, passwords)


def sign_in(page: Page, house: House, name: str = "vanthu") -> None:
    """Sign in, and land on the desk."""
    page.goto(house.at("/dang-nhap/"))
    page.fill("#id_username", name)
    page.fill("#id_password", house.passwords[name])
    page.click("main button")
    page.wait_for_url(house.at("/"))


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
