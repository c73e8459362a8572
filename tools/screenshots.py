"""Pictures of each page at both sizes, made from a fresh demo with the project's own sample papers only.

Run by ``python -m tools.screenshots [--to FOLDER]``; needs Chromium.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

from tools import browser as chromium
from tools.house import FLAGS, House, open_house, sign_in

SIZES = {"1366x768": (1366, 768), "390x844": (390, 844)}
_UNITS = """Tên;Cấp;Trực thuộc;Từ ngày
Ban Hợp tác quốc tế;cấp tỉnh;Liên hiệp các tổ chức hữu nghị tỉnh Sông Ngân;01/07/2025
Ban Công tác thành viên;cấp tĩnh;Liên hiệp các tổ chức hữu nghị tỉnh Sông Ngân;01/07/2025
Văn phòng;cấp tỉnh;Liên hiệp các tổ chức hữu nghị tỉnh Sông Ngân;31/06/2025
"""
_PATIENCE = 60_000
TO = Path(__file__).resolve().parent.parent / "docs" / "screenshots"


def addresses(page: Page, house: House) -> dict[str, str]:
    """The pages of papers and documents as a clerk sees them: the address of each, found by walking."""
    page.goto(house.at("/van-ban/?q=07-CT"))
    document = page.get_by_role("link", name="07-CT/HĐGL", exact=True).first.get_attribute("href") or ""
    page.goto(house.at(document))
    paper = page.locator("section[aria-labelledby=files] a").first.get_attribute("href") or ""
    page.goto(house.at("/"))
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


def administration(page: Page, house: House) -> dict[str, str]:
    """The pages of units, people and one's own account, as an administrator sees them."""
    page.goto(house.at("/don-vi/tim/?q=huong+tra"))
    unit = page.locator("main a").evaluate_all(
        r"links => links.map(one => one.getAttribute('href'))"
        r".find(path => /^\/don-vi\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/$/.test(path)) || ''"
    )
    return {
        "units": "/don-vi/?ngay=01/07/2025",
        "unit": unit,
        "unit-found": "/don-vi/lap/",
        "imports": "/nhap-tep/units/",
        "import-preview": _previewed(page, house),
        "people": "/can-bo/",
        "rights": "/can-bo/quyen/",
        "account": "/tai-khoan/",
    }


def _previewed(page: Page, house: House) -> str:
    """The address of a file on its way into the register of units: a new row, and one in error."""
    page.goto(house.at("/nhap-tep/units/"))
    page.set_input_files("#file", {"name": "don-vi.csv", "mimeType": "text/csv", "buffer": _UNITS.encode()})
    page.locator("#errors").wait_for(timeout=_PATIENCE)
    return urlsplit(page.url).path


def take(page: Page, house: House, found: dict[str, str], to: Path, size: str) -> None:
    """A picture of each page, and a word where one is wider than the screen."""
    for name, path in found.items():
        page.goto(house.at(path))
        page.screenshot(path=to / f"{name}-{size}.png")
        wide = page.evaluate("document.documentElement.scrollWidth")
        print(f"{name:14} {size} {'SCROLLS SIDEWAYS ' + str(wide) if wide > SIZES[size][0] else ''}")


def main() -> int:
    """Make all pictures."""
    parser = argparse.ArgumentParser(prog="tools.screenshots", description=__doc__)
    parser.add_argument("--to", type=Path, default=TO)
    parser.add_argument("files", nargs="*")
    given = parser.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    with open_house(given.files) as house, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        for size, (width, height) in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, locale="vi-VN")
            page.goto(house.at("/dang-nhap/"))
            page.screenshot(path=given.to / f"sign-in-{size}.png")
            sign_in(page, house)
            take(page, house, addresses(page, house), given.to, size)
            page.context.clear_cookies()
            sign_in(page, house, "quantri")
            take(page, house, administration(page, house), given.to, size)
            page.context.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
