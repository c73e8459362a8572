"""Where something is left of a paper: every table of the database, and every file of the store."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connection


def tables() -> list[str]:
    """Every table, those of the queue, the sessions and the row versions too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        return [name for (name,) in cursor.fetchall()]


def tables_with(words: str) -> list[str]:
    """Every table one of whose rows holds these words, as text, escaped as in JSON, or in hex."""
    escaped = words.encode("unicode_escape").decode()
    wanted = [f"%{form}%" for form in (words, escaped, words.encode().hex())]
    return [table for table in tables() if _holds(table, wanted)]


def stored() -> list[Path]:
    """Every file of the store, also those that are still in its spool."""
    return [path for path in Path(settings.NHIPCAU_FILES).rglob("*") if path.is_file()]


def files_with(words: str) -> list[Path]:
    """Every file of the store that holds these words, in its name or as UTF-8."""
    return [path for path in stored() if words in path.name or words.encode() in path.read_bytes()]


def rows_of(table: str) -> int:
    """How many rows a table has."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 (names of tables)
        return int(cursor.fetchone()[0])


def _holds(table: str, wanted: list[str]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT 1 FROM "{table}" AS t WHERE t::text LIKE ANY (%s) LIMIT 1', [wanted])  # noqa: S608
        return cursor.fetchone() is not None
