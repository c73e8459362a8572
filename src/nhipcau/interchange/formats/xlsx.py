"""Writes a table as XLSX: one sheet, heads frozen, no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

LONGEST_CELL = 32_767
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_table(out: IO[bytes], title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write the workbook into ``out``. Days become days of the sheet, the rest text or numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    sheet.freeze_panes = "A2"
    for place in range(len(headings)):
        sheet.column_dimensions[chr(ord("A") + place)].width = 24
    sheet.append([_head(sheet, words) for words in headings])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    book.save(out)


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
    if value is None or isinstance(value, int | float):
        return value
    return guarded(str(value))


def guarded(text: str) -> str:
    """Text that a spreadsheet shows and never runs: an apostrophe before what could begin a formula."""
    clean = UNPRINTABLE.sub(" ", text)[:LONGEST_CELL]
    return f"'{clean}" if clean.startswith(DANGEROUS) else clean
