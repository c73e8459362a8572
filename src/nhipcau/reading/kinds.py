"""State, Party or Front: told from the paper's own form (motto, number, letterhead, power of the signer)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from nhipcau.reading.doctypes import types_of_code
from nhipcau.reading.speaker import speaker
from nhipcau.reading.tables.load import pattern, rows
from nhipcau.reading.text import bare

if TYPE_CHECKING:
    from nhipcau.reading.findings import Header, Kind
    from nhipcau.reading.frame import Head
    from nhipcau.reading.parts import Part

_LEADING = re.compile(r"^(?:ban (?:chap hanh|thuong vu|bi thu)|bch|btv) ")


def read_kind(part: Part, head: Head, header: Header) -> Kind:
    """The kind of a framed document; "other" where its form tells nothing."""
    if head.first("party_motto"):
        return "party"
    if _front(header) or head.first("union_motto"):
        return "front"
    number = header.number.value if header.number else ""
    if head.first("state_motto", "state_words"):
        return "state"
    if number:
        return "party" if re.match(r"\d+[a-zđ]?-", number) else "state"
    return _without_frame(part, head, header)


def _front(header: Header) -> bool:
    """Whether letterhead or number are those of the Front, a union or an association."""
    bodies = [bare(found.value) for found in (header.parent_issuer, header.issuer) if found]
    if any(pattern("frame", "front_body").match(body) for body in bodies):
        return True
    return bool(header.number and _symbol(header.number.value) in _front_symbols())


def _symbol(number: str) -> str:
    """The issuer's part of a number: MTTQ of "27/TB-MTTQ-BTT", MT of "05-QĐ/MT", LHHN of "12/LHHN-VP"."""
    pieces = re.split(r"[-/]", number)[1:]
    if pieces and re.fullmatch(r"(?:19|20)\d\d", pieces[0]):
        pieces = pieces[1:]
    party = "-" in number[:7] and not number[: number.find("-")].count("/")
    if len(pieces) > 1 and types_of_code(pieces[0], party=party):
        pieces = pieces[1:]
    return pieces[0] if pieces else ""


@cache
def _front_symbols() -> frozenset[str]:
    return frozenset(row["symbol"].split("-")[0] for row in rows("symbols") if row["family"] == "front")


def _without_frame(part: Part, head: Head, header: Header) -> Kind:
    """A directive posted without its frame: told by the power of its signer, the rule, the copies list."""
    powers = [part.lines[index].body for index in part.powers]
    if any("/" in body[:4] for body in powers):
        return "party"
    signed = " ".join(map(bare, powers))
    if "mat tran" in signed or "mttq" in signed or "ban thuong truc" in signed:
        return "front"
    if signed:
        return "state"
    said = header.issuer or speaker(part)
    issuer = bare(said.value) if said else ""
    if pattern("frame", "front_body").match(_LEADING.sub("", issuer)):
        return "front"
    if pattern("frame", "party_body").search(issuer) or any(
        re.match(r"-{3,7}$", line.body) for line in head.rest[:8]
    ):
        return "party"
    closing = [bare(line.body) for line in part.lines[-60:]]
    if any(re.match(r"[-\s]*luu (?:van phong )?[\w ]{0,20}uy\b", line) for line in closing):
        return "party"
    if any(re.match(r"[-\s]*luu ?: ?vt", line) for line in closing) or _has_articles(part):
        return "state"
    return "state" if issuer else "other"


def _has_articles(part: Part) -> bool:
    return any(line.body.startswith(("Điều 1.", "Điều 1:")) for line in part.lines[:80])
