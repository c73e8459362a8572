"""Types of documents: the line of a paper that says what it is, and the type that a code stands for."""

from __future__ import annotations

import re
from functools import cache

from nhipcau.reading.tables.load import column, rows
from nhipcau.reading.text import bare, fold, kept

_LONGEST_LINE = 60  # characters; no type line is longer, spaced capitals included
_REMARK = re.compile(r"\s*(?:\(.{0,40}\)|:|\.)\s*$")


@cache
def _widened() -> frozenset[str]:
    """Types of several words that widen one of the table: "Kế hoạch liên tịch", "Thông báo kết luận"."""
    return frozenset(column("patterns", "value", kind="type")) - frozenset(column("types", "name"))


@cache
def _known() -> dict[str, str]:
    """Folded type without blanks ("kehoach") to its standard spelling; blanks go lost in spaced capitals."""
    return {fold(name).replace(" ", ""): name for name in (*_widened(), *column("types", "name"))}


@cache
def _longest_first() -> tuple[tuple[str, str], ...]:
    pairs = ((fold(name), name) for name in (*_widened(), *column("types", "name")))
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


@kept
def known_type(line: str) -> str | None:
    """The type that a line names and nothing else: "KẾ  HOẠCH", "C H Ỉ  T H Ị", "QUYẾT ĐỊNH:" (or None)."""
    if len(line) > _LONGEST_LINE or line[:1].islower():
        return None
    return _known().get(bare(_REMARK.sub("", line)).replace(" ", ""))


def leading_type(line: str) -> tuple[str, int] | None:
    """The type in capitals that a line begins with, and where the rest begins; None where it has none."""
    head = line[:40]
    if not head[:2].isupper():
        return None
    folded = " ".join(bare(head).split())
    for key, name in _longest_first():
        if folded.startswith(key + " "):
            length = len(name)
            # Blanks may be doubled; the printed words decide, and they must be capitals.
            match = re.match(r"\s+".join([r"\S+"] * len(key.split())), head)
            length = match.end() if match else length
            if name in _widened() and line[length:].lstrip()[:2].isupper():
                continue  # "KẾ HOẠCH PHỐI HỢP TỔ CHỨC ...": in capitals throughout the title may begin there
            return (name, length) if head[:length].isupper() else None
    return None


@cache
def _codes(column_name: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("types"):
        for code in filter(None, row[column_name].split(";")):
            found[code] = (*found.get(code, ()), row["name"])
    for row in rows("patterns"):
        if row["kind"] == "code" and row["form"] not in found:
            found[row["form"]] = (row["value"],)
    return found


def types_of_code(code: str, *, party: bool) -> tuple[str, ...]:
    """The types that a code may stand for: ("Quyết định", "Quy định") for a Party "QĐ"; () where unknown."""
    return _codes("party_code" if party else "state_code").get(code, ())
