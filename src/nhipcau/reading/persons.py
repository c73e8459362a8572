"""Names of persons as papers print them under a signature: capitalised words, rank and degree left out."""

from __future__ import annotations

import re

from nhipcau.reading import names
from nhipcau.reading.text import LOWER, UPPER

GIVEN = rf"[{UPPER}][{LOWER}]{{0,7}}"
_RANK = r"(?:(?:GS|PGS|TS|ThS|BS|CN|KS|LS|NSƯT|NGƯT)\.?\s?){0,3}"
_ARMY = r"(?:(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy)\s)?"
_PERSON = re.compile(
    rf"{_RANK}{_ARMY}(?P<name>{GIVEN}"
    rf"(?:[ -](?:{GIVEN}|[{UPPER}]['’]?[{UPPER}{LOWER}]{{1,8}}|[{UPPER}]\.)){{1,5}})"
)
_PERSON_CAPITALS = re.compile(rf"(?P<name>[{UPPER}]{{2,7}}(?: [{UPPER}]{{1,7}}){{1,4}})")
_AFTER_SIGNED = re.compile(r"^\W{0,2}(?:Đã ký|đã ký|ĐÃ KÝ)\W{1,3}")


def person(body: str, *, capitals: bool = False) -> str | None:
    """The name of a person that a line holds and nothing else, without rank or degree."""
    body = _AFTER_SIGNED.sub("", body)
    match = _PERSON.fullmatch(body)
    if match:
        return match["name"]
    match = _PERSON_CAPITALS.fullmatch(body) if capitals else None
    return match["name"] if match and not names.names_body(body) else None
