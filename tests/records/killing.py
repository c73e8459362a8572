"""Kills what does the work, at one of its steps, and tells what stands in the database and the file store.

A step is a statement to the database, a file forced to disk or given its name. The work is done by a child of
the tests' process, which is killed itself (the web process, the worker) or kills the database server.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from nhipcau.records.foundation import files
from nhipcau.records.foundation.models import Attachment
from nhipcau.site.database import processes
from nhipcau.site.database.embedded import Server

FULL, EVERY_BUILD = 20, 3
MOMENTS = [
    *range(EVERY_BUILD),
    *(pytest.param(number, marks=pytest.mark.full) for number in range(EVERY_BUILD, FULL)),
]
#: Seconds until the server has noticed that a client is gone, or is there again.
PATIENCE = 60
#: A row is known by its words, numbers and days: whatever is given anew each time is left out.
TELLING = ("character varying", "text", "date", "boolean", "integer", "smallint")
_COLUMNS = """
SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position)
FROM information_schema.columns
WHERE table_schema = 'public' AND data_type = ANY(%s) AND column_name NOT IN ('id', 'salt', 'digest')
  AND column_name NOT LIKE '%%\\_id' AND table_name NOT LIKE 'django\\_%%'
GROUP BY table_name
"""
Work = Callable[[], object]
Facts = dict[str, Counter[str]]


def facts(*, but: tuple[str, ...] = ()) -> Facts:
    """What the database holds: of each table its rows, as often as they stand there.

    Tables whose names begin with one of ``but`` are left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [list(TELLING)])
        tables = [(name, columns) for name, columns in cursor.fetchall() if not name.startswith(but or "?")]
        found: Facts = {}
        for name, columns in tables:
            told = ", ".join(f'"{column}"' for column in columns)
            cursor.execute(f'SELECT ROW({told})::text FROM "{name}"')  # noqa: S608 (names of our own tables)
            found[name] = Counter(row for (row,) in cursor.fetchall())
    return found


def apart(found: Facts, wanted: Facts) -> list[str]:
    """What stands there too much and too little, table by table."""
    more = {name: [*(found[name] - wanted[name])][:3] for name in wanted if found[name] != wanted[name]}
    return [
        f"{name}: too much {rows}, too little {[*(wanted[name] - found[name])][:3]}"
        for name, rows in more.items()
    ]


def rehearsed(work: Work, *, but: tuple[str, ...] = ()) -> tuple[Facts, int]:
    """What would stand if the work were done, and in how many steps; all is taken back."""
    counted = _Steps(0, lambda: None)
    before = _stored()
    with transaction.atomic():
        with counted.watching():
            work()
        done = facts(but=but)
        transaction.set_rollback(True)
    for path in _stored() - before:
        path.unlink()
    return done, counted.done


def killed(work: Work, server: Server | None, *, steps: int, seed: str) -> None:
    """Begin the work in a child and kill it, or the database ``server``, at one of so many steps."""
    moment = random.Random(seed).randint(1, steps)  # noqa: S311 (a moment, no secret)
    pid = None
    if server is not None:
        pid = processes.server_of(server.cluster.place.cluster)
        # The tests' server keeps its promises only when asked; what stood before must stand.
        with psycopg.connect(**server.cluster.superuser().parameters, autocommit=True) as superuser:
            superuser.execute("CHECKPOINT")
    connection.close()
    child = os.fork()
    if not child:
        _do_and_die(work, pid, moment)
    _pid, status = os.waitpid(child, 0)
    if server is None:
        assert os.WIFSIGNALED(status), "the work ended before its moment came"
        return
    _until(lambda: not server.cluster.is_up())
    server.cluster.start()


def stored_and_named() -> None:
    """Every file that a record names is there; once the store is swept, no other is."""
    kept = {
        files.path_of(office, sha256)
        for office, sha256 in Attachment.objects.values_list("office__unit__public_id", "sha256")
    }
    files.clean_spool()
    files.sweep_orphans(older_than=-PATIENCE)
    assert _stored() == kept


def patiently(work: Callable[[], object]) -> None:
    """Do something that gives nothing until the server has noticed that a client is gone."""
    _until(lambda: bool(work()))


class _Steps:
    """Counts steps and does something at one of them."""

    def __init__(self, moment: int, act: Callable[[], None]) -> None:
        self.done, self.moment, self.act = 0, moment, act

    def step(self) -> None:
        self.done += 1
        if self.done == self.moment:
            self.act()

    def execute(self, execute: Any, sql: str, *given: Any) -> Any:
        # In the rehearsal, which is taken back, there is one more of these than when it is meant.
        if not sql.startswith(("SAVEPOINT", "RELEASE")):
            self.step()
        return execute(sql, *given)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Count what is done in the block."""
        sync, replace = os.fsync, Path.replace

        def synced(descriptor: int) -> None:
            self.step()
            sync(descriptor)

        def replaced(path: Path, target: Path) -> Path:
            self.step()
            return replace(path, target)

        with pytest.MonkeyPatch.context() as patch, connection.execute_wrapper(self.execute):
            patch.setattr(os, "fsync", synced)
            patch.setattr(Path, "replace", replaced)
            yield


def _do_and_die(work: Work, server: int | None, moment: int) -> None:
    """The child: never returns."""

    def strike() -> None:
        os.kill(server or os.getpid(), signal.SIGKILL)

    try:
        with _Steps(moment, strike).watching():
            work()
    finally:
        # Whatever came of it, nothing of the tests' process is tidied up here.
        os._exit(0)


def _stored() -> set[Path]:
    return {path for path in Path(settings.NHIPCAU_FILES).glob("*/*/*") if path.is_file()}


def _until(done: Callable[[], bool]) -> None:
    last = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < last, "it did not come"
        time.sleep(0.05)
