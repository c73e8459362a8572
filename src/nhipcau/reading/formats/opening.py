"""Chooses the format of a file by its content, never by its name, and opens it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats import magic, plain
from nhipcau.reading.formats.limits import BOMB, DEFAULT, MB, Limits
from nhipcau.reading.formats.opened import Member, Opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

EMPTY = "Tệp rỗng (0 byte), không có nội dung để đọc."
SHEET = "Tệp là bảng tính hoặc bài trình chiếu, không phải văn bản; hãy lưu nội dung thành Word hoặc PDF."


def load(path: Path, *, limits: Limits = DEFAULT) -> bytes:
    """The bytes of a file, never more than the limit; its size is asked before it is read.

    Raises UnreadableError("too_large") and OSError.
    """
    if path.stat().st_size > limits.file_bytes:
        raise UnreadableError("too_large", too_large(limits))
    with path.open("rb") as file:
        return file.read(limits.file_bytes + 1)


def too_large(limits: Limits) -> str:
    """The sentence about a file that is too large."""
    return f"Tệp quá lớn (hơn {limits.file_bytes // MB} MB) nên không được mở."


def open_file(data: bytes, name: str, *, limits: Limits = DEFAULT) -> Opened:
    """Open one file held in memory.

    A container (ZIP, edXML message) comes back with its files in ``members``; ``open_all`` lays them flat.
    Raises UnreadableError with one Vietnamese sentence where it cannot be read.
    """
    if not data:
        raise UnreadableError("empty", EMPTY)
    if len(data) > limits.file_bytes:
        raise UnreadableError("too_large", too_large(limits))
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
    """Open by the first bytes; ``depth`` counts the containers around this file.

    Each library is loaded where its format is met, so that a plain text starts quickly.
    """
    picture = magic.picture(data)
    if picture:
        from nhipcau.reading.formats import images

        return images.read(data, picture, limits)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(data, limits, depth)
    if data.startswith(magic.OLE):
        from nhipcau.reading.formats import doc

        return doc.read(data, limits)
    if magic.is_pdf(data):
        from nhipcau.reading.formats import pdf

        return pdf.read(data, limits)
    what = magic.foreign(data)
    if what:
        raise UnreadableError("not_document", f"Tệp này {what}, không phải văn bản.")
    return _text(data, name, limits, depth)


def _text(data: bytes, name: str, limits: Limits, depth: int) -> Opened:
    """Files that are text themselves: RTF, XML, HTML, plain."""
    if magic.is_rtf(data):
        from nhipcau.reading.formats import rtf

        return rtf.read(data, limits)
    if magic.is_xml(data):
        return _xml(data, limits, depth)
    if magic.is_mhtml(data):
        from nhipcau.reading.formats import mhtml

        return mhtml.read(data, limits)
    if magic.is_html(data):
        return _html(data, limits)
    markdown = name.lower().endswith((".md", ".markdown"))
    return plain.read(data, limits, "text/markdown" if markdown else "text/plain")


def _html(data: bytes, limits: Limits) -> Opened:
    from nhipcau.reading.formats import html

    return html.read(data, limits)


def _xml(data: bytes, limits: Limits, depth: int) -> Opened:
    """An XML file: an edXML message or a web page; other XML is no document."""
    from nhipcau.reading.formats import edxml, markup

    if magic.is_html(data) and b"<!ENTITY" not in data[:65536]:
        return _html(data, limits)
    root = markup.parse(data, huge=len(data) > markup.HUGE_FROM)
    if edxml.is_message(root):
        # The ZIP that a message puts around each attachment is the next layer; the message itself is none.
        return edxml.read(root, limits, _opener(limits, depth))
    raise UnreadableError("not_document", "Tệp XML này không phải thông điệp edXML hay văn bản.")


def _package(data: bytes, limits: Limits, depth: int) -> Opened:
    """A ZIP package: a Word file, an ODT file, another office file, or an archive of files."""
    from nhipcau.reading.formats import docx, odt, zips
    from nhipcau.reading.formats.packages import Package

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
        raise UnreadableError("too_deep", "Tệp nén lồng trong tệp nén quá nhiều lớp nên không được mở.")
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
