"""Finds the row of headings of a sheet, and which field each heading means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from nhipcau.interchange.formats.sheets.book import Merged, letter
from nhipcau.interchange.incoming.looking import Looked, Seen, shown
from nhipcau.reading.text import fold
from nhipcau.records.foundation.register import Field, Register

#: The field that holds the public id of a record, in our own exports.
ID = "public_id"
ID_HEADINGS = ("Mã bản ghi", "Record id")
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Heading:
    """One column under the row of headings: its place, its words, the same folded, an example below it."""

    column: int
    words: str
    folded: str
    example: str


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """What is kept of one sheet: its headings by row, and what is to be told of it."""

    place: int
    name: str
    rows: int
    is_hidden: bool
    is_chosen: bool
    heading_row: int
    headings: list[Heading]
    merged: list[str]
    told: list[str]


def id_heading() -> str:
    """The heading over public ids in our own exports."""
    return _("Record id")


def incoming(register: Register) -> list[Field]:
    """The fields that come in from a file."""
    return [field for field in register.fields if field.incoming]


def known_headings(register: Register, remembered: Mapping[str, str]) -> dict[str, str]:
    """Folded heading to field: the declaration's own, then what the office has said before."""
    found = {fold(words): ID for words in (*ID_HEADINGS, id_heading())}
    for field in incoming(register):
        assert field.incoming is not None  # noqa: S101 (asked by ``incoming``)
        for words in (field.name, str(field.heading), *field.incoming.also):
            found[plain(words)] = field.name
    names = {ID, *(field.name for field in incoming(register))}
    return found | {heading: name for heading, name in remembered.items() if not name or name in names}


def plain(words: str) -> str:
    """A heading as it is compared: without marks, case, and signs at its ends ("Tên (*)", "Tên:")."""
    return fold(words).strip(" *():.-")[:200]


def layout(
    looked: Looked, register: Register, remembered: Mapping[str, str], rows: Mapping[int, int] | None = None
) -> dict[str, Any]:
    """What is kept of a file, as JSON: every sheet with its headings. The rows themselves stay in the file.

    ``rows`` names, by sheet, the row of headings where a person said it.
    """
    known = known_headings(register, remembered)
    required = {field.name for field in incoming(register) if field.required}
    return {
        "sheets": [
            asdict(_sheet(seen, known, required, (rows or {}).get(seen.sheet.place)))
            for seen in looked.sheets
        ]
    }


def proposed(sheets: list[dict[str, Any]], known: Mapping[str, str]) -> dict[str, str]:
    """Folded heading to field for all headings of the chosen sheets; each field once."""
    found: dict[str, str] = {}
    for sheet in sheets:
        for heading in sheet["headings"]:
            name = known.get(heading["folded"], "")
            found.setdefault(heading["folded"], name if name not in found.values() or not name else "")
    return found


def _sheet(seen: Seen, known: Mapping[str, str], required: set[str], told: int | None) -> SheetLayout:
    row = told or _heading_row(seen, known)
    headings = headings_at(seen, row)
    means = {known.get(heading.folded) for heading in headings}
    is_ours = bool(headings) and (required <= means or ID in means)
    return SheetLayout(
        place=seen.sheet.place,
        name=seen.sheet.name,
        rows=seen.rows,
        is_hidden=seen.sheet.is_hidden,
        is_chosen=is_ours and not seen.sheet.is_hidden,
        heading_row=row,
        headings=headings,
        merged=[merged.address for merged in seen.beside.merged],
        told=list(_told(seen)),
    )


def _heading_row(seen: Seen, known: Mapping[str, str]) -> int:
    """The row with most known headings; where none is known, the first with the most words."""
    best, weight = 0, (0, 0)
    for row in seen.top:
        words = [value for value in row.cells.values() if isinstance(value, str)]
        hits = {known[plain(word)] for word in words if known.get(plain(word))}
        if (len(hits), len(words)) > weight and len(words) > 1:
            best, weight = row.number, (len(hits), len(words) if not hits else 0)
    return best or (seen.top[0].number if seen.top else 0)


def headings_at(seen: Seen, number: int) -> list[Heading]:
    """The headings in a row, each with the first value below it; a heading said twice is told apart."""
    row = next((row for row in seen.top if row.number == number), None)
    if row is None:
        return []
    found: list[Heading] = []
    said: dict[str, int] = {}
    for column in sorted(row.cells):
        words = " ".join(shown(row.cells[column]).split())
        folded = plain(words)
        said[folded] = said.get(folded, 0) + 1
        if said[folded] > 1:
            folded = f"{folded} {said[folded]}"[-200:]
        found.append(Heading(column, words, folded, _example(seen, number, column)))
    return found


def _example(seen: Seen, number: int, column: int) -> str:
    below = (row.cells[column] for row in seen.top if row.number > number and column in row.cells)
    return next((shown(value) for value in below), "")


def _told(seen: Seen) -> list[str]:
    """What a person should know of a sheet before its rows are taken."""
    sentences = []
    if seen.sheet.is_hidden:
        sentences.append(_("This sheet is hidden in the file; it is left out unless you choose it."))
    if seen.hidden_rows:
        words = _("%(count)s rows are hidden in the file (first row %(row)s); they are read like the others.")
        sentences.append(words % {"count": len(seen.hidden_rows), "row": seen.hidden_rows[0]})
    if seen.beside.hidden_columns:
        words = _("Columns are hidden in the file (%s); they are read like the others.")
        sentences.append(
            words % _some([letter(column) for column in sorted(set(seen.beside.hidden_columns))])
        )
    if seen.beside.merged:
        words = _("Merged cells: %s. Among the rows they are errors: split them, and fill in each row.")
        sentences.append(words % _some([merged.address for merged in seen.beside.merged]))
    if seen.beside.notes:
        words = _("Notes on cells are not taken in: %s.")
        sentences.append(words % _some(seen.beside.notes))
    if seen.uncounted:
        words = _("%s formulas have no counted value: open the file in a spreadsheet and save it once.")
        sentences.append(words % seen.uncounted)
    return sentences


def _some(names: list[str]) -> str:
    rest = len(names) - MOST_NAMED
    listed = ", ".join(names[:MOST_NAMED])
    return _("%(names)s and %(count)s more") % {"names": listed, "count": rest} if rest > 0 else listed


def merged_from(addresses: list[str]) -> list[Merged]:
    """The ranges with these addresses."""
    from nhipcau.interchange.formats.sheets.xlsx import range_of

    return [found for found in map(range_of, addresses) if found]
