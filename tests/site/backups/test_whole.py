"""A whole office, saved and brought back: every row, file and rule of the database is as it was."""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, LiteralString

import psycopg
import pytest
from psycopg import sql

from nhipcau.site import main
from nhipcau.site.database import embedded, places, processes
from nhipcau.site.database.places import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhipcau.site.database.embedded import Server

NHIPCAU = [sys.executable, "-m", "nhipcau.site.main"]
FULL = 20
EVERY_BUILD = 3
# PostgreSQL writes a list of texts in another way when it reads what it wrote: only casts and brackets.
# Laid down anew from the declarations whenever a database is migrated, in any order.
LAID_DOWN = {"foundation_personalfield", "foundation_retention"}
MOMENTS = [
    *range(EVERY_BUILD),
    *(pytest.param(number, marks=pytest.mark.full) for number in range(EVERY_BUILD, FULL)),
]
_CASTS = re.compile(r"::character varying|::text(\[\])?|[()]")


def run(home: Path, *words: object, status: int = 0) -> subprocess.CompletedProcess[str]:
    """Run `nhipcau` on a home; what it said stands in the failure when it ends otherwise than expected."""
    command = [*NHIPCAU, *map(str, words)]
    environment = {**os.environ, "NHIPCAU_DATA": str(home)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == status, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def office(programs: Path) -> Iterator[Path]:
    """A home whose office holds documents, events, versions and files: those of the demo under its name."""
    with new_home(programs) as home:
        run(home, "demo", "--no-serve")
        (home / "demo").rename(home / "office")
        run(home, "audit", "seal")
        yield home


@pytest.fixture
def other(programs: Path) -> Iterator[Path]:
    """Another machine: a home in which nothing is but PostgreSQL's programs."""
    with new_home(programs) as home:
        yield home


@contextmanager
def new_home(programs: Path) -> Iterator[Path]:
    """An empty home with a short name, to which the account of the server may go."""
    home = Path(tempfile.mkdtemp(prefix="nhipcau-home-"))
    if programs.exists():
        home.chmod(places.PASSABLE)
        (home / "postgresql").symlink_to(programs)
    yield home
    for cluster in home.glob("*/cluster"):
        if (pid := processes.server_of(cluster)) is not None:
            processes.end(pid, cluster)
    shutil.rmtree(home)


@pytest.fixture(scope="module")
def saved(office: Path) -> Path:
    """A plain backup of that office."""
    target = office / "saved.nhipcau"
    run(office, "backup", target)
    return target


@pytest.fixture(scope="module")
def facts(office: Path) -> dict[str, str]:
    """Everything that the office held when it was saved."""
    return everything(office)


def everything(home: Path) -> dict[str, str]:
    """A digest of each table's rows in order and of each file; the sequences; the rules of the schema."""
    found = {
        f"file {path.relative_to(home)}": hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (home / "office/files").glob("*/*/*")
    }
    with embedded.running(Place(home), say=lambda _words: None) as server:
        return found | _rows(server) | _rules(server)


def _rows(server: Server) -> dict[str, str]:
    found: dict[str, str] = {}
    with psycopg.connect(**server.owner.parameters) as connection:
        tables = _column(connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for table in set(tables) - LAID_DOWN:
            digest = hashlib.sha256()
            rows = connection.execute(
                sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(table))
            )
            for (row,) in rows:
                digest.update(f"{row}\n".encode())
            found[f"table {table}"] = digest.hexdigest()
        for name in _column(connection, "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"):
            row = connection.execute(sql.SQL("SELECT last_value FROM {}").format(sql.Identifier(name)))
            found[f"sequence {name}"] = str(row.fetchone())
    return found


def _rules(server: Server) -> dict[str, str]:
    """Constraints, indexes, triggers, functions and what each role may do."""
    queries: dict[str, LiteralString] = {
        "constraints": "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) "
        "FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1",
        "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
        "triggers": "SELECT tgrelid::regclass || ' ' || pg_get_triggerdef(oid) FROM pg_trigger "
        "WHERE NOT tgisinternal ORDER BY 1",
        "functions": "SELECT pg_get_functiondef(oid) FROM pg_proc "
        "WHERE pronamespace = 'public'::regnamespace AND pg_get_userbyid(proowner) = current_user ORDER BY 1",
        "privileges": "SELECT grantee || table_name || privilege_type "
        "FROM information_schema.table_privileges WHERE table_schema = 'public' ORDER BY 1",
    }
    with psycopg.connect(**server.owner.parameters) as connection:
        return {
            f"{name}: {_CASTS.sub('', line)}": ""
            for name, query in queries.items()
            for line in _column(connection, query)
        }


def _column(connection: psycopg.Connection[tuple[object, ...]], query: LiteralString) -> list[str]:
    return [str(row[0]) for row in connection.execute(query).fetchall()]


def test_everything_comes_back_on_another_machine(saved: Path, facts: dict[str, str], other: Path) -> None:
    assert any(name.startswith("file ") for name in facts)
    said = run(other, "restore", saved).stdout
    assert f"{sum(name.startswith('file ') for name in facts)} files" in said
    assert everything(other) == facts
    # Nothing of the restoring itself stays.
    assert not (other / "office/seal.key").exists(), "a plain backup holds no secret"
    assert not list((other / "office").glob("restore-*"))


def test_an_encrypted_backup_comes_back_with_its_key(
    office: Path, facts: dict[str, str], other: Path
) -> None:
    key, target = other / "key", other / "saved.age"
    public = run(other, "backup", "--new-key", key).stdout.strip()
    assert key.stat().st_mode & 0o077 == 0
    run(office, "backup", target, "--to", public)
    assert "--key" in run(other, "restore", target, status=1).stderr
    run(other, "restore", target, "--key", key)
    assert everything(other) == facts
    # The key that signs the trail came along, and the trail is whole; the roles may do no more than before.
    run(other, "audit", "verify")
    assert troubles(other) == troubles(office)


def troubles(home: Path) -> str:
    """What `nhipcau check` finds: that the accounts are those of a demo, and nothing else."""
    found = run(home, "check", status=1).stdout
    assert found.endswith("1 found.\n"), found
    return found


def test_where_there_are_data_nothing_is_restored_unless_forced(
    saved: Path, facts: dict[str, str], other: Path
) -> None:
    run(other, "restore", saved)
    refused = run(other, "restore", saved, status=1)
    assert "--force" in refused.stderr
    assert everything(other) == facts
    said = run(other, "restore", saved, "--force").stdout
    assert "nhipcau_before_1" in said
    assert everything(other) == facts


def test_a_spoilt_backup_changes_nothing(saved: Path, facts: dict[str, str], other: Path) -> None:
    run(other, "restore", saved)
    spoilt = other / "spoilt"
    whole = saved.read_bytes()
    spoilt.write_bytes(whole[: len(whole) // 2])
    assert "broken off" in run(other, "restore", spoilt, "--force", status=1).stderr
    assert everything(other) == facts


def test_a_file_that_the_store_lost_is_named_and_the_rest_is_saved(
    office: Path, saved: Path, other: Path
) -> None:
    run(other, "restore", saved)
    lost = next((other / "office/files").glob("*/*/*"))
    lost.unlink()
    done = run(other, "backup", other / "again.nhipcau", status=1)
    assert "lost or spoilt" in done.stderr
    assert (other / "again.nhipcau").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_backup_that_is_killed_leaves_no_archive(office: Path, other: Path, moment: int) -> None:
    target = other / "killed.nhipcau"
    kill_in_the_middle(office, moment, "backup", target)
    assert not target.exists() or run(other, "restore", target)


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_backup_under_which_the_database_is_killed_leaves_no_archive(
    office: Path, other: Path, moment: int
) -> None:
    """It ends by itself, says that it failed or is whole, and the next one finds everything."""
    target, again = other / "killed.nhipcau", other / "again.nhipcau"
    status = kill_the_database(office, moment, "backup", target)
    assert target.exists() == (status == 0)
    assert status or run(other, "restore", target)
    run(office, "backup", again)
    assert not list(other.glob(".*.part"))


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_restore_that_is_killed_leaves_all_or_nothing(
    saved: Path, facts: dict[str, str], other: Path, moment: int
) -> None:
    kill_in_the_middle(other, moment, "restore", saved)
    again = subprocess.run(
        [*NHIPCAU, "restore", str(saved)],
        env={**os.environ, "NHIPCAU_DATA": str(other)},
        capture_output=True,
        text=True,
        check=False,
    )
    # Either nothing was in force and it comes now, or all of it was and a second time is refused.
    assert again.returncode == 0 or "--force" in again.stderr, again.stderr
    assert everything(other) == facts
    assert not list((other / "office").glob("restore-*")) or again.returncode


def kill_in_the_middle(home: Path, moment: int, *words: object) -> None:
    """Start a command and kill it, without a chance to tidy up, at one of the moments of its life."""
    chance = random.Random(f"{words[0]}{moment}")  # noqa: S311 (a moment, no secret)
    process = subprocess.Popen(
        [*NHIPCAU, *map(str, words)],
        env={**os.environ, "NHIPCAU_DATA": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(chance.uniform(0.3, 6.0))
    process.send_signal(signal.SIGKILL)
    process.wait()


def kill_the_database(home: Path, moment: int, *words: object) -> int:
    """Start a command and kill the database server that it runs at one of its moments; its status."""
    chance = random.Random(f"database {words[0]}{moment}")  # noqa: S311 (a moment, no secret)
    process = subprocess.Popen(
        [*NHIPCAU, *map(str, words)],
        env={**os.environ, "NHIPCAU_DATA": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    cluster = Place(home).cluster
    while (pid := processes.server_of(cluster)) is None and process.poll() is None:
        time.sleep(0.05)
    time.sleep(chance.uniform(0.1, 4.0))
    if pid is not None and processes.server_of(cluster) == pid:
        os.kill(pid, signal.SIGKILL)
    return process.wait(120)


def test_the_commands_are_listed() -> None:
    assert {"backup", "restore"} <= set(main.COMMANDS)
    assert "backup" in main.usage()
