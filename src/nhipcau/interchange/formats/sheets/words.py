"""The words of an XML element: what a person could read in it, also where it is cut into runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nhipcau.interchange.formats.sheets.parts import local

#: Elements whose text is one piece, however many runs it is cut into.
WHOLE = {"p", "text", "si", "comment", "is", "annotation"}
#: What headers and footers write between their words: places, fonts, page numbers.
LAYOUT = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|\d+|[A-Za-z&])')


def joined(element: Any) -> str:
    """The text of a string item, its runs joined, without its phonetic reading."""
    if len(element) == 1 and local(element[0]) == "t":
        return element[0].text or ""
    return "".join(one.text or "" for one in element.iter("{*}t") if local(one.getparent()) != "rPh")


def of(element: Any, *, is_layout: bool = False) -> Iterator[str]:
    """Every text and every value of an attribute in ``element``."""
    if element is None:
        return
    for one in element.iter():
        name = local(one)
        if not name:
            continue
        text = "".join(one.itertext()) if name in WHOLE else one.text or ""
        yield from LAYOUT.sub("\n", text).split("\n") if is_layout else (text,)
        yield from (value for value in one.values() if len(value) > 2)  # noqa: PLR2004
