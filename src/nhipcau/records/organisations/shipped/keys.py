"""Which unit a row of the tables speaks of: the same one before and after where it simply went on."""

from __future__ import annotations

from functools import cache

from nhipcau.records.organisations.shipped.tables import about, rows


def before(code: str) -> str:
    """The key of the unit with this code until 30/06/2025."""
    return f"{about()['version_before']}/{code}"


def after(code: str) -> str:
    """The key of the unit with this code since 01/07/2025: its key of before where it simply went on."""
    return _went_on().get(code) or f"{about()['version_after']}/{code}"


@cache
def _went_on() -> dict[str, str]:
    """The key of before by the code since."""
    links = [*rows("province_links"), *rows("commune_links")]
    return {row["after"]: before(row["before"]) for row in links if row["kind"] == "keep"}


def goes_on(code: str) -> bool:
    """Whether the unit with this code since 01/07/2025 is the same as one of before."""
    return code in _went_on()
