"""Builds the bytes of every format from a text, for the tests of the formats and for the corpora.

``MAKERS`` maps a suffix to a function from text to bytes; lines of the text become paragraphs. All text given
to it should be the test's own.
"""

from __future__ import annotations

import base64
import io
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import docx
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from nhipcau.reading.formats import legacy
from nhipcau.reading.tables import load
from tests.reading.formats.word97_writer import word_document

# A font with every Vietnamese letter; Debian's fonts-dejavu-core, which Chromium and reportlab users have.
FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
)
PAGE_WIDTH, PAGE_HEIGHT, MARGIN, LEADING = 595, 842, 60, 19
EDXML = "http://www.mic.gov.vn/TBT/QCVN_102_2016"


def font_path() -> str | None:
    """A font file with Vietnamese letters, or None where the machine has none."""
    return next((path for path in FONTS if Path(path).exists()), None)


def to_txt(text: str) -> bytes:
    """UTF-8."""
    return text.encode("utf-8")


def to_windows_1258(text: str) -> bytes:
    """Windows-1258: base letters with their hats, tones as combining bytes behind them."""
    out = b""
    for char in unicodedata.normalize("NFC", text):
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            tones = "".join(mark for mark in parts if mark in legacy.TONES)
            base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in legacy.TONES))
            out += base.encode("cp1258", errors="replace") + tones.encode("cp1258")
    return out


def to_tcvn3(text: str) -> str:
    """TCVN3 as Latin-1 characters; a capital that only a capital font can show is written small."""
    codes: dict[str, str] = {}
    for row in load.rows("tcvn3"):
        if int(row["code"], 16) > 0xA0:
            codes["".join(chr(int(point, 16)) for point in row["letter"].split())] = chr(int(row["code"], 16))
    small = {char for char in codes if char.islower()} | set("ĂÂÊÔƠƯĐ")
    return "".join(
        codes[char] if char in small else codes.get(char.lower(), char)
        for char in unicodedata.normalize("NFC", text)
    )


def to_vni(text: str) -> str:
    """VNI as Latin-1 characters."""
    codes: dict[str, str] = {}
    for row in load.rows("vni"):
        codes[row["letter"]] = row["code"]
        codes[row["letter"].upper()] = row["code"].upper()
    return "".join(codes.get(char, char) for char in unicodedata.normalize("NFC", text))


def to_html(text: str) -> bytes:
    """A page with one paragraph a line."""
    body = "\n".join(f"<p>{_escaped(line)}</p>" for line in text.split("\n"))
    head = '<meta charset="utf-8"><title>Văn bản</title>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def _escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def to_docx(
    text: str, *, header: str = "", box: str = "", art: str = "", properties: Mapping[str, str] | None = None,
    picture: bytes | None = None, font: str = "",
) -> bytes:  # fmt: skip
    """A Word file, with what may stand beside the text."""
    document = docx.Document()
    if picture:
        document.add_picture(io.BytesIO(picture))
    for line in text.split("\n"):
        run = document.add_paragraph().add_run(_printable(line))
        if font:
            run.font.name = font
    if header:
        document.sections[0].header.paragraphs[0].text = header
    for name, value in (properties or {}).items():
        setattr(document.core_properties, name, value)
    out = io.BytesIO()
    document.save(out)
    first = BOX.format(box=_escaped(box)) if box else ART.format(box=_escaped(art)) if art else ""
    return _with_part(out.getvalue(), "word/document.xml", first) if first else out.getvalue()


# A text box as Word writes it for old readers.
BOX = (
    '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r>'
    "<w:t>{box}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)


# WordArt, as watermarks are made.
ART = (
    '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="{box}"/>'
    "</v:shape></w:pict></w:r></w:p>"
)


def _printable(line: str) -> str:
    return "".join(char for char in line if char >= " " or char == "\t")


def _with_part(package: bytes, name: str, first: str) -> bytes:
    """The package with ``first`` put at the beginning of the body of a part."""
    return rewritten(package, {name: lambda data: data.replace(b"<w:body>", b"<w:body>" + first.encode(), 1)})


def rewritten(package: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """A ZIP package with some parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, changes[info.filename](data) if info.filename in changes else data)
    return out.getvalue()


def parts(package: bytes) -> dict[str, bytes]:
    """The parts of a ZIP package by name, ready to be changed and written again."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def to_odt(text: str, *, header: str = "", shape: str = "") -> bytes:
    """An OpenDocument text."""
    space = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    )
    drawn = f"<text:p><draw:custom-shape><text:p>{_escaped(shape)}</text:p></draw:custom-shape></text:p>"
    body = "".join(f"<text:p>{_escaped(_printable(line))}</text:p>" for line in text.split("\n"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {space}>'
        f"<office:body><office:text>{drawn if shape else ''}{body}</office:text></office:body>"
        "</office:document-content>"
    )
    styles = (
        f"<office:document-styles {space}><office:master-styles><style:master-page><style:header>"
        f"<text:p>{_escaped(header)}</text:p></style:header></style:master-page></office:master-styles>"
        "</office:document-styles>"
    )
    return to_zip(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": content.encode(),
            "styles.xml": styles.encode(),
        }
    )


def to_rtf(text: str, *, header: str = "") -> bytes:
    """An RTF file with every letter beyond ASCII as a Unicode escape."""
    head = "{\\header " + _rtf(header) + "\\par}" if header else ""
    body = "\\par\n".join(map(_rtf, text.split("\n")))
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fnil Arial;}}" + head + body + "}").encode(
        "ascii"
    )


def _rtf(line: str) -> str:
    return "".join(char if " " <= char < "\x7f" and char not in "\\{}" else _rtf_code(char) for char in line)


def _rtf_code(char: str) -> str:
    if char in "\\{}":
        return "\\" + char
    units = char.encode("utf-16-le")
    numbers = [int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2)]
    return "".join(f"\\u{number}?" for number in numbers)


def to_doc(text: str, *, header: str = "") -> bytes:
    """A Word 97 file in Arial."""
    return word_document([(text + "\n", "Arial")], header=header)


@lru_cache(maxsize=1)
def _register_font() -> str:
    path = font_path()
    if path is None:
        return "Helvetica"
    pdfmetrics.registerFont(TTFont("Sample", path))
    return "Sample"


def to_pdf(
    text: str, *, header: str = "", properties: Mapping[str, str] | None = None, picture: bytes = b""
) -> bytes:
    """A PDF with a text layer, lines wrapped to the page, ``header`` at the head of each page."""
    out = io.BytesIO()
    page = canvas.Canvas(out, invariant=1)
    for name, value in (properties or {}).items():
        getattr(page, f"set{name.title()}")(value)
    lines = [
        part for line in text.split("\n") for part in simpleSplit(line, _register_font(), 12, 475) or [""]
    ]
    per_page = (PAGE_HEIGHT - 2 * MARGIN) // LEADING
    for first in range(0, max(len(lines), 1), per_page):
        page.setFont(_register_font(), 12)
        if header:
            page.drawString(MARGIN, PAGE_HEIGHT - 30, header)
        if picture and not first:
            page.drawImage(ImageReader(io.BytesIO(picture)), 350, 730, 180, 72)
        for row, line in enumerate(lines[first : first + per_page]):
            page.drawString(MARGIN, PAGE_HEIGHT - MARGIN - row * LEADING, line)
        page.showPage()
    page.save()
    return out.getvalue()


def to_scan(text: str, *, stamp: str = "") -> bytes:
    """A PDF whose only page is a picture."""
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1)
    page.drawImage(ImageReader(to_picture(text, stamp=stamp)), 0, 0, PAGE_WIDTH, PAGE_HEIGHT)
    page.showPage()
    page.save()
    return out.getvalue()


def to_picture(text: str, *, stamp: str = "", dpi: int = 150, framed: bool = True) -> Image.Image:
    """A page as a picture, with a red stamp at the right of its head."""
    scale = dpi / 72
    image = Image.new("RGB", (round(PAGE_WIDTH * scale), round(PAGE_HEIGHT * scale)), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(font_path() or FONTS[0], round(12 * scale))
    for row, line in enumerate(text.split("\n")):
        draw.text((MARGIN * scale, (MARGIN + row * LEADING) * scale), line, font=font, fill="black")
    if stamp:
        image.paste(
            to_stamp(stamp, height=round(26 * scale), framed=framed), (round(350 * scale), round(20 * scale))
        )
    return image


def to_stamp(words: str, *, height: int = 80, framed: bool = True, color: str = "red") -> Image.Image:
    """The picture of a stamp."""
    font = ImageFont.truetype(font_path() or FONTS[0], round(height * 0.5))
    width = round(font.getlength(words) + height * 0.7)
    image = Image.new("RGB", (width + 12, height + 12), "white")
    draw = ImageDraw.Draw(image)
    if framed:
        draw.rectangle((6, 6, width + 6, height + 6), outline=color, width=max(2, height // 20))
    draw.text((6 + height * 0.35, 6 + height * 0.18), words, font=font, fill=color)
    return image


def picture_bytes(image: Image.Image, kind: str = "PNG") -> bytes:
    """A picture as PNG, JPEG or TIFF."""
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def to_png(text: str) -> bytes:
    """A page as PNG."""
    return picture_bytes(to_picture(text))


def to_zip(files: Mapping[str, bytes]) -> bytes:
    """An archive of files; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6))
            archive.writestr(info, data, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def to_edxml(files: Mapping[str, bytes], *, subject: str = "Kết quả công tác", space: str = EDXML) -> bytes:
    """A message with these attachments, each as a ZIP of one file, as most senders do."""
    attachments = "".join(
        f"<Attachment><ContentId>cid:{number}</ContentId><AttachmentName>{_escaped(name)}</AttachmentName>"
        f"<ContentTransferEncoded>{_coded(name, data)}</ContentTransferEncoded></Attachment>"
        for number, (name, data) in enumerate(files.items())
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><edXML xmlns="{space}"><edXMLEnvelope><edXMLHeader>'
        f"<MessageHeader><Subject>{_escaped(subject)}</Subject></MessageHeader></edXMLHeader></edXMLEnvelope>"
        f"<AttachmentEncoded>{attachments}</AttachmentEncoded></edXML>"
    ).encode()


def _coded(name: str, data: bytes) -> str:
    return base64.b64encode(to_zip({name: data})).decode()


def _in_zip(text: str) -> bytes:
    return to_zip({"van-ban.txt": to_txt(text)})


def _in_edxml(text: str) -> bytes:
    return to_edxml({"van-ban.txt": to_txt(text)})


MAKERS: dict[str, Callable[[str], bytes]] = {
    ".txt": to_txt,
    ".html": to_html,
    ".docx": to_docx,
    ".odt": to_odt,
    ".rtf": to_rtf,
    ".doc": to_doc,
    ".pdf": to_pdf,
    ".zip": _in_zip,
    ".edxml": _in_edxml,
}
