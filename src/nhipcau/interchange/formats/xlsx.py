"""Writes a table as XLSX: one sheet, heads frozen, no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

LONGEST_CELL = 32_767
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class TableWriter:
    """One sheet that is written row by row; nothing of it is kept in memory."""

    def __init__(self, title: str, headings: Sequence[str]) -> None:
        self._book, self._is_finished = Workbook(write_only=True), False
        self._sheet = self._book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
        self._sheet.freeze_panes = "A2"
        for place in range(1, len(headings) + 1):
            self._sheet.column_dimensions[get_column_letter(place)].width = 24
        self._sheet.append([_head(self._sheet, words) for words in headings])

    def add(self, row: Sequence[Any]) -> None:
        """Write one row. Days become days of the sheet, the rest text or numbers."""
        self._sheet.append([_cell(self._sheet, value) for value in row])

    def finish(self, out: IO[bytes]) -> None:
        """Write the workbook into ``out``, once."""
        self._is_finished, book = True, self._book
        book.save(out)

    def leave(self) -> None:
        """Where it was not finished: let go of what the rows are kept in, which only writing does."""
        if not self._is_finished:
            self.finish(io.BytesIO())


def write_table(out: IO[bytes], title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write the workbook into ``out``. Days become days of the sheet, the rest text or numbers."""
    table = TableWriter(title, headings)
    for row in rows:
        table.add(row)
    table.finish(out)


def _head(sheet: Any, words: str) -> Any:
    cell = WriteOnlyCell(sheet, words)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, datetime(value.year, value.month, value.day))  # noqa: DTZ001 (a sheet knows no zones)
        cell.number_format = "dd/mm/yyyy"
        return cell
    if value is None or isinstance(value, int | float | Decimal):
        return value
    return guarded(str(value))


def guarded(text: str) -> str:
    """Text that a spreadsheet shows and never runs: an apostrophe before what could begin a formula."""
    clean = UNPRINTABLE.sub(" ", text)[:LONGEST_CELL]
    return f"'{clean}" if clean.startswith(DANGEROUS) else clean
