"""PDF: the text layer in reading order, pages without one recognised; lines and hyphens stay as they are."""

from __future__ import annotations

import ctypes
import re
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats import images, legacy, pdf_lines, programs, stamps
from nhipcau.reading.formats.opened import Opened

if TYPE_CHECKING:
    from PIL import Image

    from nhipcau.reading.formats.limits import Limits

MEDIA_TYPE = "application/pdf"
BROKEN = "Tệp PDF bị hỏng hoặc bị cắt cụt, không mở được."
LOCKED = "Tệp PDF có đặt mật khẩu; hãy bỏ mật khẩu rồi thử lại."
NO_TEXT = (
    f"Tệp PDF là bản quét, không có chữ; muốn đọc cần cài chương trình nhận dạng chữ: {programs.INSTALL}"
)
EMPTY = "Tệp PDF không có chữ nào để đọc."
END = re.compile(b"%%EOF|startxref")
TAIL = 8192
DPI = 200
ROUND = 4  # pixels around a picture that is cut out
# A page with fewer letters than this and a picture is a scan.
FEW_LETTERS = 8
MOST_ANNOTATIONS = 500
LONGEST_NOTE = 100_000
FAULTS = (
    pypdfium2.PdfiumError,
    ValueError,
    OSError,
    RuntimeError,
    AssertionError,
    MemoryError,
    OverflowError,
)
# pdfium itself is not made for several threads.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(slots=True)
class Pages:
    """What was read page by page."""

    texts: list[str] = field(default_factory=list)
    extras: list[str] = field(default_factory=list)
    scanned: int = 0
    unread_scans: int = 0
    unread_pictures: bool = False
    letters: int = 0


def read(data: bytes, limits: Limits) -> Opened:
    """The text of a PDF. Raises UnreadableError where it is damaged, locked, too large or only a scan."""
    if not END.search(data[-TAIL:]):  # cut off: what pdfium would rescue is only a part
        raise UnreadableError("damaged", BROKEN)
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except FAULTS as error:
            if "assword" in str(error) or "ecurity" in str(error):
                raise UnreadableError("encrypted", LOCKED) from error
            raise UnreadableError("damaged", BROKEN) from error
        try:
            return _read(document, limits)
        except FAULTS as error:
            raise UnreadableError("damaged", BROKEN) from error
        finally:
            document.close()


def _read(document: pypdfium2.PdfDocument, limits: Limits) -> Opened:
    count = len(document)
    if count > limits.pages:
        raise UnreadableError("too_large", f"Tệp PDF quá dài (hơn {limits.pages} trang).")
    found = Pages()
    for index in range(count):
        _page(document[index], found, limits, outer=index in {0, count - 1}, first=index == 0)
        if found.letters > limits.text_characters:
            raise UnreadableError("too_large", "Tệp PDF có quá nhiều chữ để đọc một lần.")
    text = legacy.repair("\n".join(found.texts))
    if not text.strip():
        raise UnreadableError("no_text", NO_TEXT if found.unread_scans else EMPTY)
    extras = [*_properties(document), *found.extras]
    return Opened(
        text, MEDIA_TYPE, pages=count, ocr=found.scanned > 0, extras=tuple(filter(str.strip, extras)),
        has_unread_pictures=found.unread_pictures,
    )  # fmt: skip


def _page(page: pypdfium2.PdfPage, found: Pages, limits: Limits, *, outer: bool, first: bool) -> None:
    text = pdf_lines.layer(page)
    pictures = outer or len(text.strip()) < FEW_LETTERS
    has_picture = pictures and _has_pictures(page)
    scan = len(text.strip()) < FEW_LETTERS and has_picture
    if scan:
        text = _scan(page, found, limits) or text
    if outer:
        found.extras += _annotations(page)
        if has_picture:
            _marks(page, found, limits, first=first)
    found.letters += len(text)
    found.texts.append(text)
    page.close()


def _has_pictures(page: pypdfium2.PdfPage) -> bool:
    """Whether the page shows a picture, or a stamp laid over it as an annotation."""
    found = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4)
    return next(iter(found), None) is not None or _is_stamped(page)


def _is_stamped(page: pypdfium2.PdfPage) -> bool:
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_ANNOTATIONS)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(note) if note else None
        if note:
            pdfium.FPDFPage_CloseAnnot(note)
        if kind == pdfium.FPDF_ANNOT_STAMP:
            return True
    return False


def _cuts(page: pypdfium2.PdfPage, shown: Image.Image) -> list[Image.Image]:
    """The pictures on a page with what is printed over them, cut from the page ``shown``.

    Nothing where their places cannot be told (inside forms, on a turned page) or one fills the page: the
    look at the stamps of the whole page must do.
    """
    objects = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4))[: images.MOST]
    width, height = page.get_size()
    if page.get_rotation() or page.get_cropbox()[:2] != (0, 0) or any(item.level for item in objects):
        return []
    scale = shown.width / max(width, 1)
    cuts = []
    for left, low, right, high in (item.get_bounds() for item in objects):
        start = (max(0, int(left * scale) - ROUND), max(0, int((height - high) * scale) - ROUND))
        end = (
            min(shown.width, int(right * scale) + ROUND),
            min(shown.height, int((height - low) * scale) + ROUND),
        )
        if min(end[0] - start[0], end[1] - start[1]) > images.SMALLEST:
            cuts.append(shown.crop((*start, *end)))
    return [cut for cut in cuts if cut.width * cut.height < shown.width * shown.height / 2]


def _picture(page: pypdfium2.PdfPage, limits: Limits) -> Image.Image:
    """The page as a picture, smaller where the paper is huge."""
    width, height = page.get_size()
    scale = DPI / 72
    most = limits.picture_pixels / 4
    if width * height * scale * scale > most:
        scale = (most / max(width * height, 1)) ** 0.5
    bitmap = page.render(scale=scale, may_draw_forms=False)
    return stamps.on_white(bitmap.to_pil())


def _scan(page: pypdfium2.PdfPage, found: Pages, limits: Limits) -> str:
    """Recognise a page that is only a picture."""
    if not programs.can_recognise():
        found.unread_scans += 1
        return ""
    if found.scanned >= limits.ocr_pages:
        raise UnreadableError("too_large", images.TOO_MANY)
    found.scanned += 1
    try:
        return images.recognise(_picture(page, limits), limits, dpi=DPI)
    except programs.ProgramError as error:
        raise UnreadableError("damaged", images.FAILED) from error


def _marks(page: pypdfium2.PdfPage, found: Pages, limits: Limits, *, first: bool) -> None:
    """Look for stamps on a first or last page with pictures, and for words in the pictures."""
    if not programs.can_recognise():
        found.unread_pictures = found.unread_pictures or first
        return
    try:
        shown = _picture(page, limits)
        found.extras += images.stamp_texts(shown, limits)
        for cut in _cuts(page, shown):
            found.extras += images.texts_of(cut, limits)
    except programs.ProgramError:
        found.unread_pictures = found.unread_pictures or first


def _annotations(page: pypdfium2.PdfPage) -> list[str]:
    """The words of stamps, notes and form fields laid over a page."""
    found = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_ANNOTATIONS)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        found += [_string(note, key) for key in (b"Contents", b"Name", b"V", b"Subj")]
        pdfium.FPDFPage_CloseAnnot(note)
    return found


def _string(note: pdfium.FPDF_ANNOTATION, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(note, key, None, 0)
    if not 0 < length <= LONGEST_NOTE:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(note, key, buffer, length)
    return bytes(buffer)[:length].decode("utf-16-le", errors="replace").rstrip("\0")


def _properties(document: pypdfium2.PdfDocument) -> list[str]:
    """Title, subject, keywords and the like, and the names of attached files."""
    found = [str(value) for value in document.get_metadata_dict(skip_empty=True).values()]
    count = min(document.count_attachments(), MOST_ANNOTATIONS)
    return found + [document.get_attachment(index).get_name() for index in range(count)]
