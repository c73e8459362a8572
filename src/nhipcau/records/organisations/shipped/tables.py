"""Reads the shipped tables: rows as they stand, days as days, the edition as what it says of itself."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
#: Longest first: "thị trấn" before "thị".
TYPES = ("thành phố", "thị trấn", "đặc khu", "thị xã", "phường", "huyện", "quận", "tỉnh", "xã")


@dataclass(frozen=True, slots=True)
class Edition:
    """What the edition says of itself: its version, the latest resolution in it, the day it was made."""

    dataset_version: str
    latest_decree: str
    generated_at: date


@cache
def about() -> Mapping[str, str]:
    """All that ``dataset.json`` says: of itself, and what holds for all rows of a table."""
    told: dict[str, str] = json.loads((DATA / "dataset.json").read_text("utf-8"))
    return told


def edition() -> Edition:
    """The edition that is shipped."""
    told = about()
    return Edition(told["dataset_version"], told["latest_decree"], date.fromisoformat(told["generated_at"]))


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of ``data/<table>.csv``, each a value by heading."""
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def day(text: str) -> date | None:
    """A day as the tables write it (ISO 8601); none where nothing stands."""
    return date.fromisoformat(text) if text else None


def the_day(name: str) -> date:
    """A day that ``dataset.json`` says once for all rows."""
    return date.fromisoformat(about()[name])


def remark(row: dict[str, str]) -> str:
    """What a row says of its own trustworthiness, after its note."""
    trust = f"{row['mark']}: {row['source']}"
    return "; ".join(filter(None, (row.get("note"), trust)))


def type_in(name: str) -> str:
    """The type word with which the name of a territory begins.

    Raises ``ValueError`` where it begins with none: such a row must not be shipped.
    """
    lowered = name.lower()
    for word in TYPES:
        if lowered.startswith(f"{word} "):
            return word
    raise ValueError(f"{name!r} begins with no type of unit")
