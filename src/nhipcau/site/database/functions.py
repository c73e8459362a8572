"""Functions of the owner: which the application may call, and the one nobody may talk into silence."""

from __future__ import annotations

from typing import LiteralString

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[object, ...]]

#: What runs with the owner's rights, and checks for itself what it is told.
CALLABLE = frozenset(
    {"foundation_erase", "foundation_purge_access", "foundation_purge_attempts", "organisations_analyze"}
)
#: Asked by every trigger that keeps row versions, whether it shall stand aside. As the library writes it, a
#: setting of the session decides, which anybody may set. Ours believes only the owner, and only while a
#: version is being erased.
_ASIDE: LiteralString = """
BEGIN
    RETURN trigger_name LIKE 'pgtrigger_append_only%'
        AND pg_catalog.current_setting('nhipcau.erasing', true) = 'on'
        AND pg_catalog.pg_has_role((SELECT proowner FROM pg_catalog.pg_proc
            WHERE oid = 'public._pgtrigger_should_ignore(name)'::pg_catalog.regprocedure), 'USAGE');
END;
"""
_BODIES: LiteralString = """
SELECT prosrc FROM pg_proc WHERE proname = '_pgtrigger_should_ignore'
"""
_DEFINERS: LiteralString = """
SELECT DISTINCT proname::text FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND prosecdef AND has_function_privilege(oid, 'EXECUTE')
"""


def let_call(connection: Connection, roles: list[str], caller: str) -> None:
    """Take every function that runs as the owner from `roles` and the world; give `caller` what it needs."""
    rows = connection.execute(
        "SELECT oid::regprocedure::text, proname::text FROM pg_proc "
        "WHERE pronamespace = 'public'::regnamespace AND prosecdef AND proowner = current_user::regrole"
    ).fetchall()
    for signature, name in rows:
        function = sql.SQL(str(signature))  # as the database spells it
        connection.execute(sql.SQL("REVOKE ALL ON FUNCTION {} FROM PUBLIC").format(function))
        for role in roles:
            connection.execute(
                sql.SQL("REVOKE ALL ON FUNCTION {} FROM {}").format(function, sql.Identifier(role))
            )
        if name in CALLABLE:
            connection.execute(
                sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(function, sql.Identifier(caller))
            )


def close_aside(connection: Connection) -> None:
    """Make the triggers of row versions deaf to settings; every migration that adds one opens it again."""
    if connection.execute(_BODIES).fetchone() is None:
        return
    connection.execute(
        sql.SQL(
            "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean "
            "LANGUAGE plpgsql AS {}"
        ).format(sql.Literal(_ASIDE))
    )


def excess(connection: Connection, user: str) -> list[str]:
    """What the role may call beyond its work, and whether the triggers can be told to stand aside."""
    called = {str(row[0]) for row in connection.execute(_DEFINERS)} - CALLABLE
    bodies = [str(row[0]) for row in connection.execute(_BODIES)]
    return [
        *(f"{user} may call {name} with the owner's rights" for name in sorted(called)),
        *(
            f"{user} may tell the triggers of row versions to stand aside"
            for body in bodies
            if body != _ASIDE
        ),
    ]
