"""Chooses the format of a file by its content, never by its name, and opens it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats import (
    doc,
    docx,
    edxml,
    html,
    images,
    markup,
    mhtml,
    odt,
    pdf,
    plain,
    rtf,
    zips,
)  # fmt: skip
from nhipcau.reading.formats.limits import DEFAULT, Limits
from nhipcau.reading.formats.opened import Member, Opened
from nhipcau.reading.formats.packages import BOMB, Package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EMPTY = "Tệp rỗng (0 byte), không có nội dung để đọc."
SHEET = "Tệp là bảng tính hoặc bài trình chiếu, không phải văn bản; hãy lưu nội dung thành Word hoặc PDF."
HTML = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|body)[\s>]")
XML_ROOT = re.compile(rb"<(?:!DOCTYPE\s+(?!html)|(?:[\w.-]+:)?ed[Xx]ml)", re.IGNORECASE)
# First bytes of what is certainly no document, and what to call it.
FOREIGN = (
    (b"\x7fELF", "là chương trình máy tính"),
    (b"MZ", "là chương trình Windows"),
    (b"ID3", "là tệp âm thanh"),
    (b"\xff\xfb", "là tệp âm thanh"),
    (b"OggS", "là tệp âm thanh"),
    (b"RIFF", "là tệp âm thanh hoặc phim"),
    (b"\x1aE\xdf\xa3", "là tệp phim"),
    (b"\x00\x00\x00\x18ftyp", "là tệp phim hoặc ảnh"),
    (b"\x00\x00\x00\x20ftyp", "là tệp phim hoặc ảnh"),
    (b"\x00\x00\x00\x1cftyp", "là tệp phim hoặc ảnh"),
    (b"Rar!", "là tệp nén RAR (hãy nén lại bằng ZIP)"),
    (b"7z\xbc\xaf", "là tệp nén 7z (hãy nén lại bằng ZIP)"),
    (b"\x1f\x8b", "là tệp nén gzip (hãy nén lại bằng ZIP)"),
    (b"SQLite format", "là cơ sở dữ liệu"),
)


def open_file(data: bytes, name: str, *, limits: Limits = DEFAULT) -> Opened:
    """Open one file held in memory.

    A container (ZIP, edXML message) comes back with its files in ``members``; ``open_all`` lays them flat.
    Raises UnreadableError with one Vietnamese sentence where it cannot be read.
    """
    if not data:
        raise UnreadableError("empty", EMPTY)
    if len(data) > limits.file_bytes:
        raise UnreadableError(
            "too_large", f"Tệp quá lớn (hơn {limits.file_bytes // 2**20} MB) nên không được mở."
        )
    return _guarded(data, name, limits, 0)


def _guarded(data: bytes, name: str, limits: Limits, depth: int) -> Opened:
    try:
        return _open(data, name, limits, depth)
    except (RecursionError, MemoryError) as error:
        raise UnreadableError(
            "too_large", "Tệp có cấu trúc lồng nhau quá sâu hoặc quá lớn để đọc."
        ) from error


def open_all(data: bytes, name: str, *, limits: Limits = DEFAULT) -> list[Member]:
    """Open one file and lay what it contains flat: one member for each document, in order.

    A plain document gives one member of the same name; a file inside a container is named
    "container/file". A member that cannot be read has its ``error``; nothing is raised.
    """
    try:
        opened = open_file(data, name, limits=limits)
    except UnreadableError as error:
        return [Member(name, len(data), error=error)]
    return list(_flat(Member(name, len(data), opened)))


def _flat(member: Member) -> Iterator[Member]:
    opened = member.opened
    if opened is None or not opened.members:
        yield member
        return
    if opened.text.strip():
        yield member
    for inner in opened.members:
        # What lies around the attachments (the header of a message) belongs to each of them.
        found = inner.opened
        around = replace(found, extras=found.extras + opened.extras) if found else None
        yield from _flat(Member(f"{member.name}/{inner.name}", inner.size, around, inner.error))


def _open(data: bytes, name: str, limits: Limits, depth: int = 0) -> Opened:
    """Open by the first bytes; ``depth`` counts the containers around this file."""
    picture = images.kind_of(data)
    if picture:
        return images.read(data, picture, limits)
    if b"%PDF-" in data[:1024]:
        return pdf.read(data, limits)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(data, limits, depth)
    if data.startswith(OLE):
        return doc.read(data, limits)
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if head.startswith(b"{\\rtf"):
        return rtf.read(data, limits)
    binary = next((what for magic, what in FOREIGN if data.startswith(magic)), None)
    if binary:
        raise UnreadableError("not_document", f"Tệp này {binary}, không phải văn bản.")
    return _text(data, name, limits, depth)


def _text(data: bytes, name: str, limits: Limits, depth: int) -> Opened:
    """Files that are text themselves: XML, HTML, plain."""
    if _looks_like_xml(data):
        return _xml(data, limits, depth)
    head = _ascii_head(data)
    if HTML.search(head):
        return html.read(data, limits)
    if mhtml.is_mhtml(head):
        return mhtml.read(data, limits)
    markdown = name.lower().endswith((".md", ".markdown"))
    return plain.read(data, limits, "text/markdown" if markdown else "text/plain")


def _ascii_head(data: bytes) -> bytes:
    """The beginning without the zero bytes of UTF-16, enough to see tags."""
    return data[:4096].replace(b"\0", b"")


def _looks_like_xml(data: bytes) -> bool:
    head = _ascii_head(data).lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    # Junk before the declaration is common in messages that were pasted together.
    return b"<?xml" in head[:40] or bool(XML_ROOT.match(head)) or b"QCVN_102_2016" in head


def _xml(data: bytes, limits: Limits, depth: int) -> Opened:
    """An XML file: an edXML message or a web page; other XML is no document."""
    if HTML.search(_ascii_head(data)) and b"<!ENTITY" not in data[:65536]:
        return html.read(data, limits)
    root = markup.parse(data, huge=len(data) > markup.HUGE_FROM)
    if edxml.is_message(root):
        return edxml.read(root, limits, _opener(limits, depth + 1))
    raise UnreadableError("not_document", "Tệp XML này không phải thông điệp edXML hay văn bản.")


def _package(data: bytes, limits: Limits, depth: int) -> Opened:
    """A ZIP package: a Word file, an ODT file, another office file, or an archive of files."""
    package = Package(data, limits)
    if "[Content_Types].xml" in package:
        if any(part.startswith("word/") for part in package.names):
            return docx.read(package, limits)
        if any(part.startswith(("xl/", "ppt/")) for part in package.names):
            raise UnreadableError("not_document", SHEET)
    if "mimetype" in package and "content.xml" in package:
        if b"opendocument.text" in package.read("mimetype"):
            return odt.read(package, limits)
        raise UnreadableError("not_document", SHEET)
    if depth >= limits.nesting:
        raise UnreadableError("zip_bomb", "Tệp nén lồng trong tệp nén quá nhiều lớp nên không được mở.")
    return zips.read(package, _opener(limits, depth + 1))


def _opener(limits: Limits, depth: int) -> Callable[[bytes, str], Opened]:
    """Opens the files inside a container, one layer deeper; all they unpack counts against one bound."""
    left = [limits.unpacked_bytes]

    def opened(data: bytes, name: str) -> Opened:
        left[0] -= len(data)
        if left[0] < 0:
            raise UnreadableError("zip_bomb", BOMB)
        if not data:
            raise UnreadableError("empty", EMPTY)
        return _guarded(data, name, limits, depth)

    return opened
