"""Asks the database what the working roles really may do, and says where it is more than they need."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

import psycopg

from nhipcau.site.database import functions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.site.database.logins import Login
    from nhipcau.site.database.roles import Connection, TableRules

_POWERS = """
SELECT power FROM pg_roles, LATERAL (VALUES
    ('is a superuser', rolsuper), ('may create roles', rolcreaterole), ('may create databases', rolcreatedb),
    ('may replicate', rolreplication), ('passes by row security', rolbypassrls)) AS held (power, yes)
WHERE rolname = current_user AND yes
"""
_MEMBERSHIPS = """
SELECT 'is a member of ' || roleid::regrole FROM pg_auth_members WHERE member = current_user::regrole
"""
# Objects of an extension belong to whoever created the extension; they are asked about like all others.
_OWNED = """
SELECT 'owns the ' || kind || ' ' || name FROM (
    SELECT 'database' AS kind, datname::text AS name, datdba AS owner FROM pg_database
    UNION ALL SELECT 'schema', nspname::text, nspowner FROM pg_namespace
    UNION ALL SELECT 'table', relname::text, relowner FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S')
    UNION ALL SELECT 'function', proname::text, proowner FROM pg_proc
    UNION ALL SELECT 'extension', extname::text, extowner FROM pg_extension
) AS things WHERE owner = current_user::regrole AND name NOT LIKE 'pg\\_temp\\_%%' ORDER BY 1 LIMIT 20
"""
_PLACES = """
SELECT 'may create objects in schema ' || nspname FROM pg_namespace
    WHERE has_schema_privilege(oid, 'CREATE') AND nspname NOT LIKE 'pg\\_temp\\_%%'
UNION ALL
SELECT 'may ' || lower(word) || ' in the database' FROM (VALUES ('CREATE'), ('TEMPORARY')) AS words (word)
    WHERE has_database_privilege(current_database(), word)
"""
_TABLES = """
SELECT relname, word FROM pg_class, (VALUES
    ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('REFERENCES'), ('TRIGGER')) AS words (word)
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
    AND CASE WHEN word IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
        THEN has_any_column_privilege(oid, word) ELSE has_table_privilege(oid, word) END
ORDER BY relname, word
"""


def excess_of_app(app: Login, rules: TableRules) -> list[str]:
    """What the application role may do beyond its work, one sentence each; empty when nothing."""
    with psycopg.connect(**app.parameters) as connection:
        return [
            *_standing(connection, app.user),
            *(
                f"{app.user} may {word} {table}"
                for table, word in _rights(connection)
                if word not in rules.app_privileges(table)
            ),
            *functions.excess(connection, app.user),
        ]


def excess_of_reader(reader: Login, rules: TableRules) -> list[str]:
    """What the reading role may do beyond reading."""
    with psycopg.connect(**reader.parameters) as connection:
        return [
            *_standing(connection, reader.user),
            *(
                f"{reader.user} may {word} {table}"
                for table, word in _rights(connection)
                if word != "SELECT" or table in rules.hidden
            ),
            *(
                f"{reader.user} may SELECT {column} of {table}"
                for table, columns in rules.hidden_columns.items()
                for column in sorted(columns)
                if _may_read(connection, table, column)
            ),
        ]


def rights_of_standing(app: Login) -> list[str]:
    """The part of the excess that needs no models: powers, memberships, ownership. Asked before serving."""
    with psycopg.connect(**app.parameters) as connection:
        return _standing(connection, app.user)


def _standing(connection: Connection, user: str) -> list[str]:
    found = [
        words for query in (_POWERS, _MEMBERSHIPS, _OWNED, _PLACES) for words in _words(connection, query)
    ]
    # A superuser may do everything: one sentence says it better than a hundred.
    return [f"{user} {words}" for words in (found[:1] if "is a superuser" in found else found)]


def _words(connection: Connection, query: LiteralString) -> Iterable[str]:
    # With parameters, so that %% stands for one per cent sign in every query.
    return [str(row[0]) for row in connection.execute(query, [])]


def _rights(connection: Connection) -> list[tuple[str, str]]:
    return [(str(table), str(word)) for table, word in connection.execute(_TABLES, [])]


def _may_read(connection: Connection, table: str, column: str) -> bool:
    row = connection.execute(
        "SELECT has_column_privilege(to_regclass(%s), %s, 'SELECT')", [f'public."{table}"', column]
    ).fetchone()
    return bool(row and row[0])
