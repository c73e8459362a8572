"""The level of an issuer by the words of its name, and whether the name says which place it is of."""

from __future__ import annotations

import re
from functools import cache

from nhipcau.reading.tables import load
from nhipcau.reading.text import fold
from nhipcau.records.foundation.models import Unit

# Lower levels first: "Ban Tuyên giáo Huyện ủy" stands in a district though a province may be named after it.
_LADDER = (
    (Unit.Level.COMMUNE, r"\b(xa|phuong|thi tran|dac khu|dang uy xa|dang uy phuong)\b"),
    (Unit.Level.DISTRICT, r"\b(huyen|huyen uy|thi xa|thi uy|quan uy|quan)\b"),
    (Unit.Level.PROVINCE, r"\b(tinh|tinh uy|thanh pho|thanh uy|so [a-z]+)\b"),
    (Unit.Level.CENTRE, r"\Abo [a-z]+|\b(trung uong|bo chinh tri|ban bi thu|quoc hoi|chinh phu|thu tuong)\b"),
    (Unit.Level.CENTRE, r"\b(chu tich nuoc|toan quoc|viet nam)\b"),
)
_PATTERNS = tuple((level, re.compile(pattern)) for level, pattern in _LADDER)
# "Bộ Quốc phòng" holds "phòng", "Thừa Thiên" nothing of a level; these hold a level's word and mean none.
_NOT_A_LEVEL = re.compile(
    r"\b(xa hoi|quan doi|quan su|quan ly|quan he|phuong tien|tinh hinh|toa an nhan dan toi cao)\b"
)
# A body and the bare word of its level, and no name of a place after it.
_BARE = re.compile(
    r"\A(?:.*\b)?(?:tinh uy|thanh uy|huyen uy|thi uy|quan uy|(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|"
    r"dang uy|tinh|cap) ?(?:tinh|thanh pho|huyen|thi xa|quan|xa|phuong|thi tran)?)\Z"
)


def level_of(issuer: str) -> str:
    """The level of ``Unit.Level`` that an issuer's name tells; empty where it tells none."""
    plain = _NOT_A_LEVEL.sub(" ", fold(issuer))
    for level, pattern in _PATTERNS:
        if pattern.search(plain):
            return str(level.value)
    return ""


def level_of_symbol(number: str) -> str:
    """The level that a symbol tells ("/TW" the centre, "/TU" a province); empty where it tells none."""
    tail = number.rpartition("/")[2]
    found = _symbols().get(tail) or _symbols().get(tail.rpartition("-")[2]) or ""
    return found if found in Unit.Level.values else ""


@cache
def _symbols() -> dict[str, str]:
    return {row["symbol"]: row["level"] for row in load.rows("symbols")}


def is_unplaced(issuer: str) -> bool:
    """Whether a name is of a body that every province (district, commune) has, and does not say which.

    "Tỉnh ủy".
    """
    return bool(_BARE.match(fold(issuer)))
