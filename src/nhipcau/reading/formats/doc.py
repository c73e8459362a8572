"""Old Word files (.doc, Word 97 to 2003): an own reader of the piece table, fonts known by run."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import olefile

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats import doc_lists, images, layout, legacy, ole_properties, word97
from nhipcau.reading.formats.opened import Opened

if TYPE_CHECKING:
    from nhipcau.reading.formats.limits import Limits

MEDIA_TYPE = "application/msword"
BROKEN = "Tệp Word (.doc) bị hỏng hoặc bị cắt cụt, không đọc được."
LOCKED = "Tệp Word có đặt mật khẩu; hãy bỏ mật khẩu rồi thử lại."
TOO_OLD = "Tệp do Word 95 hoặc bản cũ hơn tạo ra; hãy mở bằng Word và lưu lại thành .docx."
NO_WORD = "Tệp này không phải văn bản Word (có thể là bảng tính, thư); hãy lưu nội dung thành Word hoặc PDF."
EMPTY = "Tệp Word không có chữ nào để đọc."
PLACING = 2  # a row of so few cells places a letterhead or a signature
WIDE = 2  # bytes a character
IDENTITY, OLDEST = 0xA5EC, 193
# Of a compound file: where its head lists the tables of sectors, how many there, mark of an unused sector.
FIRST_TABLE, MOST_TABLES, FREE = 76, 109, b"\xff\xff\xff\xff"
ENCRYPTED, SECOND_TABLE = 0x0100, 0x0200
# Lengths of the texts that follow one another: main, footnotes, headers, macros, comments, endnotes, boxes.
LENGTHS = (76, 80, 84, 88, 92, 96, 100, 104)
CONTROL = re.compile("[\x00-\x1f]")
SIGNS = {"\x0b": "\n", "\x0e": "\n", "\t": "\t", "\x1e": "-", "\n": "\n"}
PICTURE = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff[\xe0\xe1\xdb]")
PNG_END, JPEG_END = b"IEND\xaeB`\x82", b"\xff\xd9"
FAULTS = (
    OSError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    EOFError,
    AssertionError,
)


@dataclass(slots=True)
class Text:
    """Turns a stretch of characters into lines: fields cleaned, cells and rows laid out."""

    word: word97.Word
    trust: layout.FontTrust
    lists: doc_lists.Lists
    lines: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    runs: layout.Runs = field(init=False)
    fields: list[bool] = field(default_factory=list)  # for each open field: whether its result has begun
    cells: list[layout.Cell] = field(default_factory=list)
    cell_start: int = 0
    begun: int = -1  # where in the stream the paragraph began

    def __post_init__(self) -> None:
        self.runs = layout.Runs(self.trust)

    def add(self, text: str, place: int, size: int, shown: word97.Look) -> None:
        """Take a run of characters; ``place`` is where it stands, ``size`` the bytes of a character."""
        font = self.word.fonts[shown.font] if 0 <= shown.font < len(self.word.fonts) else ""
        start = 0
        for control in CONTROL.finditer(text):
            self._plain(text[start : control.start()], place + start * size, font, shown)
            self._control(control[0], place + control.start() * size, font, shown)
            start = control.end()
        self._plain(text[start:], place + start * size, font, shown)

    def _plain(self, text: str, place: int, font: str, shown: word97.Look) -> None:
        if not text:
            return
        if self.begun < 0:
            self.begun = place
        if not all(self.fields):
            return
        if shown.special and shown.symbol:
            text = chr(shown.symbol) if legacy.of_font(font)[0] else ""
        if shown.hidden:
            self.hidden.append(self.trust.decode(text, font))
        elif shown.capitals and not legacy.of_font(font)[0]:
            self.runs.add(text.upper(), font)
        else:
            self.runs.add(text, font)

    def _control(self, sign: str, place: int, font: str, shown: word97.Look) -> None:
        if sign in "\r\x0c":
            self.end(place)
        elif sign == "\x07":
            self._end_cell(place)
        elif sign == "\x13":
            self.fields.append(False)
        elif sign == "\x14" and self.fields:
            self.fields[-1] = True
        elif sign == "\x15" and self.fields:
            self.fields.pop()
        elif sign == "\x1f" and legacy.of_font(font)[0] == "tcvn3":
            self._plain("\u00ad", place, font, shown)
        elif sign == "(" or sign in SIGNS:
            self._plain(SIGNS[sign], place, font, shown)

    def end(self, place: int, *, cell: bool = False) -> None:
        """End the paragraph (or the cell) whose mark stands at ``place``."""
        about = self.word.paragraph_at(place)
        text = self.runs.text()
        label = self.lists.label(about.list, about.level) if text.strip() else ""
        self.lines.append(f"{label} {text}" if label else text)
        self.runs = layout.Runs(self.trust)
        self.begun = -1
        if not (cell or about.in_table or self.cells):
            self.cell_start = len(self.lines)

    def _end_cell(self, place: int) -> None:
        if self.word.paragraph_at(place).row_end or (self.begun < 0 and self._row_is_over(place)):
            self.lines += layout.table_lines([self.cells], bordered=len(self.cells) > PLACING)
            self.cells, self.cell_start = [], len(self.lines)
            self.runs, self.begun = layout.Runs(self.trust), -1
            return
        self.end(place, cell=True)
        self.cells.append([part for line in self.lines[self.cell_start :] for part in line.split("\n")])
        del self.lines[self.cell_start :]

    def _row_is_over(self, place: int) -> bool:
        """Where nothing is said of paragraphs, an empty cell that follows a cell mark ends the row."""
        return not self.word.paragraph_at(place).in_table and bool(self.cells)

    def close(self) -> list[str]:
        """All lines, an unfinished paragraph and row included."""
        rest = self.runs.text()
        if rest.strip():
            self.lines.append(rest)
        self.lines += [line for cell in self.cells for line in cell]
        return self.lines


def read(data: bytes, limits: Limits) -> Opened:
    """The text of a .doc.

    Raises UnreadableError where it is damaged, locked, older than Word 97 or no Word file.
    """
    if _is_cut_off(data):
        raise UnreadableError("damaged", BROKEN)
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as store:
            return _read(store, limits)
    except FAULTS as error:
        raise UnreadableError("damaged", BROKEN) from error


def _is_cut_off(data: bytes) -> bool:
    """Whether sectors that the file says it uses lie beyond its end (the last one may be shorter)."""
    sector = 1 << min(word97.u16(data, 30), 16)
    last = 0
    for index in range(min(word97.u32(data, 44), MOST_TABLES)):
        place = (word97.u32(data, FIRST_TABLE + 4 * index) + 1) * sector
        table = data[place : place + sector]
        if len(table) < sector:
            return True
        used = [number for number in range(sector // 4) if table[4 * number : 4 * number + 4] != FREE]
        last = max(last, index * (sector // 4) + used[-1]) if used else last
    return len(data) <= (last + 1) * sector


def _read(store: olefile.OleFileIO, limits: Limits) -> Opened:
    if store.exists("EncryptedPackage") or store.exists("EncryptionInfo"):
        raise UnreadableError("encrypted", LOCKED)
    if not store.exists("WordDocument"):
        raise UnreadableError("not_document", NO_WORD)
    main = store.openstream("WordDocument").read()
    flags = word97.u16(main, 10)
    if word97.u16(main, 0) != IDENTITY or word97.u16(main, 2) < OLDEST:
        raise UnreadableError("too_old", TOO_OLD)
    if flags & ENCRYPTED:
        raise UnreadableError("encrypted", LOCKED)
    name = "1Table" if flags & SECOND_TABLE else "0Table"
    table = store.openstream(name).read() if store.exists(name) else b""
    texts, trust = _texts(word97.Word(main, table), layout.FontTrust())
    if trust.deceived:
        texts, trust = _texts(word97.Word(main, table), layout.FontTrust(trusted=False))
    return _opened(store, main, texts, limits)


def _opened(store: olefile.OleFileIO, main: bytes, texts: dict[str, str], limits: Limits) -> Opened:
    text = texts["main"] + texts["notes"]
    if len(text) > limits.text_characters:
        raise UnreadableError("too_large", "Tệp quá dài để đọc; hãy tách thành các tệp nhỏ hơn.")
    pictures = _pictures(main)
    if store.exists("Data"):
        pictures += _pictures(store.openstream("Data").read())
    seen, unread = images.marks_of(pictures, limits, must=True)
    extras = [texts["beside"], *ole_properties.values(store), *seen]
    if not text.strip():
        raise UnreadableError("empty", EMPTY)
    return Opened(text, MEDIA_TYPE, extras=tuple(filter(str.strip, extras)), has_unread_pictures=unread)


def _texts(word: word97.Word, trust: layout.FontTrust) -> tuple[dict[str, str], layout.FontTrust]:
    """The texts of a file by what they are: "main", "notes" below it, and what stands "beside"."""
    pieces = word.pieces()
    if not pieces:
        raise UnreadableError("damaged", BROKEN)
    found = {"main": "", "notes": "", "beside": ""}
    start = 0
    kinds = ("main", "notes", "beside", "beside", "beside", "notes", "beside", "beside")
    for kind, offset in zip(kinds, LENGTHS, strict=True):
        length = word97.u32(word.main, offset)
        lines, hidden = _stretch(word, pieces, start, start + length, trust)
        text = "\n".join(lines)
        if text.strip():
            found[kind] += ("\n" if found[kind] or kind == "notes" else "") + text.rstrip("\n")
        found["beside"] += "\n".join(["", *hidden]) if hidden else ""
        start += length
    return found, trust


def _stretch(
    word: word97.Word, pieces: list[word97.Piece], start: int, end: int, trust: layout.FontTrust
) -> tuple[list[str], list[str]]:
    """The lines of the characters from ``start`` to ``end``, and hidden text."""
    text = Text(word, trust, doc_lists.Lists(word))
    for piece in pieces:
        first, last = max(start, piece.start), min(end, piece.end)
        if first < last:
            size = 2 if piece.wide else 1
            place = piece.place + (first - piece.start) * size
            stop = place + (last - first) * size
            if stop > len(word.main):
                raise UnreadableError("damaged", BROKEN)
            _piece(word, text, place, stop, size)
    return text.close(), text.hidden


def _piece(word: word97.Word, text: Text, place: int, stop: int, size: int) -> None:
    """One piece, run by run."""
    while place < stop:
        run_end, modifiers = word.run_at(place)
        # A run that ends in the middle of a character, as damage makes it, is taken to the next one.
        until = min(stop, max(run_end, place + size))
        until -= (until - place) % size
        if until <= place:
            break
        style = word.styles.get(word.paragraph_at(place).style)
        base = style[0] if style else word97.Look(font=word.default_font)
        shown = word97.look(_with_style(word, base, modifiers), modifiers)
        raw = word.main[place:until]
        decoded = raw.decode("utf-16-le", errors="replace") if size == WIDE else _narrow(raw)
        text.add(decoded, place, size, shown)
        place = until


def _with_style(word: word97.Word, base: word97.Look, modifiers: bytes) -> word97.Look:
    """The look that a character style gives, where the run names one."""
    for code, operand in word97.modifiers(modifiers):
        style = word.styles.get(word97.u16(operand, 0)) if code == word97.CHARACTER_STYLE else None
        if style and style[0].font >= 0:
            base = word97.Look(style[0].font, base.special, style[0].hidden, style[0].capitals)
    return base


def _narrow(raw: bytes) -> str:
    """One byte a character: Windows-1252, its undefined bytes as they are."""
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in raw)


def _pictures(stream: bytes) -> list[bytes]:
    """Pictures that lie in a stream as PNG or JPEG."""
    found = []
    for hit in PICTURE.finditer(stream):
        end = stream.find(PNG_END if hit[0][:1] == b"\x89" else JPEG_END, hit.end())
        if end > 0:
            found.append(stream[hit.start() : end + 8])
        if len(found) >= images.MOST:
            break
    return found
