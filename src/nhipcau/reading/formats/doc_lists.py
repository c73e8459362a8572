"""The labels of list items in .doc files ([MS-DOC] LSTF, LVL, LFO)."""

from __future__ import annotations

from dataclasses import dataclass, field

from nhipcau.reading.formats import numerals, word97
from nhipcau.reading.formats.docx_styles import Level, Numbering

STYLES = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 22: "decimalZero",
    23: "bullet", 255: "none",
}  # fmt: skip
SIMPLE = 0x01
LIST_SIZE, OVERRIDE_SIZE = 28, 16


@dataclass(slots=True)
class Lists:
    """Counts the items of the lists of one file."""

    word: word97.Word
    numbering: Numbering = field(default_factory=Numbering)
    _of: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        levels = _levels(self.word.part(word97.LISTS), self.word)
        data = self.word.part(word97.LIST_OVERRIDES)
        count = min(word97.u32(data, 0), 4096)
        for index in range(count):
            key = str(word97.u32(data, 4 + OVERRIDE_SIZE * index))
            self._of.append(key)
            self.numbering.levels[key] = levels.get(key, {})

    def label(self, number: int, level: int) -> str:
        """The next label of an item: ``number`` as the paragraph names its list, from 1; "" for none."""
        if not 1 <= number <= len(self._of):
            return ""
        return self.numbering.label(self._of[number - 1], level)


def _levels(data: bytes, word: word97.Word) -> dict[str, dict[int, Level]]:
    """The levels of every list: they follow the array of lists in the table stream."""
    count = min(word97.u16(data, 0), 2048)
    start = word97.u32(word.main, word97.FIRST_PAIR + 8 * word97.LISTS)
    place = start + 2 + LIST_SIZE * count
    found: dict[str, dict[int, Level]] = {}
    for index in range(count):
        entry = 2 + LIST_SIZE * index
        key = str(word97.u32(data, entry))
        simple = word97.u8(data, entry + 26) & SIMPLE
        found[key] = {}
        for depth in range(1 if simple else 9):
            level, place = _level(word.table, place)
            found[key][depth] = level
    return found


def _level(table: bytes, place: int) -> tuple[Level, int]:
    """One level and where the next one begins; the pattern holds the depth of a number as a small code."""
    start, style = word97.u32(table, place), word97.u8(table, place + 4)
    properties = word97.u8(table, place + 25) + word97.u8(table, place + 24)
    place += 28 + properties
    length = min(word97.u16(table, place), 64)
    text = table[place + 2 : place + 2 + 2 * length].decode("utf-16-le", errors="replace")
    pattern = "".join(f"%{ord(char) + 1}" if char < "\x09" else char for char in text)
    kind = STYLES.get(style, "decimal")
    if kind == "bullet":
        pattern = numerals.bullet(text)
    return Level(kind, pattern, min(start, 9999)), place + 2 + 2 * word97.u16(table, place)
