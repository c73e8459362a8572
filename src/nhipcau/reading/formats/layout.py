"""How tables become lines, and where legacy fonts may be trusted: shared by the readers of office formats."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nhipcau.reading.formats import legacy

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell = list[str]
# A row longer than this is running text in columns, not data.
LONG_ROW = 400
# A table of so few columns may only place text side by side.
FEW_COLUMNS = 3


def table_lines(rows: Sequence[Sequence[Cell]], *, bordered: bool) -> list[str]:
    """The lines of a table, row by row.

    Data rows become one line, cells parted by " | ". Tables without borders and with few columns only place
    text (letterheads, signatures): there all lines of the left cell come first, then those of the right one.
    """
    lines: list[str] = []
    for row in rows:
        cells = [[line for line in cell if line.strip()] for cell in row]
        filled = [cell for cell in cells if cell]
        if len(filled) <= 1:
            lines += [line for cell in filled for line in cell]
            continue
        joined = [" ".join(" ".join(cell).split()) for cell in cells]
        if (bordered or len(cells) > FEW_COLUMNS) and sum(map(len, joined)) <= LONG_ROW:
            lines.append(" | ".join(joined).strip(" |"))
        else:
            lines += [line for cell in filled for line in cell]
    return lines


@dataclass(slots=True)
class FontTrust:
    """Whether the names of legacy fonts can be believed in one file.

    Some files were converted to Unicode and kept the old font names: there the text must not be decoded
    again.
    """

    trusted: bool = True
    true_letters: int = 0
    suspects: int = 0

    def decode(self, text: str, font: str) -> str:
        """Decode one run by its font, and count what speaks for and against the font."""
        coding, capitals = legacy.of_font(font)
        if coding is None or (text.isascii() and not capitals):
            return text
        real = len(legacy.TRUE_LETTER.findall(text))
        self.true_letters += real
        self.suspects += len(legacy.SUSPECT.findall(text))
        if not self.trusted or real:
            return text.upper() if capitals else text
        return legacy.decode(text, coding, capitals=capitals)

    @property
    def deceived(self) -> bool:
        """True where the fonts were believed and the text shows that they should not have been."""
        return self.trusted and self.true_letters > self.suspects


@dataclass(slots=True)
class Runs:
    """The runs of one paragraph; neighbours in the same encoding are joined before they are decoded.

    A VNI letter and its mark may stand in two runs.
    """

    trust: FontTrust
    pieces: list[tuple[str, str]] = field(default_factory=list)

    def add(self, text: str, font: str) -> None:
        """Append ``text`` set in ``font`` ("" where it does not matter)."""
        if not text:
            return
        if self.pieces and legacy.of_font(self.pieces[-1][1]) == legacy.of_font(font):
            before = self.pieces.pop()[0]
            text = before + text
        self.pieces.append((text, font))

    def text(self) -> str:
        """The paragraph, decoded, runs joined without blanks."""
        return "".join(self.trust.decode(text, font) for text, font in self.pieces)
