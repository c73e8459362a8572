"""Events as they are sealed and looked at: read in chunks from the server, spelled in one way, hashed here.

The spelling of an event is what ``json.dumps(list, ensure_ascii=False)`` gives for its columns in this order,
then one line for each of its values (field, side, digest); PostgreSQL's ``json_build_array`` spells the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from json.encoder import encode_basestring as _quoted
from typing import Any, LiteralString
from uuid import UUID

import psycopg

from nhipcau.records.foundation.sealing.forms import Seal, Signed
from nhipcau.records.foundation.sealing.tree import leaf

Connection = psycopg.Connection[Any]
#: Rows that are fetched at once: memory stays small, and the way to the server is not gone for each.
CHUNK = 2000

_EVENT: LiteralString = """
json_build_array(e.id, e.cluster, e.xid, e.public_id, (extract(epoch FROM e.at) * 1000000)::bigint,
    e.account_id, e.account_name, e.role, e.unit_id, e.office_id, e.door, e.verb, e.kind, e.record, e.title,
    e.why)::text
"""
_LINES: LiteralString = """
SELECT string_agg(json_build_array(v.field, v.side, v.digest)::text, E'\\n'
    ORDER BY v.field COLLATE "C", v.side COLLATE "C")
FROM foundation_eventvalue v WHERE v.event_id = e.id
"""
# Their lines are spelled and put in order here: the server is the slower of the two.
_TEXTS: LiteralString = """
SELECT '[' || string_agg(json_build_array(v.id, v.field, v.side, v.digest, t.salt, t.value)::text, ',') || ']'
FROM foundation_eventvalue v LEFT JOIN foundation_valuetext t ON t.event_value_id = v.id
WHERE v.event_id = e.id
"""
_RANGE: LiteralString = "WHERE e.cluster = %s AND e.xid >= %s AND e.xid < %s ORDER BY e.xid, e.id"
LEAVES: LiteralString = (
    "SELECT e.xid, e.id, "  # noqa: S608 (constants of this module)
    + _EVENT
    + ", v.lines FROM foundation_event e "
    "CROSS JOIN LATERAL (" + _LINES + ") v (lines) " + _RANGE
)
WHOLE: LiteralString = (
    "SELECT e.xid, e.id, "  # noqa: S608 (the same)
    + _EVENT
    + ", v.texts FROM foundation_event e "
    "CROSS JOIN LATERAL (" + _TEXTS + ") v (texts) " + _RANGE
)
_SEALS: LiteralString = "SELECT number, at, cluster, snapshot, count, root, previous, key, note, signature"
#: Above every transaction number.
NO_END = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Moment:
    """Which server this is, and what it has seen at this moment."""

    cluster: int
    snapshot: str


def written_at(event: str) -> datetime:
    """When an event was written, from its spelling."""
    return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=json.loads(event)[4])


def leaf_of(event: str, lines: str | None) -> bytes:
    """The digest of one event with its values."""
    return leaf(f"{event}\n{lines}".encode() if lines else event.encode())


def lines_of(values: Iterable[list[Any]]) -> str:
    """The lines of an event's values as ``WHOLE`` gives these, in their order: as ``LEAVES`` spells them."""
    told = sorted((field, side, digest) for _id, field, side, digest, *_text in values)
    return "\n".join(f"[{_quoted(one)}, {_quoted(side)}, {_quoted(digest)}]" for one, side, digest in told)


def moment(connection: Connection) -> Moment:
    """Asked before the transaction has written anything: a snapshot does not count its own as running."""
    row = connection.execute(
        "SELECT (SELECT system_identifier FROM pg_catalog.pg_control_system()), "
        "pg_catalog.pg_current_snapshot()::text, pg_catalog.pg_current_xact_id_if_assigned()::text"
    ).fetchone()
    if row is None or row[2] is not None:
        raise RuntimeError("a seal is made in a transaction that has written nothing yet")
    return Moment(int(row[0]), str(row[1]))


def clusters(connection: Connection) -> list[int]:
    """The servers that events were written on, found by leaping through the index."""
    rows = connection.execute(
        "WITH RECURSIVE walk (cluster) AS (SELECT min(cluster) FROM foundation_event UNION ALL "
        "SELECT (SELECT min(e.cluster) FROM foundation_event e WHERE e.cluster > walk.cluster) FROM walk "
        "WHERE walk.cluster IS NOT NULL) SELECT cluster FROM walk WHERE cluster IS NOT NULL"
    )
    return [int(row[0]) for row in rows]


def highest(connection: Connection, cluster: int) -> int:
    """The highest transaction number among the events of a server; -1 where it has none."""
    row = connection.execute("SELECT max(xid) FROM foundation_event WHERE cluster = %s", [cluster]).fetchone()
    return -1 if row is None or row[0] is None else int(row[0])


@contextmanager
def streamed(
    connection: Connection, query: LiteralString, values: list[Any], name: str
) -> Iterator[Iterator[Any]]:
    """The rows of a query, chunk by chunk, inside the running transaction.

    While one chunk is looked at here, the server is at the next one already.
    """
    with (
        connection.cursor(name, row_factory=psycopg.rows.tuple_row) as cursor,
        ThreadPoolExecutor(1, thread_name_prefix=name) as ahead,
    ):
        cursor.execute(query, values)
        yield _chunks(cursor, ahead)


def _chunks(cursor: psycopg.ServerCursor[Any], ahead: ThreadPoolExecutor) -> Iterator[Any]:
    coming = ahead.submit(cursor.fetchmany, CHUNK)
    while chunk := coming.result():
        coming = ahead.submit(cursor.fetchmany, CHUNK)
        yield from chunk


def last_seal(
    connection: Connection, *, cluster: int | None = None, before: int | None = None
) -> Signed | None:
    """The last seal in the database, of one server or before a number where these are named."""
    found = connection.execute(
        _SEALS + " FROM foundation_seal WHERE (%(cluster)s::bigint IS NULL OR cluster = %(cluster)s) "
        "AND (%(before)s::bigint IS NULL OR number < %(before)s) ORDER BY number DESC LIMIT 1",
        {"cluster": cluster, "before": before},
    ).fetchone()
    return None if found is None else signed_of(found)


def seals_after(number: int) -> tuple[LiteralString, list[Any]]:
    """The query for all seals after a number, in order."""
    return _SEALS + " FROM foundation_seal WHERE number > %s ORDER BY number", [number]


def seals_of(cluster: int, number: int) -> tuple[LiteralString, list[Any]]:
    """The query for the seals of one server after a number, in order."""
    return _SEALS + " FROM foundation_seal WHERE cluster = %s AND number > %s ORDER BY number", [
        cluster,
        number,
    ]


def signed_of(row: tuple[Any, ...]) -> Signed:
    """A row of the table as a seal."""
    number, at, cluster, snapshot, count, root, previous, key, note, signature = row
    seal = Seal(
        number=number,
        at=at,
        cluster=cluster,
        snapshot=snapshot,
        count=count,
        root=root,
        previous=previous,
        key=key,
        note=note,
    )
    return Signed(seal, signature)


def spelled(event: Any, values: list[tuple[str, str, str]]) -> tuple[str, str]:
    """The spelling of an event from its columns, by Python alone: what the query must give, too."""
    columns = [str(one) if isinstance(one, UUID) else one for one in event]
    lines = [json.dumps(list(value), ensure_ascii=False) for value in sorted(values)]
    return json.dumps(columns, ensure_ascii=False), "\n".join(lines)
