"""The log says where a fault happened and holds no value of a record; a database that is away is one line."""

from __future__ import annotations

import logging
import sys

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from nhipcau.site.log_lines import Line

pytestmark = pytest.mark.django_db

PERSON = "Hoàng Thị Mẫu"


def line_of(fault: BaseException) -> str:
    """What the log holds of a message that was written while the fault was handled."""
    record = logging.LogRecord(
        "nhipcau", logging.ERROR, __file__, 1, "It failed", None, (type(fault), fault, None)
    )
    return Line("{levelname} {message}", style="{").format(record)


def test_the_settings_write_with_it() -> None:
    assert any(isinstance(handler.formatter, Line) for handler in logging.getLogger().handlers)


def test_a_database_that_is_away_is_told_in_one_line() -> None:
    fault = OperationalError("connection failed: the database system is starting up\nDETAIL: recovering")
    fault.__cause__ = psycopg.OperationalError("the same")

    assert line_of(fault).splitlines()[0] == "ERROR It failed"
    assert len(line_of(fault).splitlines()) == 2


def test_a_fault_of_ours_shows_where_it_happened_and_what_caused_it() -> None:
    try:
        try:
            int("x")
        except ValueError as cause:
            raise LookupError("nothing there") from cause
    except LookupError:
        fault = sys.exception()
    assert fault is not None

    told = line_of(fault)

    assert told.index("ValueError") < told.index("LookupError: nothing there")
    assert __file__ in told


def raised_by(statement: str, *values: str | None) -> DatabaseError:
    """The fault that a statement with these values ends with."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError as fault:
        return fault
    raise AssertionError("the statement was taken")


def test_a_value_that_the_database_refuses_stays_out() -> None:
    told = line_of(raised_by("SELECT %s::integer", PERSON))

    assert "DataError: state 22P02" in told
    assert PERSON not in told


def test_the_row_that_breaks_a_rule_stays_out() -> None:
    fault = raised_by("INSERT INTO foundation_unit (name) VALUES (%s)", PERSON)
    assert PERSON in str(fault)

    told = line_of(fault)

    assert "IntegrityError: null value" in told
    assert PERSON not in told
