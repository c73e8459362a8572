"""Looks at a file in memory before anything is kept: whether it bears a secrecy mark, and what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from nhipcau.interchange.formats.sheets.book import DEFAULT, Beside, Book, Bounds, Row, Sheet, Uncounted
from nhipcau.interchange.formats.sheets.opening import open_book
from nhipcau.reading.findings import Mark, MarkedError, UnreadableError
from nhipcau.reading.formats.opening import open_file
from nhipcau.reading.secrecy import GRAVITY, find_mark, in_name, in_text, of_file

#: Rows from the top of a sheet among which its headings are looked for.
TOP = 40
#: Letters of a heading and of an example that are kept.
LONGEST = 200


@dataclass(slots=True)
class Seen:
    """What one sheet holds: how many rows, its first ones, and what a person should be told of it."""

    sheet: Sheet
    rows: int = 0
    top: list[Row] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    uncounted: int = 0
    beside: Beside = field(default_factory=Beside)


@dataclass(slots=True)
class Looked:
    """A file that bears no mark. ``unseen`` are pictures and files in it into which nobody could look."""

    book: Book
    sheets: list[Seen]
    unseen: list[str]


def look(name: str, data: bytes, *, bounds: Bounds = DEFAULT) -> Looked:
    """Open a file and read every cell, note, name and property of it once.

    Raises ``MarkedError`` with the gravest mark, ``UnreadableError`` with one sentence.
    """
    named = in_name(name)
    if named:
        raise MarkedError(named)
    book = open_book(data, name, bounds=bounds)
    marks: list[Mark | None] = []
    sheets = list(_sheets(book, bounds, marks))
    marks.append(find_mark("", (text for text in book.texts() if text), name))
    unseen = list(_members(book, marks))
    found = [mark for mark in marks if mark]
    if found:
        raise MarkedError(max(found, key=GRAVITY.index))
    if not any(seen.rows for seen in sheets):
        raise UnreadableError("empty", "Tệp không có ô nào có giá trị.")
    return Looked(book, sheets, unseen)


def _sheets(book: Book, bounds: Bounds, marks: list[Mark | None]) -> Iterator[Seen]:
    until, left = monotonic() + bounds.seconds, bounds.rows + TOP
    for sheet in book.sheets:
        seen = Seen(sheet)
        for row in book.rows(sheet, seen.beside):
            mark = mark_of(row)
            if mark:
                marks.append(mark)
            _note(seen, row)
            if seen.rows > left:
                raise UnreadableError("too_large", _too_many_rows(sheet, row, bounds))
            if monotonic() > until:
                words = "Tệp mất quá nhiều thời gian để đọc; hãy tách thành nhiều tệp."
                raise UnreadableError("too_large", words)
        marks.append(find_mark("", [text for text in seen.beside.texts if text]))
        left -= seen.rows
        yield seen


def _note(seen: Seen, row: Row) -> None:
    seen.rows += 1
    if len(seen.top) < TOP:
        seen.top.append(row)
    if row.is_hidden:
        seen.hidden_rows.append(row.number)
    seen.uncounted += sum(isinstance(value, Uncounted) for value in row.cells.values())


def mark_of(row: Row) -> Mark | None:
    """The mark that a row bears: a cell of its own is as good as a line of its own."""
    cells = [value for value in row.cells.values() if isinstance(value, str)]
    return in_text("\n".join(cells), beside=True) if cells else None


def _members(book: Book, marks: list[Mark | None]) -> Iterator[str]:
    """Look into pictures and embedded files; the names of those that cannot be opened."""
    for name, data in book.members():
        try:
            opened = open_file(data, name)
        except UnreadableError:
            marks.append(in_name(name))
            yield name
            continue
        marks.append(of_file(opened, name))
        if opened.has_unread_pictures:
            yield name


def _too_many_rows(sheet: Sheet, row: Row, bounds: Bounds) -> str:
    most = f"{bounds.rows:,}".replace(",", ".")
    return (
        f"Tệp có hơn {most} dòng (quá ở trang “{sheet.name}”, dòng {row.number}); hãy tách thành nhiều tệp."
    )


def shown(value: Any) -> str:
    """A value as the file shows it, cut to what is kept of it."""
    if isinstance(value, Uncounted):
        return "=…"
    if hasattr(value, "code"):
        return str(value.code)
    if hasattr(value, "strftime"):
        return str(value.strftime("%d/%m/%Y"))
    return str(value)[:LONGEST]
