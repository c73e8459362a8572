"""Rich Text (.rtf): its text, and beside it headers, text boxes, notes, properties and pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats import images, layout
from nhipcau.reading.formats.opened import Opened
from nhipcau.reading.formats.rtf_reader import BROKEN, LABEL, Reader

if TYPE_CHECKING:
    from nhipcau.reading.formats.limits import Limits

MEDIA_TYPE = "application/rtf"
EMPTY = "Tệp RTF không có chữ nào để đọc."


def read(data: bytes, limits: Limits) -> Opened:
    """The text of an RTF file. Raises UnreadableError where it is damaged or empty."""
    reader, text = _run(data, layout.FontTrust())
    if reader.trust.deceived:
        reader, text = _run(data, layout.FontTrust(trusted=False))
    if len(text) > limits.text_characters:
        raise UnreadableError("too_large", "Tệp quá dài để đọc; hãy tách thành các tệp nhỏ hơn.")
    seen, unread = images.marks_of([_picture(part) for part in reader.pictures], limits, must=True)
    extras = [
        "\n".join(reader.lines(name)) for name in reader.targets if name not in {"", "+footnote", LABEL}
    ]
    extras = [extra for extra in [*extras, *seen] if extra.strip()]
    if not text.strip():  # a paper that was laid out in text boxes alone
        text = "\n".join(reader.lines("+shptxt"))
    if not text.strip():
        if data.rstrip(b"\0 \r\n\t").endswith(b"}"):
            raise UnreadableError("empty", EMPTY)
        raise UnreadableError("damaged", BROKEN)
    return Opened(text, MEDIA_TYPE, extras=tuple(extras), has_unread_pictures=unread)


def _run(data: bytes, trust: layout.FontTrust) -> tuple[Reader, str]:
    reader = Reader(trust)
    return reader, reader.read(data)


def _picture(digits: bytes) -> bytes:
    """The bytes of a picture that RTF writes as hexadecimal digits."""
    clean = re.sub(rb"[^0-9a-fA-F]", b"", digits)
    return bytes.fromhex(clean[: len(clean) // 2 * 2].decode("ascii"))
