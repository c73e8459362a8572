"""The properties of old office files: title, subject, keywords, and those that an office made its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.reading.formats import word97

if TYPE_CHECKING:
    import olefile

SHOWN = ("title", "subject", "author", "keywords", "comments", "category", "manager", "company")
LONGEST_PROPERTY = 10_000
# The code page of UTF-8, as it is written in 32 and in 16 bits.
UTF8 = {65001, -535}


def values(store: olefile.OleFileIO) -> list[str]:
    """Title, subject, keywords and the like, and the values of the office's own properties."""
    facts = store.get_metadata()
    page = "utf-8" if facts.codepage in UTF8 else f"cp{(facts.codepage or 1252) % 65536}"
    values = [getattr(facts, name, None) for name in SHOWN]
    found = [_decoded(value, page) for value in values if isinstance(value, bytes)]
    found += [value for value in values if isinstance(value, str)]
    name = "\x05DocumentSummaryInformation"
    if store.exists(name):
        found += _strings(store.openstream(name).read(), page)
    return found


def _decoded(value: bytes, page: str) -> str:
    for encoding in ("utf-8", page, "cp1258"):
        try:
            return value.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return value.decode("cp1252", errors="replace")


def _strings(data: bytes, page: str) -> list[str]:
    """The strings of a property stream: each stands after its type (8-bit 30, wide 31) and length."""
    found = []
    for hit in re.finditer(rb"[\x1e\x1f]\x00\x00\x00(.{4})", data, re.DOTALL):
        length = word97.u32(hit[1], 0)
        if 1 < length < LONGEST_PROPERTY:
            wide = hit[0].startswith(b"\x1f")
            raw = data[hit.end() : hit.end() + (2 * length if wide else length)]
            found.append((raw.decode("utf-16-le", "replace") if wide else _decoded(raw, page)).strip("\0"))
    return found
