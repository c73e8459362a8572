"""The level of an issuer as a document keeps it, and whether its name says which place it is of.

The knowledge is the reader's (``reading.levels``); here it is put in the words of the records.
"""

from __future__ import annotations

import re

from nhipcau.reading import levels
from nhipcau.reading.numbers import parse_number
from nhipcau.reading.text import fold

# Bodies that stand at several levels: without a place they name none.
_OF_ANY_LEVEL = re.compile(r"(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|dang uy)\Z")
_BELOW_CENTRE = frozenset(levels.LEVELS[1:])


def level_of(issuer: str) -> str:
    """The level of ``Unit.Level`` that an issuer's name tells; empty where it tells none."""
    return (levels.level_of_name(issuer) if issuer else None) or ""


def level_of_symbol(number: str) -> str:
    """The level that a symbol tells ("/TW" the centre, "/TU" a province); empty where it tells none."""
    parsed = parse_number(number) if number else None
    return (levels.level_of(parsed, None) if parsed else None) or ""


def is_unplaced(issuer: str) -> bool:
    """Whether a name is of a body that every place has, and does not say of which place: "Tỉnh ủy"."""
    if not issuer or levels.place_of(issuer):
        return False
    return level_of(issuer) in _BELOW_CENTRE or bool(_OF_ANY_LEVEL.search(fold(issuer)))
