"""Who signed: the post without the power he acts by (T/M, KT., TL.), and the name; the body under an attached text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.reading import names
from nhipcau.reading.findings import Found
from nhipcau.reading.head import is_upper
from nhipcau.reading.lines import Line, cells
from nhipcau.reading.recipients import POWER
from nhipcau.reading.subject import as_found
from nhipcau.reading.text import LOWER, UPPER, bare

if TYPE_CHECKING:
    from nhipcau.reading.parts import Part

_TAIL = 60  # lines at the end of a document among which the signature stands
_SIGNED = re.compile(r"\W*(?:da ky|ky ten|ky, ghi|chu ky|ky so|dau|con dau)\b", re.ASCII)
_RANK = r"(?:(?:GS|PGS|TS|ThS|BS|CN|KS|LS)\.?\s?){0,3}"
_PERSON = re.compile(
    rf"{_RANK}(?P<name>[{UPPER}][{LOWER}]{{0,7}}(?:[ -][{UPPER}][{LOWER}]{{0,7}}|\s[{UPPER}]['’][{LOWER}]{{1,8}}){{1,5}})"
)
_PERSON_CAPITALS = re.compile(rf"(?P<name>[{UPPER}]{{2,7}}(?: [{UPPER}]{{1,7}}){{1,4}})")
_LIST = re.compile(r"[-+•]\s|\d{1,2}[.)]\s")
_COPIES = re.compile(r"\W{0,3}(?:Nơi nhận|NƠI NHẬN)")


def read_signature(text: str, part: Part) -> tuple[Found | None, Found | None]:
    """The signer and his post; either may be None."""
    pieces = _tail(text, part)
    title: list[Line] = []
    signer: Found | None = None
    opened = False
    for piece in pieces:
        body = POWER.sub("", piece.body)
        power = body != piece.body
        if power or names.is_post(body) and is_upper(body):
            if signer:
                break
            opened = True
            if power:
                title = []
            if names.is_post(body):
                shift = len(piece.body) - len(body)
                title = [piece._replace(start=piece.start + shift, body=body)]
        elif opened and title and is_upper(body) and not signer and not _person(body, capitals=True):
            title.append(piece)
        elif opened and title and is_upper(body) and not signer and piece.gap == 0:
            title.append(piece)
        elif not signer and (name := _person(body, capitals=opened)):
            if opened or piece.gap > 0 or _last(pieces, piece):
                start = piece.start + body.index(name)
                signer = Found(names.person_case(name), (start, start + len(name)))
    found = as_found(text, ((line.start, line.end) for line in title))
    return signer, found and Found(names.normal_case(found.value).rstrip(" ,.;"), found.span)


def _last(pieces: list[Line], piece: Line) -> bool:
    return pieces[-1] is piece


def _tail(text: str, part: Part) -> list[Line]:
    """The cells of the last lines that are no copies list, from its label or the first power on."""
    lines = part.lines[-_TAIL:]
    begin = next((i for i, line in enumerate(lines) if _COPIES.match(line.body) or POWER.match(line.body)), None)
    if begin is None:
        begin = max(0, len(lines) - 6)
    found: list[Line] = []
    for line in lines[begin:]:
        for cell in cells(line, text):
            if not _LIST.match(cell.body) and not _COPIES.match(cell.body) and not _SIGNED.match(bare(cell.body)):
                found.append(cell)
    return found


def _person(body: str, *, capitals: bool) -> str | None:
    """The name of a person that a line holds and nothing else."""
    match = _PERSON.fullmatch(body) or (_PERSON_CAPITALS.fullmatch(body) if capitals else None)
    return match["name"] if match and not names.is_body(body) else None


def read_author(text: str, part: Part) -> Found | None:
    """The body whose name stands under the end of an attached text, in normal case."""
    taken: list[Line] = []
    for line in reversed(part.lines[-4:]):
        if not is_upper(line.body) or len(line.body) > 120:  # noqa: PLR2004
            break
        taken.insert(0, line)
        if names.is_body(line.body):
            found = as_found(text, ((one.start, one.end) for one in taken))
            return found and Found(names.normal_case(found.value), found.span)
    return None
