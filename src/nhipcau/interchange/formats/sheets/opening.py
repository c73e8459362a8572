"""Chooses the reader of a table by its content, never by its name."""

from __future__ import annotations

from nhipcau.interchange.formats.sheets.book import DEFAULT, MB, Book, Bounds
from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats import magic

EMPTY = "Tệp rỗng (0 byte), không có gì để nhập."
OLD = "Tệp là bảng tính kiểu cũ (.xls) hoặc có đặt mật khẩu; hãy lưu lại thành .xlsx rồi nhập."
NO_TABLE = "Tệp này không phải bảng tính; hãy dùng .xlsx, .ods hoặc .csv."


def open_book(data: bytes, name: str, *, bounds: Bounds = DEFAULT) -> Book:
    """Open a file held in memory; nothing is written to a disk.

    Raises ``UnreadableError`` with one sentence for people.
    """
    if not data:
        raise UnreadableError("empty", EMPTY)
    if len(data) > bounds.file_bytes:
        words = f"Tệp quá lớn (hơn {bounds.file_bytes // MB} MB); hãy tách thành nhiều tệp."
        raise UnreadableError("too_large", words)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(data, bounds)
    if data.startswith(magic.OLE):
        raise UnreadableError("not_document", OLD)
    if magic.is_pdf(data) or magic.picture(data) or magic.foreign(data) or magic.is_html(data):
        raise UnreadableError("not_document", NO_TABLE)
    from nhipcau.interchange.formats.sheets.delimited import Delimited

    return Delimited(data, name, bounds)


def _package(data: bytes, bounds: Bounds) -> Book:
    from nhipcau.interchange.formats.sheets.parts import Parts

    parts = Parts(data, bounds)
    if "xl/workbook.xml" in parts:
        from nhipcau.interchange.formats.sheets.xlsx import Workbook

        return Workbook(parts, bounds)
    if "mimetype" in parts and b"opendocument.spreadsheet" in parts.read("mimetype"):
        from nhipcau.interchange.formats.sheets.ods import Spreadsheet

        return Spreadsheet(parts, bounds)
    raise UnreadableError("not_document", NO_TABLE)
