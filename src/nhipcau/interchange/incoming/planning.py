"""What each row of a file means: new, changed, unchanged, or in error with its place and reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

from django.utils.translation import gettext as _

from nhipcau.interchange.formats.sheets.book import Row, letter
from nhipcau.interchange.formats.sheets.opening import open_book
from nhipcau.interchange.incoming import headings
from nhipcau.interchange.incoming.cells import id_of, value_of
from nhipcau.interchange.incoming.looking import shown
from nhipcau.reading.text import fold
from nhipcau.records.foundation import files
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.events import canonical
from nhipcau.records.foundation.intake import Brought, Found, Room, Trouble, Wanted
from nhipcau.records.foundation.models import Import
from nhipcau.records.foundation.register import Field, Register

Verdict = Literal["new", "changed", "same", "wrong"]
BATCH = 250
DIGEST = 8


@dataclass(slots=True)
class Line:
    """A row of the file with its verdict. ``columns`` is field to column, ``cells`` heading to words."""

    sheet: str
    number: int
    columns: Mapping[str, int]
    words: Mapping[str, str]
    brought: Brought
    troubles: list[Trouble]
    found: Found = field(default_factory=Found)
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """What will become of the row."""
        if self.troubles:
            return "wrong"
        if self.found.record is None:
            return "new"
        return "changed" if self.changes else "same"

    @property
    def digest(self) -> bytes:
        """Eight bytes that differ wherever something else would be written."""
        record = str(self.found.record.pk) if self.found.record else ""
        what = canonical([self.verdict, record, [[name, *map(str, both)] for name, both in self._sorted()]])
        return hashlib.blake2b(what.encode(), digest_size=DIGEST).digest()

    def _sorted(self) -> list[tuple[str, tuple[Any, Any]]]:
        return sorted(self.changes.items())

    @property
    def wanted(self) -> Wanted:
        """The row as the area writes it."""
        return Wanted(self.brought, self.found, self.changes)

    def place_of(self, trouble: Trouble) -> str:
        """The column of a trouble as the file shows it; empty for the row as a whole."""
        column = self.columns.get(trouble.field)
        return "" if column is None else letter(column)


class Plan:
    """One run over a file: its rows in batches, each judged by the area's room."""

    def __init__(self, *, by: Actor, register: Register, taken: Import, room: Room) -> None:
        self.by, self.register, self.taken, self.room = by, register, taken, room
        self.fields = {one.name: one for one in headings.incoming(register)}
        self.keys = [one.name for one in self.fields.values() if one.incoming and one.incoming.is_key]
        self._said: dict[Any, int] = {}

    def batches(self) -> Iterator[list[Line]]:
        """The lines of the chosen sheets, ``BATCH`` at a time, read but not judged."""
        lines = self._lines()
        while batch := list(islice(lines, BATCH)):
            yield batch

    def judge(self, lines: list[Line]) -> None:
        """Ask the area what the rows mean, and hold them against each other. Once for each batch."""
        self.ask(lines)
        for line in lines:
            self._refuse_double(line)

    def ask(self, lines: list[Line]) -> None:
        """Ask the area what the rows mean, once more where something was written meanwhile."""
        sound = [line for line in lines if not line.troubles]
        for line, found in zip(sound, self.room.find([line.brought for line in sound]), strict=True):
            line.found = found
            line.troubles += [*found.troubles, *self._missing(line)]
            line.changes = {} if line.troubles else self._changes(found)

    def _lines(self) -> Iterator[Line]:
        data = files.read(self.taken.attachment)
        book = open_book(data, self.taken.name)
        layout = {sheet["place"]: sheet for sheet in self.taken.layout["sheets"]}
        for sheet in book.sheets:
            if sheet.place in self.taken.choices["sheets"]:
                reader = _SheetReader(self, layout[sheet.place])
                for row in book.rows(sheet):
                    if row.number > layout[sheet.place]["heading_row"]:
                        line = reader.line(row)
                        if line is not None:
                            yield line

    def _missing(self, line: Line) -> list[Trouble]:
        if line.found.record is not None or line.found.troubles:
            return []
        return [
            Trouble(name, _("This must be given for a new row."))
            for name, one in self.fields.items()
            if one.required and name not in line.brought.values
        ]

    def _changes(self, found: Found) -> dict[str, tuple[Any, Any]]:
        return {
            name: (found.standing.get(name), value)
            for name, value in found.wanted.items()
            if not self._is_act(name) and value != found.standing.get(name)
        }

    def _is_act(self, name: str) -> bool:
        incoming = self.fields[name].incoming
        return incoming is not None and incoming.is_act

    def _refuse_double(self, line: Line) -> None:
        """Two rows of one file may not speak of one record."""
        if line.troubles:
            return
        if line.found.record is not None:
            key: Any = line.found.record.pk
        else:
            key = tuple(fold(str(line.found.wanted.get(name, ""))) for name in self.keys)
        first = self._said.setdefault(key, line.number)
        if first != line.number:
            why = _("This row says the same as row %s. Leave one of them out.") % first
            line.troubles.append(Trouble(self.keys[0] if self.keys else "", why))
            line.changes = {}


class _SheetReader:
    """Turns the rows of one sheet into lines."""

    def __init__(self, plan: Plan, layout: Mapping[str, Any]) -> None:
        self.layout = layout
        columns = plan.taken.choices["columns"]
        means = {one["column"]: columns.get(one["folded"], "") for one in layout["headings"]}
        self.columns = {name: column for column, name in means.items() if name}
        self.words = {one["column"]: one["words"] for one in layout["headings"]}
        self.fields: dict[str, Field] = {
            name: plan.fields[name] for name in self.columns if name in plan.fields
        }
        self.merged = headings.merged_from(layout["merged"])

    def line(self, row: Row) -> Line | None:
        """The line of a row; ``None`` where no chosen column holds anything."""
        if not any(column in row.cells for column in self.columns.values()):
            return None
        troubles, values = [], {}
        for name, one in self.fields.items():
            column = self.columns[name]
            try:
                self._refuse_merged(row, column)
                value = value_of(one, row.cells.get(column))
            except ValueError as error:
                troubles.append(Trouble(name, str(error)))
                continue
            if value is not None:
                values[name] = value
        public_id = None
        try:
            public_id = id_of(row.cells.get(self.columns.get(headings.ID, -1)))
        except ValueError as error:
            troubles.append(Trouble(headings.ID, str(error)))
        brought = Brought(self.layout["name"], row.number, public_id, values)
        words = {self.words.get(column, letter(column)): shown(cell) for column, cell in row.cells.items()}
        return Line(self.layout["name"], row.number, self.columns, words, brought, troubles)

    def _refuse_merged(self, row: Row, column: int) -> None:
        for merged in self.merged:
            if merged.holds(row.number, column):
                why = _("Merged cells %s: split them, and fill in each row.") % merged.address
                raise ValueError(why)
