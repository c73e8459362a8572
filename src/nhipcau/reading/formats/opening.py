"""Chooses the format of a file by its content, never by its name, and opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats import docx, images, pdf, plain
from nhipcau.reading.formats.limits import DEFAULT, Limits
from nhipcau.reading.formats.opened import Member, Opened
from nhipcau.reading.formats.packages import Package

if TYPE_CHECKING:
    from collections.abc import Iterator


def open_file(data: bytes, name: str, *, limits: Limits = DEFAULT) -> Opened:
    """Open one file held in memory.

    A container (ZIP, edXML message) comes back with its files in ``members``; ``open_all`` lays them flat.
    Raises UnreadableError with one Vietnamese sentence where it cannot be read.
    """
    if not data:
        raise UnreadableError("empty", "Tệp rỗng (0 byte), không có nội dung để đọc.")
    if len(data) > limits.file_bytes:
        raise UnreadableError("too_large", f"Tệp quá lớn (hơn {limits.file_bytes // 2**20} MB) nên không được mở.")
    try:
        return _open(data, name, limits)
    except (RecursionError, MemoryError) as error:
        raise UnreadableError("too_large", "Tệp có cấu trúc lồng nhau quá sâu hoặc quá lớn để đọc.") from error


def _open(data: bytes, name: str, limits: Limits) -> Opened:
    head = data[:1024].lstrip()
    picture = images.kind_of(data)
    if picture:
        return images.read(data, picture, limits)
    if b"%PDF-" in data[:1024]:
        return pdf.read(data, limits)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return docx.read(Package(data, limits), limits)
    return plain.read(data, limits)
