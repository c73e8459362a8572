"""The one loader of the reader's tables: CSV files beside this module, read once and kept.

Every table has a header line and ends with a column ``example`` (an invented text in which the row must be
found); a test runs every row against its example.
"""

from __future__ import annotations

import csv
import io
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@lru_cache(maxsize=None)
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


@lru_cache(maxsize=None)
def column(name: str, key: str, **where: str) -> tuple[str, ...]:
    """The filled cells of one column, in file order, of the rows whose cells equal ``where``."""
    return tuple(row[key] for row in rows(name) if row[key] and all(row[k] == v for k, v in where.items()))
