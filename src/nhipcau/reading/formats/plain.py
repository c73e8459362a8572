"""Plain text and Markdown: bytes to text."""

from __future__ import annotations

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats import encodings
from nhipcau.reading.formats.limits import Limits
from nhipcau.reading.formats.opened import Opened


def read(data: bytes, limits: Limits, media_type: str = "text/plain") -> Opened:
    """The text of a plain file, in whichever encoding it is.

    Raises UnreadableError where it is empty, binary, of mixed encodings or too long.
    """
    text = encodings.to_text(data)
    if not text.strip("\ufeff\ufffd \t\r\n\f\v\u00a0"):
        raise UnreadableError("empty", "Tệp không có nội dung chữ nào để đọc.")
    if len(text) > limits.text_characters:
        raise UnreadableError("too_large", "Tệp quá dài để đọc; hãy tách thành các tệp nhỏ hơn.")
    return Opened(text, media_type)
