"""The tokens of RTF turned to text: groups, destinations, fonts, code pages, cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats import layout, legacy, numerals
from nhipcau.reading.formats import rtf_words as words

BROKEN = "Tệp RTF bị hỏng hoặc bị cắt cụt, không đọc được."
TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])"
    rb"|([^\\{}\r\n]+)|[\r\n]+|\\"
)
DEEPEST = 400
UTF8 = 65001
LABEL = "#"  # the destination of a list label
MOST_PICTURES = 16


@dataclass(slots=True)
class State:
    """What a group inherits: destination ("" is the main text), font, hidden and capitals."""

    target: str = ""
    font: int = -1
    hidden: bool = False
    capitals: bool = False
    fallback: int = 1  # characters that follow a \u for old readers
    in_table: bool = False


@dataclass(slots=True)
class Target:
    """The text of one destination."""

    runs: layout.Runs
    done: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Reader:
    """The tokens of one file turned to text."""

    trust: layout.FontTrust
    state: State = field(default_factory=State)
    stack: list[State] = field(default_factory=list)
    fonts: dict[int, tuple[str, str]] = field(default_factory=dict)
    default_font: int = 0
    codepage: str = "cp1252"
    targets: dict[str, Target] = field(default_factory=dict)
    bytes_waiting: bytearray = field(default_factory=bytearray)
    skip: int = 0
    starred: bool = False
    opening_font: tuple[int, int] | None = None
    font_name: bytes = b""
    pictures: list[bytes] = field(default_factory=list)
    cells: list[layout.Cell] = field(default_factory=list)
    cell_start: int = 0
    bordered: bool = False

    def read(self, data: bytes) -> str:
        """All main text. Raises UnreadableError where groups nest too deep or the file is cut off."""
        place, end = 0, len(data)
        while place < end:
            token = TOKEN.match(data, place)
            if token is None:
                break
            place = token.end()
            word, number, code, symbol, brace, plain = token.groups()
            if word == b"bin":
                place += max(0, int(number or b"0"))
            elif word:
                self._word(word.decode("ascii"), int(number) if number else None)
            elif code:
                self._byte(int(code, 16))
            elif brace:
                self._brace(brace)
            elif plain:
                self._plain(plain)
            elif symbol:
                self._symbol(symbol)
        if self.stack:  # groups that nobody closed: the end of the file is missing
            raise UnreadableError("damaged", BROKEN)
        self._flush()
        self._line_end()
        return "\n".join(self.lines("") + self.lines("+footnote"))

    def lines(self, name: str) -> list[str]:
        """The finished lines of one destination."""
        return self.targets[name].done if name in self.targets else []

    def _target(self, name: str) -> Target:
        if name not in self.targets:
            self.targets[name] = Target(layout.Runs(self.trust))
        return self.targets[name]

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self.skip = 0
        if brace == b"{":
            if len(self.stack) >= DEEPEST:
                raise UnreadableError("damaged", BROKEN)
            self.stack.append(replace(self.state))
        elif self.stack:
            leaving = self.state
            self.state = self.stack.pop()
            if leaving.target == LABEL != self.state.target:
                self._label()
            elif leaving.target != self.state.target and leaving.target not in {"", "-"}:
                self._line_end(leaving.target)
        self.starred = False

    def _label(self) -> None:
        """A list label that was printed for old readers goes in front of its item."""
        printed = self._target(LABEL).runs.text()
        self._target(LABEL).runs = layout.Runs(self.trust)
        label = numerals.bullet(printed)
        if label:
            self._target(self.state.target).runs.add(f"{label} ", "")

    def _word(self, word: str, number: int | None) -> None:
        starred, self.starred = self.starred, False
        if word == "u":
            self._unicode(number or 0)
            return
        self._flush()
        if word in words.SIGNS:
            self._text(words.SIGNS[word])
        elif word in words.PASS_THROUGH:
            return
        elif word == "pict":
            self.state.target = "pict"
            self.pictures.append(b"")
        elif word == "shptxt" or (word in words.BESIDE and self.state.target != "fonttbl"):
            self.state.target = "+" + word
        elif word in {"listtext", "pntext"}:
            self.state.target = LABEL
        elif word == "footnote":
            self.state.target = "+footnote"
        elif word == "fonttbl":
            self.state.target = "fonttbl"
        elif word in words.SKIPPED or starred:
            self.state.target = "-"
        else:
            self._format(word, number)

    def _format(self, word: str, number: int | None) -> None:
        state = self.state
        match word:
            case "f" if state.target == "fonttbl":
                self._end_font()
                self.opening_font = (number or 0, 0)
            case "fcharset" if self.opening_font:
                self.opening_font = (self.opening_font[0], number or 0)
            case "f":
                state.font = number or 0
            case "deff":
                self.default_font = number or 0
            case "ansicpg":
                self.codepage = "utf-8" if number == UTF8 else f"cp{number}"
            case "plain":
                state.font, state.hidden, state.capitals = self.default_font, False, False
            case "v":
                state.hidden = number != 0
            case "caps":
                state.capitals = number != 0
            case "uc":
                state.fallback = max(0, min(number if number is not None else 1, 8))
            case _:
                self._table(word)

    def _table(self, word: str) -> None:
        """The words that build tables."""
        match word:
            case "intbl":
                self.state.in_table = True
            case "pard":
                self.state.in_table = False
            case "cell" | "nestcell":
                self._end_cell()
            case "row" | "nestrow":
                self._end_row()
            case "clbrdrl" | "clbrdrr" | "trbrdrv":
                self.bordered = True
            case "trowd":
                self.bordered = False

    def _unicode(self, number: int) -> None:
        self._flush()
        self._text(chr(number & 0xFFFF), raw=True)
        self.skip = self.state.fallback

    def _byte(self, value: int) -> None:
        if self.skip:
            self.skip -= 1
            return
        self.bytes_waiting.append(value)

    def _plain(self, plain: bytes) -> None:
        if self.skip:
            plain, self.skip = plain[self.skip :], max(0, self.skip - len(plain))
        if self.state.target == "pict":
            if len(self.pictures) <= MOST_PICTURES:
                self.pictures[-1] += plain
        elif self.state.target == "fonttbl":
            self._font_name(plain)
        else:
            self.bytes_waiting += plain

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.starred = True
        elif self.skip and symbol not in words.SYMBOLS:
            self.skip -= 1
        elif symbol in words.LITERALS:
            self.bytes_waiting += symbol
        elif symbol == b"-":
            self.bytes_waiting += b"\xad" if legacy.of_font(self._font()[0])[0] == "tcvn3" else b""
        elif symbol in words.SYMBOLS:
            self._flush()
            self._text(words.SYMBOLS[symbol])

    def _font_name(self, plain: bytes) -> None:
        self.font_name += plain
        if b";" in plain:
            self._end_font()

    def _end_font(self) -> None:
        if self.opening_font:
            name = self.font_name.split(b";")[0].decode("cp1252", errors="replace").strip()
            self.fonts[self.opening_font[0]] = (name, words.CHARSETS.get(self.opening_font[1], ""))
        self.opening_font, self.font_name = None, b""

    def _font(self) -> tuple[str, str]:
        number = self.state.font if self.state.font >= 0 else self.default_font
        return self.fonts.get(number, ("", ""))

    def _flush(self) -> None:
        """Decode the bytes that wait, by the code page of the font they are set in."""
        if not self.bytes_waiting:
            return
        data, self.bytes_waiting = bytes(self.bytes_waiting), bytearray()
        name, page = self._font()
        if legacy.of_font(name)[0]:
            page = "cp1252" if words.PUNCTUATION.search(data) else "latin-1"
        elif not page or page == "cp1252":
            page = self.codepage
        try:
            self._text(data.decode(page, errors="replace"))
        except LookupError:
            self._text(data.decode("cp1252", errors="replace"))

    def _text(self, text: str, *, raw: bool = False) -> None:
        state = self.state
        if state.target in {"-", "pict", "fonttbl"}:
            return
        name = "+hidden" if state.hidden else state.target
        target = self._target(name)
        if text == "\n" and not raw:
            self._line_end(name)
            return
        font = self._font()[0]
        shout = state.capitals and not legacy.of_font(font)[0]
        target.runs.add(text.upper() if shout else text, font)

    def _line_end(self, name: str | None = None) -> None:
        name = self.state.target if name is None else name
        if name in {"-", "pict", "fonttbl"}:
            return
        target = self._target(name)
        line = _joined(target.runs.text())
        if line or name == "":
            target.done.append(line)
        target.runs = layout.Runs(self.trust)
        if name == "" and not self.state.in_table and not self.cells:
            self.cell_start = len(target.done)

    def _end_cell(self) -> None:
        """The lines since the last cell belong to this one."""
        self._line_end("")
        done = self._target("").done
        self.cells.append(done[self.cell_start :])
        del done[self.cell_start :]

    def _end_row(self) -> None:
        done = self._target("").done
        done += layout.table_lines([self.cells], bordered=self.bordered)
        self.cells = []
        self.cell_start = len(done)


def _joined(text: str) -> str:
    """Text with its surrogate pairs joined and stray ones replaced."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
