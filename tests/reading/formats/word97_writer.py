"""Writes small Word 97 files: an own minimal compound file and the few tables that hold text and fonts.

Only what a reader of text needs is written; each run is (text, font name).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

SECTOR = 512
SMALLEST = 4096  # streams below this would lie in the mini stream, which is not written
FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
TEXT_AT = 2048
Run = tuple[str, str]


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (version 3) with these streams in its root, each padded to 4096 bytes or more."""
    padded = {name: _padded(data, SECTOR, SMALLEST) for name, data in streams.items()}
    directory_size = -(-(len(padded) + 1) // 4)
    stream_sectors = sum(len(data) // SECTOR for data in padded.values())
    fat_size = 1
    while fat_size * 128 < fat_size + directory_size + stream_sectors:
        fat_size += 1
    fat = [FAT_SECTOR] * fat_size
    fat += [*range(fat_size + 1, fat_size + directory_size), END]
    starts = {}
    for name, data in padded.items():
        first, count = len(fat), len(data) // SECTOR
        starts[name] = first
        fat += [*range(first + 1, first + count), END]
    fat += [FREE] * (fat_size * 128 - len(fat))
    head = _head(fat_size, directory_size)
    return (
        head
        + struct.pack(f"<{len(fat)}I", *fat)
        + _directory(padded, starts, directory_size)
        + b"".join(padded.values())
    )


def _head(fat_size: int, directory_size: int) -> bytes:
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, fat_size, fat_size, 0, SMALLEST, END, 0, END, 0)
    places = [*range(fat_size), *[FREE] * (109 - fat_size)]
    return (head + struct.pack("<109I", *places))[:SECTOR].ljust(SECTOR, b"\0")


def _directory(padded: Mapping[str, bytes], starts: Mapping[str, int], sectors: int) -> bytes:
    """The root and, as a chain of right siblings in the order that the format asks for, the streams."""
    names = sorted(padded, key=lambda name: (len(name), name.upper()))
    entries = [_entry("Root Entry", 5, child=1)]
    for index, name in enumerate(names, 1):
        right = index + 1 if index < len(names) else FREE
        entries.append(_entry(name, 2, right=right, start=starts[name], size=len(padded[name])))
    while len(entries) < sectors * 4:
        entries.append(_entry("", 0))
    return b"".join(entries)


def _entry(
    name: str, kind: int, *, right: int = FREE, child: int = FREE, start: int = END, size: int = 0
) -> bytes:
    raw = name.encode("utf-16-le")
    entry = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2 if name else 0, kind, 1)
    entry += struct.pack("<III", FREE, right, child) + bytes(36)
    return entry + struct.pack("<IQ", start if kind == 2 else (END if kind == 5 else 0), size)


def _padded(data: bytes, unit: int, least: int) -> bytes:
    size = max(least, -(-len(data) // unit) * unit)
    return data.ljust(size, b"\0")


def word_document(runs: Sequence[Run], *, narrow: bool = False, header: str = "") -> bytes:
    """A .doc whose main text is ``runs`` (a line end ends a paragraph), with ``header`` as page header.

    ``narrow`` stores one byte a character (Windows-1252), as Word does where it can.
    """
    main_text = "".join(text for text, _ in runs).replace("\n", "\r")
    text = main_text + header.replace("\n", "\r")
    fonts = list(dict.fromkeys(font for _, font in runs)) or ["Arial"]
    raw = text.encode("cp1252") if narrow else text.encode("utf-16-le")
    stream = bytearray(TEXT_AT) + bytearray(raw)
    stream += bytes(-len(stream) % SECTOR)
    size = 1 if narrow else 2
    pages = _run_pages(runs, fonts, size)
    first_page = len(stream) // SECTOR
    for _, _, page in pages:
        stream += page
    table, places = _table(len(text), fonts, pages, first_page, narrow=narrow)
    _information(stream, len(main_text), len(header), places)
    return compound_file({"WordDocument": bytes(stream), "1Table": table})


def _run_pages(runs: Sequence[Run], fonts: list[str], size: int) -> list[tuple[int, int, bytes]]:
    """Formatted disk pages of up to 60 runs: (from, to, page)."""
    place = TEXT_AT
    bounds: list[tuple[int, int, int]] = []
    for text, font in runs:
        if text:
            bounds.append((place, place + size * len(text), fonts.index(font)))
            place += size * len(text)
    pages = []
    for first in range(0, len(bounds), 40):
        part = bounds[first : first + 40]
        page = bytearray(SECTOR)
        struct.pack_into(f"<{len(part) + 1}I", page, 0, *[start for start, _, _ in part], part[-1][1])
        for index, (_, _, number) in enumerate(part):
            offset = 510 - 6 * (index + 1)
            page[4 * (len(part) + 1) + index] = offset // 2
            page[offset : offset + 5] = struct.pack("<BHH", 4, 0x4A4F, number)
        page[511] = len(part)
        pages.append((part[0][0], part[-1][1], bytes(page)))
    return pages


def _table(
    length: int, fonts: list[str], pages: list[tuple[int, int, bytes]], first_page: int, *, narrow: bool
) -> tuple[bytes, dict[int, tuple[int, int]]]:
    """The table stream and where its parts lie, by their number in the file information block."""
    where = TEXT_AT * 2 | 0x40000000 if narrow else TEXT_AT
    piece = struct.pack("<IIHIH", 0, length, 0, where, 0)
    parts = {33: b"\x02" + struct.pack("<I", len(piece)) + piece}
    bounds = [start for start, _, _ in pages] + [pages[-1][1] if pages else TEXT_AT]
    numbers = [first_page + index for index in range(len(pages))]
    parts[12] = struct.pack(f"<{len(bounds)}I{len(numbers)}I", *bounds, *numbers)
    names = b""
    for font in fonts:
        block = bytes(39) + font.encode("utf-16-le") + b"\0\0"
        names += bytes([len(block)]) + block
    parts[15] = struct.pack("<HH", len(fonts), 0) + names
    table, places = b"\0" * 4, {}
    for number, data in parts.items():
        places[number] = (len(table), len(data))
        table += data
    return table, places


def _information(stream: bytearray, main: int, header: int, places: Mapping[int, tuple[int, int]]) -> None:
    """The file information block at the head of the stream."""
    struct.pack_into("<HH", stream, 0, 0xA5EC, 193)
    struct.pack_into("<H", stream, 10, 0x0200)
    struct.pack_into("<H", stream, 32, 14)
    struct.pack_into("<H", stream, 62, 22)
    struct.pack_into("<III", stream, 76, main, 0, header)
    struct.pack_into("<H", stream, 152, 93)
    for number, (place, size) in places.items():
        struct.pack_into("<II", stream, 154 + 8 * number, place, size)
