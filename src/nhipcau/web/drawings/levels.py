"""The cascade on a telephone: one bar a level, as long as its share of documents; no timeline fits there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 358


@dataclass(frozen=True, slots=True)
class Bar:
    """A level: its documents, how many of them wait for a person, the longest lapse in days.

    ``done`` and ``waiting_x`` are lengths in user units of a drawing ``WIDTH`` wide.
    """

    words: str
    count: int
    waiting: int
    longest: int | None
    done: int
    waiting_x: int


@dataclass(frozen=True, slots=True)
class Derived:
    """What a bar needs to know of one row: which document, on which level, whether it waits, its days."""

    key: str
    level: str
    waits: bool
    days: int | None


def bars(rows: Iterable[Derived]) -> list[Bar]:
    """One bar for each level, in the order in which levels are met; a document counts once."""
    levels: dict[str, dict[str, list[Derived]]] = {}
    for row in rows:
        levels.setdefault(row.level, {}).setdefault(row.key, []).append(row)
    most = max((len(documents) for documents in levels.values()), default=1)
    return [_bar(words, list(documents.values()), most) for words, documents in levels.items()]


def _bar(words: str, documents: list[list[Derived]], most: int) -> Bar:
    waiting = sum(any(row.waits for row in rows) for rows in documents)
    lapses = [row.days for rows in documents for row in rows if row.days is not None]
    whole = WIDTH * len(documents) // most
    open_part = whole * waiting // len(documents)
    return Bar(words, len(documents), waiting, max(lapses, default=None), whole - open_part, open_part)
