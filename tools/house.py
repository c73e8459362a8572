"""A demo of the house in a process and a folder of its own: for the walks of the tests, and for pictures."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
#: A line of the table that a demo prints: role, sign-in name, password.
_PERSON = re.compile(r"^ {4}\S.*? {2,}(\S+) {2,}(\S{12,})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class House:
    """Where the demo is, and the passwords of its people by sign-in name."""

    address: str
    passwords: dict[str, str]

    def at(self, path: str) -> str:
        """The whole address of a page."""
        return self.address.rstrip("/") + path


@contextmanager
def open_house(files: Sequence[str] = ()) -> Iterator[House]:
    """A demo with the project's own samples and `files`; its folder goes with it."""
    with tempfile.TemporaryDirectory(prefix="nhipcau-house-") as home:
        Path(home).chmod(0o755)
        said = Path(home) / "said"
        with said.open("w") as errors, _demo(home, files, errors) as process:
            try:
                yield _told(process, said)
            finally:
                process.terminate()


def sign_in(page: Page, house: House, name: str = "vanthu") -> None:
    """Sign in, and land on the desk."""
    page.goto(house.at("/dang-nhap/"))
    page.fill("#id_username", name)
    page.fill("#id_password", house.passwords[name])
    page.click("main button")
    page.wait_for_url(house.at("/"))


def people_of(printed: str) -> dict[str, str]:
    """The passwords by sign-in name in what a demo printed."""
    return {found[1]: found[2] for found in _PERSON.finditer(printed)}


def _demo(home: str, files: Sequence[str], errors: IO[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "nhipcau.site.main", "demo", *files]
    environment = {**os.environ, "NHIPCAU_DATA": home}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment)


def _told(process: subprocess.Popen[str], said: Path) -> House:
    """What the demo prints when it is ready: its address, and a sign-in for each of its people."""
    address, passwords = "", dict[str, str]()
    for line in process.stdout or ():
        if found := re.search(r"http://\S+", line):
            address = found[0]
        passwords |= people_of(line)
        if "Ctrl-C" in line:
            break
    if not address:
        raise RuntimeError(f"the demo ended before it was ready:\n{said.read_text()[-3000:]}")
    return House(address, passwords)
