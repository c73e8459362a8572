"""Pictures of each page at both sizes, made from a fresh demo with the project's own sample papers only.

Run by ``python -m tools.screenshots [--to FOLDER]``; needs Chromium.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

SIZES = {"1366x768": (1366, 768), "390x844": (390, 844)}
TO = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@contextmanager
def demo(*files: str) -> Iterator[tuple[str, dict[str, str]]]:
    """A demo of its own: its address, and the password of each sign-in name."""
    with tempfile.TemporaryDirectory(prefix="nhipcau-shots-") as home:
        Path(home).chmod(0o755)
        command = [sys.executable, "-m", "nhipcau.site.main", "demo", *files]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env={**os.environ, "NHIPCAU_DATA": home}
        )
        try:
            yield _told(process)
        finally:
            process.terminate()
            process.wait(timeout=60)


def _told(process: subprocess.Popen[str]) -> tuple[str, dict[str, str]]:
    address, signins = "", {}
    for line in process.stdout or ():
        if found := re.search(r"http://\S+", line):
            address = found[0]
        if found := re.search(r"sign in\s+(\S+) / (\S+)", line):
            signins[found[1]] = found[2]
        if "Ctrl-C" in line:
            break
    return address, signins


def sign_in(page: Page, address: str, name: str, password: str) -> None:
    """Sign in through the page."""
    page.goto(f"{address}dang-nhap/")
    page.fill("#id_username", name)
    page.fill("#id_password", password)
    page.click("main button")


def addresses(page: Page, address: str) -> dict[str, str]:
    """The address of each page, found by walking."""
    page.goto(f"{address}van-ban/?q=07-CT")
    document = page.get_by_role("link", name="07-CT/HĐGL", exact=True).first.get_attribute("href") or ""
    page.goto(f"{address}{document.lstrip('/')}")
    paper = page.locator("section[aria-labelledby=files] a").first.get_attribute("href") or ""
    page.goto(address)
    waiting = page.locator("section[aria-labelledby=waiting] tbody th a").last.get_attribute("href") or ""
    mention = page.locator("section[aria-labelledby=mentions] a").first
    found = {
        "desk": "/",
        "reading": waiting,
        "confirmed": paper,
        "register": "/van-ban/",
        "document": document,
        "cascade": f"{document}trien-khai/",
        "cascades": "/trien-khai/",
        "receive": "/van-ban/nhan/",
        "jobs": "/viec-nen/",
        "stubs": "/van-ban/phieu-mat/",
        "waiting": "/van-ban/cho-xac-nhan/",
        "nothing": "/van-ban/?q=khong-co-gi-ca",
        "missing": "/van-ban/00000000-0000-4000-8000-000000000000/",
    }
    if mention.count():
        found["mention"] = mention.get_attribute("href") or ""
    return found


def main() -> int:
    """Make all pictures."""
    parser = argparse.ArgumentParser(prog="tools.screenshots", description=__doc__)
    parser.add_argument("--to", type=Path, default=TO)
    parser.add_argument("files", nargs="*")
    given = parser.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    with demo(*given.files) as (address, signins), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for size, (width, height) in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, locale="vi-VN")
            page.goto(f"{address}dang-nhap/")
            page.screenshot(path=given.to / f"sign-in-{size}.png")
            sign_in(page, address, "vanthu", signins["vanthu"])
            for name, path in addresses(page, address).items():
                page.goto(address + path.lstrip("/"))
                page.screenshot(path=given.to / f"{name}-{size}.png")
                wide = page.evaluate("document.documentElement.scrollWidth")
                print(f"{name:10} {size} {'SCROLLS SIDEWAYS ' + str(wide) if wide > width else ''}")
            page.context.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
