"""The three database roles: one owns and migrates, one works, one reads; and what each may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, LiteralString

import psycopg
from psycopg import sql

from nhipcau.site.database import functions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.site.database.logins import Login

OWNER = "nhipcau_owner"
APP = "nhipcau_app"
READER = "nhipcau_reader"

Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True)
class TableRules:
    """Which tables are more than plain rows; names as in the database."""

    #: Events, their values, row versions: the application adds and reads, nobody changes.
    append_only: frozenset[str] = frozenset()
    #: What only the owner writes: which migrations ran, the list of models.
    read_only: frozenset[str] = frozenset()
    #: What the reader never sees: sessions.
    hidden: frozenset[str] = frozenset()
    #: Columns that the reader never sees, by table: passwords.
    hidden_columns: dict[str, frozenset[str]] = field(default_factory=dict)
    #: What may be erased: kind, field, table, table of versions, what stands in its place.
    personal: tuple[tuple[str, str, str, str, str], ...] = ()
    #: How long something is kept: code, months, source.
    retention: tuple[tuple[str, int, str], ...] = ()

    def app_privileges(self, table: str) -> tuple[LiteralString, ...]:
        """What the application role may do to `table`."""
        if table in self.read_only:
            return ("SELECT",)
        if table in self.append_only:
            return ("SELECT", "INSERT")
        return ("SELECT", "INSERT", "UPDATE", "DELETE")


def make(superuser: Login, logins: Iterable[Login]) -> None:
    """Create the roles, or set their passwords anew; none of them may create roles or databases."""
    with psycopg.connect(**superuser.parameters, autocommit=True) as connection:
        for login in logins:
            name = sql.Identifier(login.user)
            if not _one(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", login.user):
                connection.execute(sql.SQL("CREATE ROLE {}").format(name))
            connection.execute(
                sql.SQL(
                    "ALTER ROLE {} WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS "
                    "PASSWORD {}"
                ).format(name, sql.Literal(login.password))
            )


def make_database(
    superuser: Login, name: str, *, owner: str, users: Iterable[str] = (), template: str = "template1"
) -> None:
    """Create the database where it is missing, as a copy of `template`; only owner and `users` may enter."""
    with psycopg.connect(**superuser.parameters, autocommit=True) as connection:
        if _one(connection, "SELECT 1 FROM pg_database WHERE datname = %s", name):
            return
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(owner), sql.Identifier(template)
            )
        )
        _close_database(connection, name, users)


def drop_database(superuser: Login, name: str) -> None:
    """Drop a database, ending its sessions (tests only)."""
    with psycopg.connect(**superuser.parameters, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def grant(owner: Login, *, app: str, reader: str | None, rules: TableRules) -> None:
    """Give the two working roles what they may do and take everything else from them; after migrating."""
    with psycopg.connect(**owner.parameters) as connection:
        others = [app, *([reader] if reader else [])]
        _close(connection, owner.database, others)
        for table in _tables(connection):
            _grant_table(connection, table, app, rules.app_privileges(table))
            if reader and table not in rules.hidden:
                _grant_reader(connection, table, reader, rules.hidden_columns.get(table, frozenset()))
        connection.execute(
            sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(sql.Identifier(app))
        )
        functions.let_call(connection, others, app)
        functions.close_aside(connection)
        _lay_down(connection, rules)


def _lay_down(connection: Connection, rules: TableRules) -> None:
    """Write what only the owner may say: which fields may be erased, and how long something is kept."""
    if not _one(connection, "SELECT 1 WHERE to_regclass('public.foundation_personalfield') IS NOT NULL"):
        return
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM public.foundation_personalfield")
        cursor.executemany(
            'INSERT INTO public.foundation_personalfield (id, kind, field, "table", versions, marker) '
            "VALUES (gen_random_uuid(), %s, %s, %s, %s, %s)",
            rules.personal,
        )
        cursor.execute("DELETE FROM public.foundation_retention")
        cursor.executemany(
            "INSERT INTO public.foundation_retention (code, months, source) VALUES (%s, %s, %s)",
            rules.retention,
        )


def _close(connection: Connection, database: str, others: list[str]) -> None:
    """Begin from nothing: neither the world nor the roles keep what an older version gave."""
    _close_database(connection, database, others)
    connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    connection.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC")
    for other in others:
        role = sql.Identifier(other)
        connection.execute(sql.SQL("REVOKE ALL ON SCHEMA public FROM {}").format(role))
        connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role))
        connection.execute(sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(role))
        connection.execute(sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {}").format(role))


def _close_database(connection: Connection, database: str, users: Iterable[str]) -> None:
    """Let only `users` enter: by default the world may, and may make temporary tables."""
    name = sql.Identifier(database)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    for user in users:
        role = sql.Identifier(user)
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM {}").format(name, role))
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, role))


def _grant_table(
    connection: Connection, table: str, role: str, privileges: tuple[LiteralString, ...]
) -> None:
    connection.execute(
        sql.SQL("GRANT {} ON TABLE public.{} TO {}").format(
            sql.SQL(", ").join(sql.SQL(word) for word in privileges),
            sql.Identifier(table),
            sql.Identifier(role),
        )
    )


def _grant_reader(connection: Connection, table: str, reader: str, hidden: frozenset[str]) -> None:
    columns = [name for name in _columns(connection, table) if name not in hidden]
    listed = (
        sql.SQL(" ({})").format(sql.SQL(", ").join(map(sql.Identifier, columns))) if hidden else sql.SQL("")
    )
    connection.execute(
        sql.SQL("GRANT SELECT{} ON TABLE public.{} TO {}").format(
            listed, sql.Identifier(table), sql.Identifier(reader)
        )
    )


def _tables(connection: Connection) -> list[str]:
    """Tables and views of the schema that the owner owns (extensions' own are the superuser's)."""
    rows = connection.execute(
        "SELECT relname FROM pg_class "
        "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') "
        "AND pg_get_userbyid(relowner) = current_user ORDER BY relname"
    )
    return [str(row[0]) for row in rows]


def _columns(connection: Connection, table: str) -> list[str]:
    rows = connection.execute(
        "SELECT attname FROM pg_attribute "
        "WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped "
        "ORDER BY attnum",
        [f'public."{table}"'],
    )
    return [str(row[0]) for row in rows]


def _one(connection: Connection, query: LiteralString, *values: str) -> bool:
    return connection.execute(query, values).fetchone() is not None
