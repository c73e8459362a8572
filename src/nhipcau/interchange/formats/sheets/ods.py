"""ODS as rows, read as a stream: values as last counted, with what is hidden, merged and noted."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from nhipcau.interchange.formats.sheets import words
from nhipcau.interchange.formats.sheets.book import (
    Beside,
    Bounds,
    Faulty,
    Merged,
    Row,
    Sheet,
    Uncounted,
    Value,
    letter,
    too_many_columns,
)
from nhipcau.interchange.formats.sheets.parts import Parts, let_go, local
from nhipcau.reading.findings import UnreadableError

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
CONTENT = "content.xml"
TAGS = ("table", "table-row", "table-cell", "covered-table-cell", "annotation")
NUMBERS = {"float", "percentage", "currency"}


@dataclass(slots=True)
class _Place:
    """Where the reader is in a sheet."""

    row: int = 0
    column: int = 0
    note: str = ""
    cells: dict[int, Value] = field(default_factory=dict)


class Spreadsheet:
    """An opened ODS."""

    media_type = MEDIA_TYPE

    def __init__(self, parts: Parts, bounds: Bounds) -> None:
        """Read the names of the sheets."""
        self._parts, self._bounds = parts, bounds
        self.sheets = tuple(self._sheets())

    def _sheets(self) -> Iterator[Sheet]:
        hidden: set[str] = set()
        place = 0
        for event, element in self._parts.events(CONTENT, "style", "table-row", "table"):
            name = local(element)
            if name == "table" and event == "start":
                if place >= self._bounds.sheets:
                    words_ = f"Tệp có hơn {self._bounds.sheets} trang tính; hãy tách tệp."
                    raise UnreadableError("too_large", words_)
                is_hidden = _get(element, "style-name") in hidden
                yield Sheet(place, _get(element, "name"), is_hidden)
                place += 1
            if event == "end":
                if name == "style" and any(_get(one, "display") == "false" for one in element):
                    hidden.add(_get(element, "name"))
                let_go(element)

    def rows(self, sheet: Sheet, beside: Beside | None = None) -> Iterator[Row]:
        """The rows that hold a value; ``beside`` is filled on the way."""
        beside = beside if beside is not None else Beside()
        table, place = -1, _Place()
        for event, element in self._parts.events(CONTENT, *TAGS):
            name = local(element)
            table += name == "table" and event == "start"
            if table == sheet.place:
                if event == "end" and name in ("table-cell", "covered-table-cell"):
                    self._cell(element, place, beside, sheet)
                elif event == "end" and name == "table-row":
                    yield from self._row(element, place)
            if event == "end" and name != "annotation":
                let_go(element)
            if table > sheet.place:
                return

    def _row(self, element: Any, place: _Place) -> Iterator[Row]:
        times = _times(element, "number-rows-repeated")
        is_hidden = _get(element, "visibility") in ("collapse", "filter")
        for number in range(place.row + 1, place.row + times + 1) if place.cells else ():
            yield Row(number, place.cells, is_hidden)
        place.row, place.column, place.cells = place.row + times, 0, {}

    def _cell(self, element: Any, place: _Place, beside: Beside, sheet: Sheet) -> None:
        times = _times(element, "number-columns-repeated")
        value = _value(element, self._bounds)
        if value is not None:
            for column in range(place.column, place.column + min(times, self._bounds.columns + 1)):
                place.cells[column] = value
            if len(place.cells) > self._bounds.columns:
                raise too_many_columns(sheet.name, place.row + 1, self._bounds)
        if next(element.iter("{*}annotation"), None) is not None:
            beside.notes.append(f"{letter(place.column)}{place.row + 1}")
        columns, rows = _times(element, "number-columns-spanned"), _times(element, "number-rows-spanned")
        if columns * rows > 1 and len(beside.merged) <= self._bounds.ranges:
            first = place.row + 1
            beside.merged.append(Merged(first, first + rows - 1, place.column, place.column + columns - 1))
        beside.texts += words.of(element)
        place.column += times

    def texts(self) -> Iterator[str]:
        """Names of sheets and the words of all other parts; those beside cells come with the rows."""
        yield from (sheet.name for sheet in self.sheets)
        for name in self._parts.names:
            if name.endswith(".xml") and name not in (CONTENT, "settings.xml"):
                yield from words.of(self._parts.tree(name))

    def members(self) -> Iterator[tuple[str, bytes]]:
        """Pictures and embedded files."""
        for name in self._parts.names:
            if name.startswith(("Pictures/", "media/")):
                yield posixpath.basename(name), self._parts.read(name)


def _get(element: Any, name: str) -> str:
    return next((value for key, value in element.items() if key.endswith(f"}}{name}")), "")


def _times(element: Any, name: str) -> int:
    given = _get(element, name)
    return max(int(given), 1) if given.isdigit() and len(given) < 8 else 1  # noqa: PLR2004


def _value(element: Any, bounds: Bounds) -> Value | None:
    kind, formula = _get(element, "value-type"), _get(element, "formula")
    given = _get(element, "value")
    text = "\n".join("".join(one.itertext()) for one in element if local(one) == "p")
    if formula and not kind:
        return Uncounted()
    if text.startswith("#") and formula and kind == "string":
        return Faulty(text[:20])
    if kind == "date":
        return _day(_get(element, "date-value")) or text or None
    if kind == "boolean":
        return _get(element, "boolean-value") == "true"
    if kind in NUMBERS:
        return _number(given)
    return text[: bounds.letters] or None


def _number(given: str) -> Value:
    try:
        number = Decimal(given)
    except InvalidOperation:
        return given
    if not number.is_finite():
        return Faulty("#NUM!")
    return int(number) if number == number.to_integral_value() and abs(number) < 10**18 else number


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given[:10])
    except ValueError:
        return None
