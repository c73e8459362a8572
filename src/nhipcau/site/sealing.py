"""Seals and their verifying where the settings are known: the key, the file, a connection of their own.

The worker of `serve` and `demo` calls `every_minute`; the command `audit` calls the rest.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from django.conf import settings
from django.db import connections
from django.utils import timezone

from nhipcau.records.foundation.actors import system
from nhipcau.records.foundation.models.trail import Seal
from nhipcau.records.foundation.personal import outside, replaying
from nhipcau.records.foundation.personal.services import purge_access_log, purge_attempts
from nhipcau.records.foundation.sealing import chain, keys, sealer, verifying
from nhipcau.records.foundation.sealing.ledger import Ledger
from nhipcau.records.foundation.services import lock_unused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhipcau.records.foundation.sealing.findings import Report
    from nhipcau.records.foundation.sealing.forms import Signed
    from nhipcau.records.foundation.sealing.keys import Signer, Verifier
    from nhipcau.records.foundation.sealing.rows import Connection

log = logging.getLogger(__name__)

MINUTE = 60.0
#: Minutes between two looks at what need not be kept, and at accounts that nobody uses.
TURNS = 60


def signer() -> Signer:
    """The key that signs; made at the first start, and only then: a lost one is not replaced in silence."""
    place = Path(settings.NHIPCAU_SEAL_KEY)
    if not place.exists() and Seal.objects.exists():
        raise keys.NoKeyError(
            f"The key that signed the seals is missing at {place}. Bring it back from where you keep a copy."
        )
    return keys.load_or_make(place)


def seal(why: str = "") -> list[Signed]:
    """Seal what was committed since the last seal."""
    with connected() as connection:
        return sealer.seal(connection, signer=signer(), ledger=_ledger(), why=why)


def verify(*, since_last: bool = False, key: Path | None = None) -> tuple[Report, Verifier]:
    """Look at the trail of one moment; the report, and the public key by which it was looked at."""
    verifier = keys.read_public(key) if key else keys.load_public(Path(settings.NHIPCAU_SEAL_KEY))
    ledger = _ledger()
    look = verifying.verify_since_last if since_last else verifying.verify
    with connected() as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        with connection.transaction():
            with ledger.steady():
                # The first query takes the moment that all others see; no seal falls between it and the file.
                connection.execute("SELECT 1")
                size = ledger.size()
            return look(chain.Source(connection, ledger, verifier, size)), verifier


def every_minute(stop: threading.Event) -> None:
    """Seal now and at each full minute until `stop` is set; a trouble is told in the log and tried again."""
    turn = 0
    while True:
        try:
            seal()
            _keep_persons(turn)
        except (keys.NoKeyError, sealer.BehindError) as error:
            log.warning("The trail is not sealed: %s", error)
        except Exception as fault:  # noqa: BLE001 -- the next minute comes, whatever happened in this one
            log.warning("The trail could not be sealed this minute (%s).", type(fault).__name__)
        finally:
            connections.close_all()
        turn += 1
        if stop.wait(MINUTE - time.time() % MINUTE):
            return


def _keep_persons(turn: int) -> None:
    """What persons are promised: erasures stand outside too; what is kept of them, and idle accounts, end."""
    if turn == 0:
        # The database may be a backup that was restored a moment ago.
        replaying.replay()
    outside.append_missing()
    if turn % TURNS == 0:
        purge_access_log()
        purge_attempts()
        lock_unused(by=system(door="system", on=timezone.localdate()))


def troubles() -> list[tuple[str, str]]:
    """What is unsafe about the key and the file: each trouble with its cure."""
    place, file = Path(settings.NHIPCAU_SEAL_KEY), Path(settings.NHIPCAU_SEALS)
    found = []
    if not place.exists() and Seal.objects.exists():
        found.append(
            (
                f"The key that signed the seals is missing at {place}.",
                "Bring it back from where you keep a copy.",
            )
        )
    elif place.exists() and keys.others_may_read(place):
        found.append((f"Others may read the key at {place}.", f"chmod 600 {place}"))
    if not file.exists() and Seal.objects.exists():
        found.append(
            (
                f"The file of seals is missing at {file}.",
                "Bring it back; `nhipcau audit verify` says what is lost.",
            )
        )
    return found


@contextmanager
def connected() -> Iterator[Connection]:
    """A connection of its own to the application's database, with the driver's own ways of reading values."""
    parameters: dict[str, Any] = {
        name: value
        for name, value in connections["default"].get_connection_params().items()
        if name not in {"context", "cursor_factory", "prepare_threshold"}
    }
    with psycopg.connect(**parameters, autocommit=True) as connection:
        yield connection


def _ledger() -> Ledger:
    return Ledger(Path(settings.NHIPCAU_SEALS))
