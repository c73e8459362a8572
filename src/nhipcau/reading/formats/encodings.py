"""Bytes of plain text to a string: UTF-8, UTF-16, Windows-1258, TCVN3, VNI or Windows-1252, by content."""

from __future__ import annotations

import codecs
import re
import unicodedata

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats import legacy

SAMPLE = 400_000
HIGH = re.compile(rb"[\x80-\xff]")
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
NOT_TEXT = "Tệp không phải là văn bản đọc được (dữ liệu nhị phân)."
MIXED = "Tệp trộn nhiều bảng mã chữ nên không đọc được chắc chắn; hãy lưu lại tệp bằng Unicode (UTF-8)."
# So few broken bytes in a UTF-8 file are damage, not another encoding.
FEW_BROKEN = 3


def to_text(data: bytes) -> str:
    """The text of ``data``; legacy encodings are decoded.

    Raises UnreadableError("not_document") for binary data, ("mixed_encoding") where parts of the file are in
    different encodings.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return legacy.repair(_damaged(data[len(bom) :], encoding))
    wide = _wide(data)
    if wide is not None:
        return legacy.repair(wide)
    if len(CONTROLS.findall(data[:SAMPLE])) > FEW_BROKEN + len(data[:SAMPLE]) // 500:
        raise UnreadableError("not_document", NOT_TEXT)
    try:
        return legacy.repair(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _not_utf8(data, error)


def _damaged(data: bytes, encoding: str) -> str:
    """Decode by a byte order mark; a file that breaks its own promise throughout is no text."""
    text = data.decode(encoding, errors="replace")
    if text.count("\ufffd") > FEW_BROKEN + len(text) // 1000 or "\x00" in text:
        raise UnreadableError("not_document", NOT_TEXT)
    return text


def _wide(data: bytes) -> str | None:
    """The text of UTF-16 without a mark: every second byte of its blanks, digits and line ends is zero."""
    head = data[:SAMPLE]
    if head.count(0) <= len(head) // 10:
        return None
    little = head.count(b" \x00") + head.count(b"\n\x00")
    big = head.count(b"\x00 ") + head.count(b"\x00\n")
    encoding = "utf-16-le" if little >= big else "utf-16-be"
    text = data[: len(data) // 2 * 2].decode(encoding, errors="replace")
    sample = text[:SAMPLE]
    plausible = sum((char.isalnum() and char < "\u2000") or char.isspace() for char in sample)
    if "\x00" in sample or plausible < len(sample) * 0.7:
        raise UnreadableError("not_document", NOT_TEXT)
    return text


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> str:
    broken = data.decode("utf-8", errors="replace")
    # Broken bytes between many good sequences: damage, or the cut end of a truncated file.
    if broken.count("\ufffd") <= FEW_BROKEN and legacy.TRUE_LETTER.search(broken):
        return broken
    if legacy.TRUE_LETTER.search(data[: error.start].decode("utf-8", errors="replace")) or len(
        legacy.TRUE_LETTER.findall(broken[:SAMPLE])
    ) > broken[:SAMPLE].count("\ufffd"):
        raise UnreadableError("mixed_encoding", MIXED)
    return _one_byte(data)


def _one_byte(data: bytes) -> str:
    """Choose among the one-byte encodings by which gives more words that are spelt like Vietnamese."""
    head = data[:SAMPLE]
    western = _western(head)
    found = legacy.told_by_content(western)
    good, bad = legacy.score(legacy.capitalise(legacy.decode(western, found)) if found else western)
    windows = unicodedata.normalize("NFC", head.decode("cp1258", errors="replace"))
    good_1258, bad_1258 = legacy.score(windows)
    if good_1258 > bad_1258 and good_1258 - bad_1258 >= good - bad:
        return data.decode("cp1258", errors="replace")
    if found:
        return legacy.repair(_western(data))
    if len(HIGH.findall(head)) > len(head) * 0.3:
        raise UnreadableError("not_document", NOT_TEXT)
    return _western(data)


def _western(data: bytes) -> str:
    """Windows-1252 with its five undefined bytes kept as Latin-1."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(
            piece.decode("cp1252", errors="ignore") if index % 2 == 0 else piece.decode("latin-1")
            for index, piece in enumerate(re.split(rb"([\x81\x8d\x8f\x90\x9d]+)", data))
        )
