"""Tens of thousands of new rows on the database's own road for them: the same rows, triggers and checks.

``bulk_create`` writes one long statement for each two thousand rows and reads their ids back; here the ids
are asked for beforehand and the rows flow behind one ``COPY``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, models
from psycopg import sql

_IDS = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"


def copy_in(rows: Sequence[models.Model]) -> None:
    """Insert unsaved rows of one model; they have their ids after. Raises what an insert raises."""
    meta = type(rows[0])._meta
    fields = meta.concrete_fields
    columns = [sql.Identifier(str(field.column)) for field in fields]
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(meta.db_table), sql.SQL(", ").join(columns)
    )
    with connection.cursor() as cursor:
        cursor.execute(_IDS, [meta.db_table, meta.pk.column, len(rows)])
        for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = pk
        values = [_value_of(field) for field in fields]
        # The framework's cursor does not know this one, so its errors are turned into the framework's here.
        with connection.wrap_database_errors, cursor.copy(command) as copy:
            for row in rows:
                copy.write_row([value(row) for value in values])
    for row in rows:
        row._state.adding = False  # noqa: SLF001 (documented: so a row is marked that was not saved singly)


def _value_of(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """How the value of a field is got from a row, as the driver takes it."""
    if isinstance(field, models.ForeignKey):
        key: models.ForeignKey[Any, Any] = field
        return lambda row: _key(row, key)
    if isinstance(field, models.JSONField | models.DateTimeField):
        return lambda row: field.get_db_prep_save(field.pre_save(row, True), connection)
    return attrgetter(field.attname)


def _key(row: models.Model, field: models.ForeignKey[Any, Any]) -> Any:
    """The id of a row pointed at; it may have been saved after it was put there."""
    if getattr(row, field.attname) is None and field.is_cached(row):
        pointed = field.get_cached_value(row)
        if pointed is not None:
            setattr(row, field.attname, pointed.pk)
    return getattr(row, field.attname)
