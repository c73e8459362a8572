"""Whom a paper is sent to: "Kính gửi" first, then "Nơi nhận" without the copy that is kept and "Như trên"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.reading.findings import Found
from nhipcau.reading.lines import Line, cells
from nhipcau.reading.names import is_body
from nhipcau.reading.subject import clean
from nhipcau.reading.tail import LABEL, Piece
from nhipcau.reading.text import bare, fold

if TYPE_CHECKING:
    from nhipcau.reading.parts import Part

_ADDRESSED = re.compile(r"[-\s]{0,3}k[ií]nh (?:g[uưửứ][iỉ]|g[oở]i|tr[iì]nh)\s{0,3}[:;.]?\s{0,3}")
_ALSO = re.compile(r"[-\s]{0,3}dong kinh (?:gui|goi|trinh)\s{0,3}[:;.]?\s{0,3}")
_BRACKETS = re.compile(r"\s?[(\[](?!bà\b)[^()\[\]]{0,160}(?:[)\]]|$)")
_KEPT = re.compile(r"luu\b")
_AS_ABOVE = re.compile(r"nhu (?:tren|(?:noi |muc |phan )?(?:kinh )?(?:gui|goi|trinh|nhan|moi))\b")
# How an entry without a dash begins, beside the name of a body.
_ENTRY = re.compile(
    r"(?:cac|nhung|thuong truc|dong chi|d/c|ong|ba|quy|toan the|lanh dao|truong|chu tich|giam doc)\b"
)
# What tells that a body speaks, not that it is spoken to.
_SPEAKS = re.compile(
    r"(?<!\w)(?:tran trong|kinh moi|de nghi|thong bao|nhan duoc|kinh bao cao|xin y kien)(?!\w)"
)
_END = ".;,"
_ENTRY_LENGTH = 70  # characters of an addressee in one line
_MOST = 60  # lines of one list
_REACH = 50  # lines of a head
_LABEL_REACH = (
    60  # characters: more than the label has, so that a short line is asked whole and its answer kept
)


@dataclass(slots=True)
class _Item:
    """One entry of a list while it is read; ``labelled`` where it begins with a dash or a number."""

    start: int
    end: int
    body: str
    labelled: bool

    @property
    def closed(self) -> bool:
        return self.body.rstrip()[-1:] in _END


def read_recipients(text: str, part: Part, pieces: list[Piece]) -> tuple[Found, ...]:
    """All recipients of one document in the order printed, each once. ``pieces`` is the end of the paper."""
    unique: dict[str, Found] = {}
    for item in [*_addressed(text, part), *_copies(pieces)]:
        for found in _values(item):
            unique.setdefault(fold(found.value), found)
    return tuple(unique.values())


def _addressed(text: str, part: Part) -> list[_Item]:
    """The entries after "Kính gửi", up to the body."""
    lines = part.lines[part.head : part.head + _REACH]
    for index, line in enumerate(lines):
        match = _ADDRESSED.match(bare(line.body[:_LABEL_REACH]))
        if match:
            rest = [_shortened(line, match.end()), *lines[index + 1 :]]
            return _address_list(text, rest)
    return []


def _shortened(line: Line, at: int) -> Line:
    body = line.body[at:]
    left = len(body) - len(body.lstrip())
    return Line(line.start + at + left, line.end, body.strip(), 0)


def _address_list(text: str, lines: list[Line]) -> list[_Item]:
    items: list[_Item] = []
    for line in lines[:_MOST]:
        for cell in cells(line, text):
            if not cell.body:
                continue
            also = _ALSO.match(bare(cell.body[:24]))
            if also:
                items.append(
                    _Item(cell.start + also.end(), cell.end, cell.body[also.end() :], labelled=False)
                )
                continue
            if _body_begins(cell, items):
                return items
            _add(items, cell)
    return items


def _body_begins(cell: Line, items: list[_Item]) -> bool:
    """Whether the body has begun: an entry without a label after a gap, or after a full stop."""
    if not items:
        return cell.gap > 0 and len(cell.body) > _ENTRY_LENGTH and not LABEL.match(cell.body)
    if LABEL.match(cell.body):
        # "1. ..." begins the body where the entries bear dashes or no label.
        return cell.body[0].isdigit() and cell.gap > 0
    above = items[-1].body.rstrip()
    if cell.gap > 0 or above.endswith(".") or (items[-1].labelled and items[-1].closed):
        return True
    return not (cell.body[:1].islower() or above[-1:] in ";," or _is_entry(cell.body))


def _is_entry(body: str) -> bool:
    """Whether a line without a dash reads like one more addressee, not like the first line of the body."""
    plain = bare(body)
    if len(body) > _ENTRY_LENGTH or plain.endswith(":") or _SPEAKS.search(plain):
        return False
    return is_body(body) or bool(_ENTRY.match(plain))


def _copies(pieces: list[Piece]) -> list[_Item]:
    """The entries after "Nơi nhận", up to the copy that is kept or the end of the list."""
    start = next((index for index, piece in enumerate(pieces) if piece.role == "copies"), None)
    if start is None:
        return []
    items: list[_Item] = []
    labelled = any(piece.role == "item" for piece in pieces[start : start + 8])
    for piece in pieces[start + 1 : start + _MOST]:
        if piece.role not in {"item", "other", "person"}:
            continue
        if piece.role != "item" and _no_entry(piece, items, labelled=labelled):
            if items and piece.line.gap > 0:
                break
            continue
        _add(items, piece.line)
        if _KEPT.match(bare(items[-1].body)):
            break
    return items


def _no_entry(piece: Piece, items: list[_Item], *, labelled: bool) -> bool:
    """Whether a piece without a label is neither an entry nor the rest of one."""
    if piece.role == "person" and not (items and not items[-1].closed):
        return True
    if not labelled:
        return bool(items) and piece.line.gap > 0
    if not items or piece.line.gap > 0:
        return True
    if piece.body.endswith(";"):
        return False  # a list goes on in a line without a dash: "VPCP: BTCN; / Vụ TH; Cổng TTĐT;"
    return items[-1].closed and not piece.body[:1].islower()


def _add(items: list[_Item], cell: Line) -> None:
    label = LABEL.match(cell.body)
    begin = label.end() if label else 0
    body = cell.body[begin:]
    if not body:
        return
    apart = not label and items and not items[-1].labelled and _is_entry(body)
    if items and not label and not apart and (not items[-1].closed or _goes_on(items[-1].body, body)):
        items[-1].end = cell.end
        items[-1].body += " " + body
    else:
        items.append(_Item(cell.start + begin, cell.end, body, bool(label)))


def _goes_on(above: str, below: str) -> bool:
    """Whether a line goes on with an entry that ends in a comma: "các xã, / phường, đặc khu"."""
    return above.rstrip().endswith(",") and below[:1].islower()


def _values(item: _Item) -> list[Found]:
    """The bodies that one entry names: parted at ";"; "Sở A, Sở B" on one line stays one entry."""
    found = []
    position = 0
    for piece in _between_semicolons(item.body):
        at = item.body.find(piece, position)
        position = at + len(piece)
        value = _clean(piece)
        folded = fold(value)
        if any(char.isalpha() for char in value) and not _KEPT.match(folded) and not _AS_ABOVE.match(folded):
            found.append(Found(value, _place(item, at, piece)))
    return found


def _between_semicolons(body: str) -> list[str]:
    """The pieces of an entry; an office told by a colon keeps its parts: "VPCP: BTCN; các Vụ: TH, NC"."""
    pieces: list[str] = []
    for piece in re.split(r"(?<=;)|[,.]\s{1,3}[-+]\s", body):
        if pieces and ":" in pieces[-1] and piece.strip()[:1].islower():
            pieces[-1] += piece
        elif piece.strip(" ;"):
            pieces.append(piece)
    return [piece.rstrip(" ;") for piece in pieces]


def _place(item: _Item, at: int, piece: str) -> tuple[int, int]:
    """The span of one part of an entry; of an entry over several lines the end is where the entry ends."""
    left = len(piece) - len(piece.lstrip(" -+"))
    start = item.start + at + left
    printed = piece.rstrip(" .;,")
    whole = at + len(piece) >= len(item.body)
    return start, max(
        start + 1, item.end - (len(piece) - len(printed)) if whole else item.start + at + len(printed)
    )


def _clean(piece: str) -> str:
    value = clean(_BRACKETS.sub("", piece).replace("*", ""))
    return value.strip(" .;,:-–/")
