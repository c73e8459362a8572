"""CSV as rows: one sheet, every value a text; its sign between cells is found by looking."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from nhipcau.interchange.formats.sheets.book import (
    Beside,
    Bounds,
    Row,
    Sheet,
    Value,
    damaged,
    too_many_columns,
)
from nhipcau.reading.formats import encodings

MEDIA_TYPE = "text/csv"
SIGNS = (";", ",", "\t", "|")
LOOKED_AT = 20


class Delimited:
    """An opened CSV."""

    media_type = MEDIA_TYPE

    def __init__(self, data: bytes, name: str, bounds: Bounds) -> None:
        """Decode the whole file; raises ``UnreadableError`` where it is no text."""
        self._bounds = bounds
        self._text = encodings.to_text(data).replace("\0", "")
        stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        self.sheets: tuple[Sheet, ...] = (Sheet(0, stem[:31] or "CSV"),)
        self._sign = sign_of(self._text)

    def rows(self, sheet: Sheet, beside: Beside | None = None) -> Iterator[Row]:  # noqa: ARG002 (as all books)
        """The rows that hold a value; a row is counted as the spreadsheet would, not by its lines."""
        csv.field_size_limit(self._bounds.letters * 4)
        reader = csv.reader(io.StringIO(self._text, newline=""), delimiter=self._sign)
        try:
            for number, given in enumerate(reader, start=1):
                cells: dict[int, Value] = {
                    place: text[: self._bounds.letters] for place, text in enumerate(given) if text.strip()
                }
                if len(cells) > self._bounds.columns:
                    raise too_many_columns(sheet.name, number, self._bounds)
                if cells:
                    yield Row(number, cells)
        except csv.Error as error:
            raise damaged() from error

    def texts(self) -> Iterator[str]:
        """The name of the sheet; a CSV holds nothing else."""
        yield self.sheets[0].name

    def members(self) -> Iterator[tuple[str, bytes]]:
        """None."""
        yield from ()


def sign_of(text: str) -> str:
    """The sign that parts the cells: the one that the first lines have most alike."""
    lines = [line for line in text[:100_000].splitlines() if line.strip()][:LOOKED_AT]

    def weight(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        return sum(count > 0 for count in counts), sum(counts)

    return max(SIGNS, key=weight) if lines else ","
