"""A database with a trail: events written as the application, sealed, looked at, and bent as the owner."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg.types.json import Jsonb

from nhipcau.records.foundation import events
from nhipcau.records.foundation.sealing import chain, keys, sealer, verifying
from nhipcau.records.foundation.sealing.findings import Report
from nhipcau.records.foundation.sealing.forms import Signed
from nhipcau.records.foundation.sealing.ledger import Ledger
from nhipcau.site.database.embedded import Server
from nhipcau.site.database.logins import Login

Connection = psycopg.Connection[Any]
#: What statements of an enemy may name: an event of the second minute, three of them, the last minute.
_ONE = "(SELECT id FROM foundation_event ORDER BY id LIMIT 1 OFFSET 5)"
_THREE = "(SELECT id FROM foundation_event ORDER BY id LIMIT 3 OFFSET 4)"
_LAST = "(SELECT id FROM foundation_event ORDER BY id DESC LIMIT 4)"
_VALUES = "(SELECT id FROM foundation_eventvalue WHERE event_id IN {})"
_SOME = {
    "one": _ONE,
    "three": _THREE,
    "last": _LAST,
    "values": _VALUES.format(_ONE),
    "last_values": _VALUES.format(_LAST),
}


@dataclass
class House:
    """One database with its key and its file of seals."""

    server: Server
    database: str
    folder: Path
    opened: list[Connection] = field(default_factory=list)

    def __post_init__(self) -> None:
        """The key, the file, and a connection as the application."""
        self.key_place = self.folder / "seal.key"
        self.signer = keys.load_or_make(self.key_place)
        self.ledger = Ledger(self.folder / "outside" / "seals.jsonl")
        self.app = self.enter(self.server.app)

    def enter(self, login: Login, *, autocommit: bool = True) -> Connection:
        """One more connection, closed with the house."""
        made = psycopg.connect(**login.to(self.database).parameters, autocommit=autocommit)
        self.opened.append(made)
        # Without autocommit, a transaction begins here: what is written later stands within it.
        made.execute("SELECT 1")
        return made

    def close(self) -> None:
        """Close all connections."""
        for one in self.opened:
            one.close()

    def write(self, count: int = 1, *, by: Connection | None = None, title: str = "Công văn") -> list[int]:
        """Write events with two values each; their ids. In one transaction, or in the one that runs."""
        connection = by or self.app
        with connection.transaction():
            return [write_event(connection, f"{title} {number}") for number in range(count)]

    def seal(self, *, by: Connection | None = None, why: str = "") -> list[Signed]:
        """Run the sealer once."""
        return sealer.seal(by or self.app, signer=self.signer, ledger=self.ledger, why=why)

    def minutes(self, *counts: int) -> list[list[int]]:
        """Write and seal so many events, minute after minute; the ids of each."""
        found = []
        for count in counts:
            found.append(self.write(count))
            assert len(self.seal()) == 1
        return found

    def look(self, by: Connection | None = None, *, since_last: bool = False) -> Report:
        """Verify, as the application does, or within the transaction of ``by``."""
        connection = by or self.app
        source = chain.Source(connection, self.ledger, self.signer.verifier, self.ledger.size())
        with connection.transaction():
            return (verifying.verify_since_last if since_last else verifying.verify)(source)

    @contextmanager
    def bent(self, *statements: str) -> Iterator[Connection]:
        """The database after what an owner did to it; undone at the end of the block."""
        owner = self.enter(self.server.owner)
        with owner.transaction(force_rollback=True):
            for statement in statements:
                words = statement.format(**_SOME)
                assert owner.execute(words.encode()).rowcount != 0, words
            yield owner


def write_event(connection: Connection, title: str) -> int:
    """One event with the values ``subject`` and ``place``."""
    row = connection.execute(
        "INSERT INTO foundation_event (public_id, account_name, role, door, verb, kind, record, title, why) "
        "VALUES (%s, 'Văn thư', 'clerk', 'web', 'correct', 'document', %s, %s, '') RETURNING id",
        [uuid4(), uuid4(), title],
    ).fetchone()
    assert row is not None
    for name, value in (("subject", f"Về việc {title}"), ("place", "Sông Ngân")):
        write_value(connection, row[0], name, value)
    return int(row[0])


def write_value(connection: Connection, event: int, name: str, value: Any) -> int:
    """One value of an event, as the services write it."""
    salt = secrets.token_hex(16)
    row = connection.execute(
        "INSERT INTO foundation_eventvalue (event_id, field, side, digest) VALUES (%s, %s, 'new', %s) "
        "RETURNING id",
        [event, name, events.digest(salt, value)],
    ).fetchone()
    assert row is not None
    connection.execute(
        "INSERT INTO foundation_valuetext (event_value_id, salt, value) VALUES (%s, %s, %s)",
        [row[0], salt, Jsonb(value)],
    )
    return int(row[0])


def codes(report: Report) -> list[str]:
    """The codes of what is wrong."""
    return [one.code for one in report.faults]
