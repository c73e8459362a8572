"""Chooses the format of a file by its content, never by its name, and opens it."""

from __future__ import annotations

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats import plain
from nhipcau.reading.formats.limits import DEFAULT, Limits
from nhipcau.reading.formats.opened import Opened


def open_file(data: bytes, name: str, *, limits: Limits = DEFAULT) -> Opened:
    """Open one file held in memory.

    Raises UnreadableError with one Vietnamese sentence where it cannot be read.
    """
    if not data:
        raise UnreadableError("empty", f"Tệp “{name}” rỗng, không có nội dung để đọc.")
    return plain.read(data, limits)
