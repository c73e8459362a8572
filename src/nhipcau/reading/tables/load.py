"""The one loader of the reader's tables: CSV files beside this module, read once and kept.

Every table has a header line and ends with a column ``example`` (an invented text in which the row must be
found); a test runs every row against its example.
"""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of ``tables/<name>.csv`` in file order, each a read-only mapping of column to cell.

    Cells are stripped; a missing cell is "". Raises FileNotFoundError where there is no such table.
    """
    text = resources.files(__package__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    lines = (line for line in io.StringIO(text) if line.strip() and not line.startswith("#"))
    return tuple(
        MappingProxyType({key: (value or "").strip() for key, value in row.items() if key})
        for row in csv.DictReader(lines)
    )


@cache
def column(name: str, key: str, **where: str) -> tuple[str, ...]:
    """The filled cells of one column, in file order, of the rows whose cells equal ``where``."""
    return tuple(row[key] for row in rows(name) if row[key] and all(row[k] == v for k, v in where.items()))


_BLANK = re.compile(r"(?<=\w) (?=\w)")


@cache
def pattern(name: str, *roles: str) -> re.Pattern[str]:
    """One pattern over the rows of some roles of a table, each row a group ``r<index of the row>``.

    A blank between two words of a row may be doubled or tripled on paper.
    """
    parts = (
        f"(?P<r{index}>{_BLANK.sub(' {1,3}', row['pattern'])})"
        for index, row in enumerate(rows(name))
        if row["role"] in roles
    )
    return re.compile("|".join(parts))


def row_of(name: str, match: re.Match[str]) -> Mapping[str, str]:
    """The row of a table that a match of its ``pattern`` is of."""
    return rows(name)[int((match.lastgroup or "r0")[1:])]
