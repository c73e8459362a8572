"""State, Party, Front or news: told from the paper's own form, never from who issued it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.reading.text import bare

if TYPE_CHECKING:
    from nhipcau.reading.findings import Header, Kind
    from nhipcau.reading.heading import Head

_FRONT_BODY = re.compile(
    r"\b(?:mat tran|mttq|lien hiep|hoi|lien doan|doan thanh nien|doan tncs|tinh doan|thanh doan|huyen doan|cong doan)\b"
)
_FRONT_CODE = re.compile(r"MTTQ|MTTW|[-/]MT\b|ĐTN|LHHN|LHCTC|LHPN|HND|CCB|TLĐ|LĐLĐ|ĐCT")


def read_kind(head: Head, header: Header) -> Kind:
    """The kind of a framed document; "other" where nothing of a frame was found."""
    number = header.number.value if header.number else ""
    issuer = " ".join(bare(found.value) for found in (header.parent_issuer, header.issuer) if found)
    if head.first("party_motto"):
        return "party"
    if _FRONT_CODE.search(number) or _FRONT_BODY.match(issuer) or "mat tran" in issuer or head.first("union_motto"):
        return "front"
    if re.match(r"\d+[a-zđ]?-", number):
        return "party"
    if head.first("state_motto", "state_words") or "/" in number:
        return "state"
    return "other"
