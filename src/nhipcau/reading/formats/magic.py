"""Tells what a file is by its first bytes, before any library is loaded to open it."""

from __future__ import annotations

import re

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
PDF_AFTER_JUNK = re.compile(rb"[\r\n\0]%PDF-[12]\.\d[\r\n]")
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
MHTML = re.compile(rb"(?im)^MIME-Version:|^Content-Type:\s*multipart/related")
RELATED = re.compile(rb"(?i)multipart/related|text/html")


def picture(data: bytes) -> str | None:
    """The media type of a picture by its first bytes, or None."""
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return "image/bmp"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((media_type for magic, media_type in MAGIC if data.startswith(magic)), None)


def foreign(data: bytes) -> str | None:
    """What a file is that is certainly no document, in words for a clerk; None where it may be one."""
    return next((what for magic, what in FOREIGN if data.startswith(magic)), None)


def start(data: bytes) -> bytes:
    """The beginning without the zero bytes of UTF-16, enough to see tags."""
    return data[:4096].replace(b"\0", b"")


def is_pdf(data: bytes) -> bool:
    """Whether it is a PDF; some systems put a few lines before its head."""
    return data.startswith(b"%PDF-") or PDF_AFTER_JUNK.search(data[:1024]) is not None


def is_rtf(data: bytes) -> bool:
    """Whether the file begins as RTF does, after a byte order mark or blanks."""
    return data[:512].lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"{\\rtf")


def is_html(data: bytes) -> bool:
    """Whether the beginning holds the tags of a web page."""
    return HTML.search(start(data)) is not None


def is_xml(data: bytes) -> bool:
    """Whether it is XML, also with junk before the declaration, as pasted messages have it."""
    head = start(data).lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return b"<?xml" in head[:40] or bool(XML_ROOT.match(head)) or b"QCVN_102_2016" in head


def is_mhtml(data: bytes) -> bool:
    """Whether the beginning is that of a web archive."""
    head = start(data)
    return MHTML.search(head[:2048]) is not None and RELATED.search(head) is not None
