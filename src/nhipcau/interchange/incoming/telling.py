"""What became of a file: counts, the first errors and changes for the page, and a table of all rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import Any, Self

from django.utils.formats import localize
from django.utils.translation import gettext as _

from nhipcau.interchange.formats.xlsx import TableWriter
from nhipcau.interchange.incoming.bringing import heading_of
from nhipcau.interchange.incoming.planning import Line
from nhipcau.records.foundation.models import Import
from nhipcau.records.foundation.references import title_of
from nhipcau.records.foundation.register import Register

#: Errors and changes that the page shows; all of them stand in the table.
MOST_SHOWN = 100
IN_MEMORY = 8 * 1024 * 1024


@dataclass(slots=True)
class Tally:
    """The running sum of one pass over a file; ``table`` is written as the rows come."""

    register: Register
    taken: Import
    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("new", "changed", "same", "wrong"), 0)
    )
    errors: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    rows: int = 0
    _table: TableWriter | None = None

    def __enter__(self) -> Self:
        """Begin the table."""
        headings = [_("Sheet"), _("Row"), *self._headings(), _("Result"), _("Reason")]
        self._table = TableWriter(_("Outcome"), headings)
        return self

    def __exit__(self, *_fault: object) -> None:
        """Let go of a table that nobody asked for."""
        if self._table is not None:
            self._table.leave()

    def add(self, lines: Iterable[Line], *, is_counted: bool = True) -> None:
        """Take in lines that were judged."""
        for line in lines:
            self.rows += 1
            if is_counted:
                self.counts[line.verdict] += 1
            if line.troubles and len(self.errors) < MOST_SHOWN:
                self.errors += [self._error(line, trouble) for trouble in line.troubles]
            if line.verdict == "changed" and len(self.changes) < MOST_SHOWN:
                self.changes += self._changed(line)
            assert self._table is not None  # noqa: S101 (begun on entering)
            self._table.add(
                [line.sheet, line.number, *self._cells(line), self._result(line), self._why(line)]
            )

    @property
    def shown(self) -> dict[str, Any]:
        """What the page shows."""
        return {"errors": self.errors[:MOST_SHOWN], "changes": self.changes[:MOST_SHOWN], "rows": self.rows}

    def table(self) -> bytes:
        """The table of all rows, with results and reasons, as XLSX."""
        assert self._table is not None  # noqa: S101 (begun on entering)
        with SpooledTemporaryFile(max_size=IN_MEMORY) as out:
            self._table.finish(out)
            out.seek(0)
            return bytes(out.read())

    def _headings(self) -> list[str]:
        sheets = [one for one in self.taken.layout["sheets"] if one["place"] in self.taken.choices["sheets"]]
        words = [heading["words"] for sheet in sheets for heading in sheet["headings"]]
        return list(dict.fromkeys(words))

    def _cells(self, line: Line) -> list[str]:
        return [line.words.get(heading, "") for heading in self._headings()]

    def _error(self, line: Line, trouble: Any) -> dict[str, Any]:
        column = line.columns.get(trouble.field)
        return {
            "sheet": line.sheet,
            "row": line.number,
            "column": line.place_of(trouble),
            "heading": heading_of(self.register, trouble.field) if trouble.field else "",
            "cell": line.words.get(self._heading_at(line, column), "") if column is not None else "",
            "why": trouble.why,
        }

    def _heading_at(self, line: Line, column: int) -> str:
        sheet = next(one for one in self.taken.layout["sheets"] if one["name"] == line.sheet)
        return next((one["words"] for one in sheet["headings"] if one["column"] == column), "")

    def _changed(self, line: Line) -> list[dict[str, Any]]:
        assert line.found.record is not None  # noqa: S101 (else it were new)
        title = title_of(line.found.record)
        return [
            {
                "title": title,
                "heading": heading_of(self.register, name),
                "old": self._words(name, old),
                "new": self._words(name, new),
                "sheet": line.sheet,
                "row": line.number,
            }
            for name, (old, new) in line.changes.items()
        ]

    def _words(self, name: str, value: Any) -> str:
        return words_of(self.register, name, value)

    def _result(self, line: Line) -> str:
        return {
            "new": _("new"),
            "changed": _("changed"),
            "same": _("unchanged"),
            "wrong": _("in error"),
        }[line.verdict]

    def _why(self, line: Line) -> str:
        if line.troubles:
            return "; ".join(self._reason(line, trouble) for trouble in line.troubles)
        pairs = ((heading_of(self.register, name), both) for name, both in line.changes.items())
        return "; ".join(f"{heading}: {old or ''} → {new}" for heading, (old, new) in pairs)

    def _reason(self, line: Line, trouble: Any) -> str:
        place = line.place_of(trouble)
        heading = heading_of(self.register, trouble.field) if trouble.field else ""
        return f"{place}, {heading}: {trouble.why}" if place else trouble.why


def words_of(register: Register, name: str, value: Any) -> str:
    """A value as people write it; a choice by its label."""
    if value in (None, ""):
        return ""
    if hasattr(value, "strftime"):
        return str(value.strftime("%d/%m/%Y"))
    choices: Mapping[str, Any] = next(
        ({value: str(label) for value, label in one.choices} for one in register.fields if one.name == name),
        {},
    )
    return str(choices.get(value, localize(value)))
