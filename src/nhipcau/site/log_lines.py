"""What a fault looks like in the log: where it happened, and no value of a record."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import TYPE_CHECKING

import psycopg
from django.db import DatabaseError, OperationalError

if TYPE_CHECKING:
    from types import TracebackType

    Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Line(logging.Formatter):
    """One line for each message; a fault adds its path through the code."""

    def formatException(self, ei: Fault) -> str:  # noqa: N802 -- the standard library's name
        """The path of each fault of the chain, the first one first.

        A database that is away is no fault of the code: one line, for every page and every minute of the
        outage would otherwise fill the disk with the same path.
        """
        fault = ei[1] or sys.exception()
        if isinstance(fault, OperationalError):
            return _words(fault)
        told: list[str] = []
        while fault is not None:
            told.append("".join(traceback.format_tb(fault.__traceback__)) + _words(fault))
            fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
        return "\n".join(reversed(told))


def _words(fault: BaseException) -> str:
    """The fault's class and message, without what the database quotes: rows and values that were sent."""
    name = f"{type(fault).__module__}.{type(fault).__qualname__}"
    said = fault.__cause__ if isinstance(fault, DatabaseError) else fault
    if isinstance(said, psycopg.DataError):
        return f"{name}: state {said.sqlstate}"
    if isinstance(said, psycopg.Error):
        return f"{name}: {said.diag.message_primary or _first_line(said)}"
    return f"{name}: {_first_line(fault)}"


def _first_line(fault: BaseException) -> str:
    return (str(fault).splitlines() or [""])[0]
