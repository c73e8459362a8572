"""Plain text and Markdown: bytes to text."""

from __future__ import annotations

from nhipcau.reading.formats.limits import Limits
from nhipcau.reading.formats.opened import Opened


def read(data: bytes, limits: Limits) -> Opened:
    """The text of a plain file."""
    return Opened(data.decode("utf-8-sig", errors="replace")[: limits.text_characters], "text/plain")
