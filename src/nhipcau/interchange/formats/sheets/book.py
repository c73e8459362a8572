"""What a table of rows is, whatever file it came in: sheets, rows of values, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Protocol

from nhipcau.reading.findings import UnreadableError

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of one file is taken in: bytes, rows, columns, letters of a cell, merged ranges, pictures."""

    file_bytes: int = 32 * MB
    unpacked_bytes: int = 512 * MB
    ratio: int = 400
    entries: int = 2_000
    sheets: int = 100
    rows: int = 100_000  # of all sheets together, those without a value not counted
    blank_rows: int = 2_000_000
    columns: int = 200  # with a value, in one row
    letters: int = 32_767
    shared_letters: int = 60_000_000
    ranges: int = 5_000
    seconds: float = 120.0


DEFAULT = Bounds()


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A formula whose value the file does not hold: it was never counted by a spreadsheet."""


@dataclass(frozen=True, slots=True)
class Faulty:
    """A cell that shows a fault of its formula, such as #REF!."""

    code: str


Value = str | int | Decimal | date | datetime | time | bool | Uncounted | Faulty


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds a value: its number as the file shows it, and its values by column (from 0)."""

    number: int
    cells: dict[int, Value]
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the file, in its order."""

    place: int
    name: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """A range of merged cells, ends included: rows as the file shows them, columns from 0."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int

    @property
    def address(self) -> str:
        """The range as a spreadsheet writes it: B5:B7."""
        return f"{letter(self.first_column)}{self.first_row}:{letter(self.last_column)}{self.last_row}"

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell is one of the range."""
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column


@dataclass(slots=True)
class Beside:
    """What was met in a sheet beside its values; complete when its rows have been read to the end."""

    merged: list[Merged] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


class Book(Protocol):
    """An opened file."""

    media_type: str
    sheets: tuple[Sheet, ...]

    def rows(self, sheet: Sheet, beside: Beside | None = None) -> Iterator[Row]:
        """The rows of a sheet from the top; raises ``UnreadableError`` where the file is damaged."""

    def texts(self) -> Iterator[str]:
        """Everything that can be read in the file besides the values of its cells."""

    def members(self) -> Iterator[tuple[str, bytes]]:
        """Pictures and files inside the file, by name."""


def letter(column: int) -> str:
    """The letters of a column counted from 0: A, Z, AA."""
    letters = ""
    place = column + 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_of(address: str) -> int:
    """The column, from 0, of an address such as AB12; -1 where it names none."""
    place = 0
    for char in address:
        if not ("A" <= char <= "Z"):
            break
        place = place * 26 + ord(char) - ord("A") + 1
    return place - 1


def too_many_columns(sheet: str, row: int, bounds: Bounds) -> UnreadableError:
    """The error about a row that is too wide."""
    words = (
        f"Trang “{sheet}”, dòng {row} có hơn {bounds.columns} cột có giá trị; hãy bỏ bớt cột rồi nhập lại."
    )
    return UnreadableError("too_large", words)


def damaged() -> UnreadableError:
    """The error about a file that breaks off or contradicts itself."""
    return UnreadableError("damaged", "Tệp bị hỏng hoặc bị cắt cụt, không mở được.")
