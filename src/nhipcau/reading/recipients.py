"""Whom a paper is sent to: "Kính gửi" first, then "Nơi nhận" without the copy that is kept and "Như trên"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.reading.findings import Found
from nhipcau.reading.head import is_upper
from nhipcau.reading.lines import cells
from nhipcau.reading.names import is_body, is_post
from nhipcau.reading.text import bare, fold

if TYPE_CHECKING:
    from nhipcau.reading.lines import Line
    from nhipcau.reading.parts import Part

_ADDRESSED = re.compile(r"[-\s]{0,3}(?:Kính gửi|KÍNH GỬI|Kính trình|KÍNH TRÌNH|Kính gởi)\s{0,3}[:;.]?\s{0,3}")
_COPIES = re.compile(r"[-\s]{0,3}(?:Nơi nhận|NƠI NHẬN|Nơi gửi|Noi nhận|Nơi nhân)\s{0,3}[:;.]?\s{0,3}")
POWER = re.compile(r"(?:T/M|TM\.?|K/T|KT\.?|T/L|TL\.?|TUQ\.?|T/UQ|Q\.)\s?(?=[A-ZĐÀ-Ỹ])")
_LABEL = re.compile(r"(?:[-+•*·–]|\d{1,2}[.)]|[a-zđ]\))\s{0,3}")
_BRACKETS = re.compile(r"\s?[(\[][^()\[\]]{0,120}[)\]]?")
_KEPT = re.compile(r"(?:luu|nhu tren|nhu (?:noi|muc|kinh) (?:gui|kinh gui)|nhu kinh gui)\b")
_END = ".;,"
_MOST = 60


@dataclass(slots=True)
class _Item:
    """One recipient while it is read: its lines, and whether its last line closed it."""

    start: int
    end: int
    body: str

    @property
    def closed(self) -> bool:
        return self.body.rstrip()[-1:] in _END


def read_recipients(text: str, part: Part) -> tuple[Found, ...]:
    """All recipients of one document in the order printed, each once."""
    found: list[Found] = []
    for item in [*_addressed(text, part), *_copies(text, part)]:
        found += _values(text, item)
    seen: set[str] = set()
    unique = []
    for one in found:
        key = fold(one.value)
        if key not in seen:
            seen.add(key)
            unique.append(one)
    return tuple(unique)


def _addressed(text: str, part: Part) -> list[_Item]:
    for index, line in enumerate(part.lines[part.head : part.head + 50]):
        match = _ADDRESSED.match(line.body)
        if match:
            return _list(text, part.lines[part.head + index :], match.end(), body_follows=True)
    return []


def _copies(text: str, part: Part) -> list[_Item]:
    for index in range(len(part.lines) - 1, max(-1, len(part.lines) - 150), -1):
        match = _copies_at(part.lines[index].body)
        if match:
            return _list(text, part.lines[index:], match.end(), body_follows=False)
    return []


def _copies_at(body: str) -> re.Match[str] | None:
    match = _COPIES.match(body)
    if match:
        return match
    at = max(body.find("Nơi nhận:"), body.find("NƠI NHẬN:"))
    return _COPIES.match(body, at) if at > 0 and len(body) < 200 else None  # noqa: PLR2004


def _list(text: str, lines: list[Line], label_end: int, *, body_follows: bool) -> list[_Item]:
    """The items of a list whose label stands in the first line and ends at ``label_end``."""
    items: list[_Item] = []
    for index, line in enumerate(lines[:_MOST]):
        row = cells(_cut(line, label_end) if index == 0 else line, text)
        for cell in row:
            if not cell.body:
                continue
            if _foreign(cell, items):
                if len(row) == 1 and items and is_upper(cell.body) and not _LABEL.match(lines[min(index + 1, len(lines) - 1)].body):
                    return items
                continue
            if body_follows and _is_text(cell, items):
                return items
            if not body_follows and items and line.gap > 0 and not _LABEL.match(cell.body):
                return items
            _add(items, cell)
            if _KEPT.match(bare(items[-1].body)) and items[-1].body.startswith(("Lưu", "lưu", "LƯU")):
                if not body_follows:
                    return items
    return items


def _cut(line: Line, at: int) -> Line:
    body = line.body[at:]
    return line._replace(start=line.start + at, body=body)


def _foreign(cell: Line, items: list[_Item]) -> bool:
    """Whether a cell belongs to the signature beside the list."""
    body = cell.body
    return bool(POWER.match(body)) or (is_upper(body) and (is_post(body) or not is_body(body)) and len(body) > 5)  # noqa: PLR2004


def _is_text(cell: Line, items: list[_Item]) -> bool:
    """Whether the body has begun after "Kính gửi"."""
    if not items or _LABEL.match(cell.body):
        return False
    if cell.gap > 0:
        return True
    return items[-1].body.rstrip().endswith(".")


def _add(items: list[_Item], cell: Line) -> None:
    label = _LABEL.match(cell.body)
    begin = label.end() if label else 0
    body = cell.body[begin:]
    if not body:
        return
    if items and not label and not items[-1].closed:
        items[-1].end = cell.end
        items[-1].body += " " + body
    else:
        items.append(_Item(cell.start + begin, cell.end, body))


_PARALLEL = re.compile(r",\s(?=([A-ZĐÀ-Ỹ]\w+)\s)")


def _values(text: str, item: _Item) -> list[Found]:
    """The bodies that one item names: parted at ";", and at "," where the same word begins the next one."""
    found = []
    position = 0
    for piece in _parts(item.body):
        at = item.body.find(piece, position)
        position = at + len(piece)
        value = _clean(piece)
        if not value or _KEPT.match(fold(value)) or not re.search(r"\w", value):
            continue
        found.append(Found(value, _place(text, item, at, len(piece))))
    return found


def _parts(body: str) -> list[str]:
    pieces = [piece for piece in re.split(r";", body) if piece.strip()]
    parted: list[str] = []
    for piece in pieces:
        head = piece.split()[0]
        parted += re.split(rf",\s(?={re.escape(head)}\s)", piece)
    return parted


def _place(text: str, item: _Item, at: int, length: int) -> tuple[int, int]:
    start = item.start + at
    end = min(item.end, start + length)
    while end > start and text[end - 1] in " .;,\n":
        end -= 1
    return start, end


def _clean(piece: str) -> str:
    value = " ".join(_BRACKETS.sub("", piece).replace("*", "").split())
    return value.strip(" .;,:-–/")
