"""Pictures of documents: read by tesseract, or refused with the line that installs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats import programs, stamps
from nhipcau.reading.formats.opened import Opened

if TYPE_CHECKING:
    from PIL import Image

    from nhipcau.reading.formats.limits import Limits

# Pictures looked at for marks in one file.
MOST = 8
# Smaller ones are rules, dots and icons.
SMALLEST = 24
NO_PROGRAM = f"Tệp là ảnh chụp hoặc bản quét; muốn đọc cần cài chương trình nhận dạng chữ: {programs.INSTALL}"
FAILED = "Không nhận dạng được ảnh này: tệp ảnh bị hỏng hoặc quá lớn."
NO_TEXT = "Không nhận dạng được chữ nào trong ảnh."
TOO_MANY = "Tệp có quá nhiều trang ảnh để nhận dạng chữ một lần; hãy tách thành các tệp nhỏ hơn."


def read(data: bytes, media_type: str, limits: Limits) -> Opened:
    """The text of a picture, page by page for a TIFF. Raises UnreadableError where nothing can be read."""
    if not programs.can_recognise():
        raise UnreadableError("ocr_missing", NO_PROGRAM)
    try:
        pages = stamps.load(data, limits.picture_pixels, limits.ocr_pages)
        texts = [recognise(page, limits) for page in pages]
        marks = [text for page in ends(pages) for text in stamp_texts(page, limits)]
    except stamps.TooManyError as error:
        raise UnreadableError("too_large", TOO_MANY) from error
    except (stamps.PictureError, programs.ProgramError) as error:
        raise UnreadableError("damaged", FAILED) from error
    text = "\n".join(texts)
    if not text.strip() and not any(mark.strip() for mark in marks):
        raise UnreadableError("no_text", NO_TEXT)
    return Opened(text, media_type, pages=len(pages), ocr=True, extras=tuple(marks))


def ends(pages: list[Image.Image]) -> list[Image.Image]:
    """The first and the last page, where marks stand."""
    return pages[:1] + pages[1:][-1:]


def recognise(page: Image.Image, limits: Limits, *, dpi: int | None = None) -> str:
    """The running text of a page. Raises ProgramError."""
    return programs.recognise(stamps.picture_bytes(page), limits=limits, dpi=dpi)


def stamp_texts(page: Image.Image, limits: Limits) -> list[str]:
    """What stands in the frames and in the red ink of a page. Raises ProgramError."""
    cuts = stamps.stamps_of(page)
    return [programs.recognise(stamps.picture_bytes(cut), limits=limits, layout="block") for cut in cuts]


def marks_of(pictures: list[bytes], limits: Limits, *, must: bool) -> tuple[list[str], bool]:
    """The texts of pictures that may bear a mark, and whether one of them could not be read.

    ``must``: one of them stands on a first page, so that an unread one has to be told.
    """
    texts: list[str] = []
    unread = False
    for picture in pictures[:MOST]:
        try:
            image = stamps.load(picture, limits.picture_pixels, limits.ocr_pages)[0]
        except stamps.PictureError:
            unread = must
            continue
        if min(image.size) < SMALLEST:
            continue
        if not programs.can_recognise():
            unread = must
            continue
        try:
            texts += texts_of(image, limits)
        except programs.ProgramError:
            unread = must
    return texts, unread


def texts_of(image: Image.Image, limits: Limits) -> list[str]:
    """All that one picture inside a document says: scattered words, and what its stamps say."""
    scattered = programs.recognise(stamps.picture_bytes(image), limits=limits, layout="sparse")
    return [scattered, *stamp_texts(image, limits)]
