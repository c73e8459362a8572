"""The structures of a Word 97 to 2003 file ([MS-DOC]): pieces of text, runs, paragraphs, fonts, styles.

Every offset comes from the file and may lie: reads beyond a stream give nothing instead of failing.
"""

from __future__ import annotations

import bisect
import struct
from dataclasses import dataclass, field, replace

PAGE = 512
PROPERTY_BLOCK, PIECE_TABLE = 1, 2  # what a part of the piece table holds
CHARACTER_KIND = 2  # of a style
MOST_BASES = 20
HEAD_WITH_FONT = 14  # bytes of a head of styles that names the default font
# Pairs (offset, length) of the table stream, by their place in the file information block.
STYLES, CHARACTER_RUNS, PARAGRAPHS, FONTS, PIECES, LISTS, LIST_OVERRIDES = 1, 12, 13, 15, 33, 73, 74
FIRST_PAIR = 154
# Modifiers ([MS-DOC] 2.6) that change what the text says.
FONT, FONT_OTHER, SPECIAL, HIDDEN, CAPITALS = 0x4A4F, 0x4A51, 0x0855, 0x083C, 0x083B
CHARACTER_STYLE, SYMBOL, DELETED = 0x4A30, 0x6A09, 0x0800
IN_TABLE, ROW_END, LEVEL, LIST = 0x2416, 0x2417, 0x260A, 0x460B
TABLE_DEFINITION = 0xD608
SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
MOST = 200_000  # entries of any table of the file


def u8(data: bytes, place: int) -> int:
    """One byte, 0 beyond the end."""
    return data[place] if 0 <= place < len(data) else 0


def u16(data: bytes, place: int) -> int:
    """Two bytes, little end first; 0 beyond the end."""
    return int.from_bytes(data[place : place + 2], "little") if 0 <= place <= len(data) - 2 else 0


def u32(data: bytes, place: int) -> int:
    """Four bytes, little end first; 0 beyond the end."""
    return int.from_bytes(data[place : place + 4], "little") if 0 <= place <= len(data) - 4 else 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: characters from ``start`` to ``end``, at ``place`` in the stream."""

    start: int
    end: int
    place: int
    wide: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What matters of a run; ``font`` is an index in the table of fonts, -1 where none is named."""

    font: int = -1
    special: bool = False
    hidden: bool = False
    capitals: bool = False
    symbol: int = 0  # the character of an inserted symbol


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What matters of a paragraph; ``list`` is an index in the table of lists, 0 where it is no item."""

    style: int = 0
    in_table: bool = False
    row_end: bool = False
    level: int = 0
    list: int = 0


def modifiers(data: bytes) -> list[tuple[int, bytes]]:
    """The modifiers of a grpprl: (code, operand)."""
    found: list[tuple[int, bytes]] = []
    place = 0
    while place + 3 <= len(data) and len(found) < MOST:
        code = u16(data, place)
        place += 2
        size = SIZES.get(code >> 13)
        if size is None:
            size = u16(data, place) + 1 if code == TABLE_DEFINITION else u8(data, place) + 1
        found.append((code, data[place : place + size]))
        place += size
    return found


def look(base: Look, data: bytes) -> Look:
    """``base`` with the modifiers of a run."""
    for code, operand in modifiers(data):
        if code in {FONT, FONT_OTHER}:
            base = replace(base, font=u16(operand, 0))
        elif code == SPECIAL:
            base = replace(base, special=bool(u8(operand, 0)))
        elif code in {HIDDEN, DELETED}:
            base = replace(base, hidden=u8(operand, 0) in {1, 0x81})
        elif code == CAPITALS:
            base = replace(base, capitals=u8(operand, 0) in {1, 0x81})
        elif code == SYMBOL:
            base = replace(base, font=u16(operand, 0), symbol=u16(operand, 2))
    return base


def paragraph(data: bytes) -> Paragraph:
    """A paragraph of its style index and modifiers."""
    found = Paragraph(style=u16(data, 0))
    for code, operand in modifiers(data[2:]):
        if code == IN_TABLE:
            found = replace(found, in_table=bool(u8(operand, 0)))
        elif code == ROW_END:
            found = replace(found, row_end=bool(u8(operand, 0)))
        elif code == LEVEL:
            found = replace(found, level=min(u8(operand, 0), 8))
        elif code == LIST:
            found = replace(found, list=u16(operand, 0))
    return found


@dataclass(slots=True)
class Word:
    """The two streams of a file and its tables, read on demand."""

    main: bytes
    table: bytes
    fonts: list[str] = field(default_factory=list)
    styles: dict[int, tuple[Look, Paragraph]] = field(default_factory=dict)
    default_font: int = -1
    _starts: dict[str, list[int]] = field(default_factory=dict)
    _runs: list[tuple[int, int, bytes]] = field(default_factory=list)
    _paragraphs: list[tuple[int, int, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.fonts = self._read_fonts()
        self.styles = self._read_styles()
        self._runs = self._pages(CHARACTER_RUNS, 1)
        self._paragraphs = self._pages(PARAGRAPHS, 13)
        self._starts = {
            "run": [run[0] for run in self._runs],
            "paragraph": [item[0] for item in self._paragraphs],
        }

    def part(self, index: int) -> bytes:
        """A part of the table stream, by its pair in the file information block."""
        place, length = u32(self.main, FIRST_PAIR + 8 * index), u32(self.main, FIRST_PAIR + 8 * index + 4)
        return self.table[place : place + length]

    def pieces(self) -> list[Piece]:
        """The pieces of text in order."""
        data = self.part(PIECES)
        place = 0
        while u8(data, place) == PROPERTY_BLOCK and place < len(data):
            place += 3 + u16(data, place + 1)
        if u8(data, place) != PIECE_TABLE:
            return []
        length = u32(data, place + 1)
        table = data[place + 5 : place + 5 + length]
        count = min((len(table) - 4) // 12, MOST)
        found = []
        for index in range(count):
            start, end = u32(table, 4 * index), u32(table, 4 * index + 4)
            where = u32(table, 4 * (count + 1) + 8 * index + 2)
            narrow = bool(where & 0x40000000)
            where &= 0x3FFFFFFF
            if end > start:
                found.append(Piece(start, end, where // 2 if narrow else where, not narrow))
        return found

    def run_at(self, place: int) -> tuple[int, bytes]:
        """Where the run that holds the byte at ``place`` ends, and its modifiers."""
        return _at(self._runs, self._starts["run"], place)

    def paragraph_at(self, place: int) -> Paragraph:
        """The paragraph that holds the byte at ``place``, its style's list included."""
        data = _at(self._paragraphs, self._starts["paragraph"], place)[1]
        found = paragraph(data)
        style = self.styles.get(found.style)
        if style and not found.list and style[1].list:
            found = replace(found, list=style[1].list, level=found.level or style[1].level)
        return found

    def _pages(self, index: int, entry: int) -> list[tuple[int, int, bytes]]:
        """The runs of the formatted disk pages: (from, to, modifiers); ``entry`` is the size of an entry."""
        data = self.part(index)
        count = min((len(data) - 4) // 8, MOST)
        found: list[tuple[int, int, bytes]] = []
        for number in range(count):
            page_number = u32(data, 4 * (count + 1) + 4 * number) & 0x3FFFFF
            page = self.main[page_number * PAGE : (page_number + 1) * PAGE]
            if len(page) == PAGE:
                found += _page_runs(page, entry)
        return sorted(found, key=lambda run: run[0])

    def _read_fonts(self) -> list[str]:
        data = self.part(FONTS)
        names, place = [], 4
        for _ in range(min(u16(data, 0), 4096)):
            size = u8(data, place)
            block = data[place + 1 : place + 1 + size]
            name = block[39:].decode("utf-16-le", errors="replace").split("\0")[0]
            names.append(name)
            place += size + 1
        return names

    def _read_styles(self) -> dict[int, tuple[Look, Paragraph]]:
        data = self.part(STYLES)
        head = u16(data, 0)
        base_size = u16(data, 4)
        self.default_font = u16(data, 14) if head >= HEAD_WITH_FONT else -1
        raw: dict[int, tuple[int, int, bytes, bytes]] = {}
        place = 2 + head
        for index in range(min(u16(data, 2), 4095)):
            size = u16(data, place)
            if size:
                raw[index] = _style(data[place + 2 : place + 2 + size], base_size)
            place += 2 + size
            if place >= len(data):
                break
        return {index: self._resolved(index, raw) for index in raw}

    def _resolved(self, index: int, raw: dict[int, tuple[int, int, bytes, bytes]]) -> tuple[Look, Paragraph]:
        chain: list[int] = []
        while index in raw and index not in chain and len(chain) < MOST_BASES:
            chain.append(index)
            index = raw[index][1]
        shown, placed = Look(font=self.default_font), Paragraph()
        for number in reversed(chain):
            kind, _, paragraphs, characters = raw[number]
            shown = look(shown if kind == 1 else replace(shown, font=-1), characters)
            own = paragraph(paragraphs)
            if own.list:
                placed = own
        return shown, placed


def _at(runs: list[tuple[int, int, bytes]], starts: list[int], place: int) -> tuple[int, bytes]:
    number = bisect.bisect_right(starts, place) - 1
    if number >= 0 and runs[number][1] > place:
        return runs[number][1], runs[number][2]
    following = starts[number + 1] if number + 1 < len(starts) else place + (1 << 30)
    return following, b""


def _page_runs(page: bytes, entry: int) -> list[tuple[int, int, bytes]]:
    count = page[PAGE - 1]
    if 4 * (count + 1) + entry * count > PAGE - 1:
        return []
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    found = []
    for index in range(count):
        offset = 2 * page[4 * (count + 1) + entry * index]
        found.append((bounds[index], bounds[index + 1], _modifiers_of(page, offset, entry)))
    return found


def _modifiers_of(page: bytes, offset: int, entry: int) -> bytes:
    """The modifiers of one run (entry of one byte) or paragraph."""
    if not offset:
        return b""
    size = page[offset]
    if entry == 1:
        return page[offset + 1 : offset + 1 + size]
    if size:
        return page[offset + 1 : offset + 2 * size]
    return page[offset + 2 : offset + 2 + 2 * u8(page, offset + 1)]


def _style(data: bytes, base_size: int) -> tuple[int, int, bytes, bytes]:
    """Kind (1 paragraph, 2 character), base, paragraph and character modifiers of a style."""
    kind, base = u16(data, 2) & 0xF, u16(data, 2) >> 4
    place = max(base_size, 10)
    place += 2 + 2 * u16(data, place) + 2
    parts = []
    for _ in range(min(u16(data, 4) & 0xF, 3)):
        size = u16(data, place)
        parts.append(data[place + 2 : place + 2 + size])
        place += 2 + size + size % 2
    if kind == 1:
        return kind, base, parts[0] if parts else b"", parts[1] if len(parts) > 1 else b""
    return kind, base, b"", parts[0] if parts and kind == CHARACTER_KIND else b""
