"""Numbers of documents for comparing: "007 - CT/HĐGL" and "7-CT/HĐGL" are one, 7-KL/HĐGL is another."""

from __future__ import annotations

import re

from nhipcau.reading.text import fold

_LEADING = re.compile(r"\A0+(?=\d)")
_SHORT = re.compile(r"\A\d{1,6}[a-z]?")


def number_key(number: str) -> str:
    """A number and symbol without marks, case, blanks and leading zeros."""
    return _LEADING.sub("", fold(number).replace(" ", "").replace("–", "-"))[:80]


def short_key(key: str) -> str:
    """The number alone of a key: "7" of "7-ct/hdgl"; empty where it begins with no number."""
    found = _SHORT.match(key)
    return found.group() if found else ""


def has_symbol(key: str) -> bool:
    """Whether a key holds a symbol beside its number."""
    return len(key) > len(short_key(key)) > 0
