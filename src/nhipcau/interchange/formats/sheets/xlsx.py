"""XLSX as rows: values as the spreadsheet last counted them, with what it hides, merges and notes.

Read as a stream, so that the size of a sheet costs no memory. A library's read-only reader tells nothing of
merged cells, hidden rows, notes, and of formulas that were never counted; so the few elements are read here.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

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
    column_of,
    damaged,
    too_many_columns,
)
from nhipcau.interchange.formats.sheets.parts import Parts, let_go, local
from nhipcau.reading.findings import UnreadableError

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
#: Parts whose letters are no words of people.
SILENT = re.compile(r"xl/(?:styles|calcChain|theme/.*|sharedStrings)\.xml|.*\.rels|\[Content_Types\]\.xml")
MACROS = "Tệp có macro; hãy lưu lại thành .xlsx (không macro) rồi nhập."


class Workbook:
    """An opened XLSX."""

    media_type = MEDIA_TYPE

    def __init__(self, parts: Parts, bounds: Bounds) -> None:
        """Read the list of sheets, the styles and the shared strings."""
        self._parts, self._bounds = parts, bounds
        if any(name.lower().endswith("vbaproject.bin") for name in parts.names):
            raise UnreadableError("not_document", MACROS)
        book = parts.tree("xl/workbook.xml")
        if book is None:
            raise damaged()
        self._book = book
        targets = _targets(parts, "xl/workbook.xml")
        self._paths: list[str] = []
        self.sheets = tuple(self._sheets(targets))
        self._epoch = CALENDAR_MAC_1904 if _is_1904(book) else CALENDAR_WINDOWS_1900
        self._dates = _date_styles(parts)
        self._strings = list(_shared(parts, bounds))

    def _sheets(self, targets: dict[str, str]) -> Iterator[Sheet]:
        found = list(self._book.iter("{*}sheet"))
        if len(found) > self._bounds.sheets:
            raise UnreadableError("too_large", f"Tệp có hơn {self._bounds.sheets} trang tính; hãy tách tệp.")
        for element in found:
            key = next((value for name, value in element.items() if name.endswith("}id")), "")
            path = targets.get(key, "")
            # Sheets of charts and of old macros hold no rows.
            if path.startswith("xl/worksheets/") and path in self._parts:
                self._paths.append(path)
                hidden = element.get("state", "visible") != "visible"
                yield Sheet(len(self._paths) - 1, element.get("name", ""), hidden)

    def rows(self, sheet: Sheet, beside: Beside | None = None) -> Iterator[Row]:
        """The rows that hold a value; ``beside`` is filled on the way."""
        path = self._paths[sheet.place]
        beside = beside if beside is not None else Beside()
        beside.notes += _notes(self._parts, path)
        number, column, blank = 0, -1, 0
        cells: dict[int, Value] = {}
        tags = ("row", "c", "mergeCell", "col", "headerFooter", "dataValidation")
        for event, element in self._parts.events(path, *tags):
            name = local(element)
            if event == "start":
                if name == "row":
                    number, column, cells = _row_number(element, number), -1, {}
                continue
            if name == "c":
                column = _column(element, column)
                value = self._value(element)
                if value is not None:
                    cells[column] = value
                    if len(cells) > self._bounds.columns:
                        raise too_many_columns(sheet.name, number, self._bounds)
            elif name == "row":
                blank += not cells
                if blank > self._bounds.blank_rows:
                    raise UnreadableError("too_large", f"Trang “{sheet.name}” có quá nhiều dòng trống.")
                if cells:
                    yield Row(number, cells, _is_true(element.get("hidden")))
            else:
                self._beside(beside, name, element)
            let_go(element)

    def _beside(self, beside: Beside, name: str, element: Any) -> None:
        if name == "mergeCell":
            merged = range_of(element.get("ref", ""))
            if merged:
                beside.merged.append(merged)
            if len(beside.merged) > self._bounds.ranges:
                raise UnreadableError("too_large", "Tệp có quá nhiều ô gộp; hãy bỏ gộp ô rồi nhập lại.")
        elif name == "col" and _is_true(element.get("hidden")):
            first, last = int(element.get("min", 0)), int(element.get("max", 0))
            beside.hidden_columns += range(first - 1, min(last, first + self._bounds.columns))
        else:
            beside.texts += words.of(element, is_layout=name == "headerFooter")

    def _value(self, cell: Any) -> Value | None:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _kept(words.joined(cell), self._bounds)
        value, has_formula = None, False
        for child in cell:
            name = local(child)
            has_formula = has_formula or name == "f"
            if name == "v":
                value = child.text
        if value is None or value == "":
            # The outcome of a formula may be the empty text.
            return Uncounted() if has_formula and kind != "str" else None
        return self._typed(kind, value, cell.get("s"))

    def _typed(self, kind: str, value: str, style: str | None) -> Value | None:
        if kind == "s":
            place = int(value) if value.isdigit() else -1
            return _kept(self._strings[place], self._bounds) if 0 <= place < len(self._strings) else None
        if kind in ("str", "d"):
            return _kept(value, self._bounds)
        if kind == "b":
            return _is_true(value)
        if kind == "e":
            return Faulty(value[:20])
        return self._number(value, style)

    def _number(self, value: str, style: str | None) -> Value:
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        if style and style.isdigit() and int(style) in self._dates:
            return self._day(number)
        if not number.is_finite():
            return Faulty("#NUM!")
        return int(number) if number == number.to_integral_value() and abs(number) < 10**18 else number

    def _day(self, number: Decimal) -> Value:
        """A number under a format of days; what is no day stays a number."""
        try:
            found: Any = from_excel(float(number), self._epoch)
        except (ValueError, OverflowError):
            return number
        return number if isinstance(found, timedelta) or found is None else found

    def texts(self) -> Iterator[str]:
        """Names of sheets, shared strings (also those in no cell), and the words of all other parts."""
        yield from (sheet.name for sheet in self.sheets)
        yield from self._strings
        for name in self._parts.names:
            if name.endswith((".xml", ".vml")) and name not in self._paths and not SILENT.fullmatch(name):
                yield from words.of(self._parts.tree(name))

    def members(self) -> Iterator[tuple[str, bytes]]:
        """Pictures and embedded files."""
        for name in self._parts.names:
            if name.startswith(("xl/media/", "xl/embeddings/")):
                yield posixpath.basename(name), self._parts.read(name)


def range_of(address: str) -> Merged | None:
    """The range with an address such as B5:B7; ``None`` for one cell and for what is no address."""
    found = RANGE.fullmatch(address)
    if not found or not found[3]:
        return None
    return Merged(int(found[2]), int(found[4]), column_of(found[1]), column_of(found[3]))


def _kept(text: str, bounds: Bounds) -> str | None:
    return text[: bounds.letters] or None


def _is_true(value: str | None) -> bool:
    return value in ("1", "true")


def _row_number(row: Any, before: int) -> int:
    given = row.get("r", "")
    return int(given) if given.isdigit() and len(given) < 9 else before + 1  # noqa: PLR2004


def _column(cell: Any, before: int) -> int:
    given = column_of(cell.get("r", ""))
    return given if 0 <= given < 20_000 else before + 1  # noqa: PLR2004


def _is_1904(book: Any) -> bool:
    return any(_is_true(one.get("date1904")) for one in book.iter("{*}workbookPr"))


def _targets(parts: Parts, part: str) -> dict[str, str]:
    """What a part points to, by the id of the relation."""
    folder, name = posixpath.split(part)
    tree = parts.tree(f"{folder}/_rels/{name}.rels")
    found = {}
    for one in tree if tree is not None else ():
        target = one.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        found[one.get("Id", "")] = posixpath.normpath(path)
    return found


def _date_styles(parts: Parts) -> set[int]:
    """The numbers of the cell styles that show a number as a day."""
    tree = parts.tree("xl/styles.xml")
    if tree is None:
        return set()
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in tree.iter("{*}numFmt")}
    formats = next(tree.iter("{*}cellXfs"), ())
    found = set()
    for place, one in enumerate(formats):
        key = one.get("numFmtId", "0")
        code = own.get(key) or BUILTIN_FORMATS.get(int(key) if key.isdigit() else 0, "General")
        if is_date_format(code):
            found.add(place)
    return found


def _shared(parts: Parts, bounds: Bounds) -> Iterator[str]:
    if "xl/sharedStrings.xml" not in parts:
        return
    letters = 0
    for event, element in parts.events("xl/sharedStrings.xml", "si"):
        if event == "end":
            text = words.joined(element)
            letters += len(text) + 8
            if letters > bounds.shared_letters:
                raise UnreadableError("too_large", "Tệp chứa quá nhiều chữ; hãy tách thành nhiều tệp.")
            yield text
            let_go(element)


def _notes(parts: Parts, path: str) -> list[str]:
    """The addresses of the cells of a sheet that bear a note."""
    found = []
    for target in _targets(parts, path).values():
        if "omment" in target and target in parts:
            found += [
                one.get("ref", "") for one in parts.tree(target).iter("{*}comment", "{*}threadedComment")
            ]
    return sorted(set(found), key=lambda ref: (len(ref), ref))
