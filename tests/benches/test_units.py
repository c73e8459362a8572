"""The bench of units makes its rows, opens every page and names every case, on a size that takes seconds."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from nhipcau.site.database import roles
from nhipcau.site.database.embedded import Server
from tests.conftest import TEMPLATE

ROOT = Path(__file__).parents[2]
NAME = "nhipcau_bench"
UNITS, RECORDS, LAND = 50, 500, (2, 6)
PROGRAM = (
    "from tools.benches import units; from tools.benches.filling import Size;"
    f"units.main(Size({UNITS}, {RECORDS}, *{LAND}), rounds=1)"
)


@pytest.fixture(scope="module")
def told(django_db_setup: None, database_server: Server) -> Iterator[str]:
    """What the bench prints in a database of its own, which stays until the tests here are done."""
    superuser = database_server.cluster.superuser()
    app, owner = database_server.app.to(NAME), database_server.owner.to(NAME)
    users = (app.user, database_server.reader.user)
    roles.make_database(superuser, NAME, owner=owner.user, users=users, template=TEMPLATE)
    try:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "DATABASE_URL": app.url, "DATABASE_OWNER_URL": owner.url},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        yield done.stdout
    finally:
        roles.drop_database(superuser, NAME)


def test_every_case_is_measured_beside_its_peer(told: str) -> None:
    lines = told.splitlines()
    assert len(lines) == 7
    for words in ("page of a province", "tree below", "documents, first page", "offices below", "picker"):
        line = next(line for line in lines if words in line)
        assert " ms " in line
        assert "admin" in line


def test_the_rows_are_as_many_as_were_asked_for_and_stand_in_the_tree(
    told: str, database_server: Server
) -> None:
    """Every unit has a line to its province on some day, which the product's own rebuild made."""
    assert told.startswith(f"{RECORDS} records")
    with psycopg.connect(**database_server.owner.to(NAME).parameters) as owner:
        units = owner.execute("SELECT count(*) FROM foundation_unit").fetchone()
        records = owner.execute("SELECT count(*) FROM documents_document").fetchone()
        placed = owner.execute(
            "SELECT count(DISTINCT a.unit_id) FROM foundation_ancestor a "
            "JOIN foundation_unit u ON u.id = a.ancestor_id AND u.level = 'province'"
        ).fetchone()
    assert (units, records) == ((UNITS + sum(LAND),), (RECORDS,))
    assert placed == (UNITS + sum(LAND),)


def test_indexes_and_triggers_stand_as_before(told: str, database_server: Server) -> None:
    """What the filling takes away for speed is put back."""
    query = "SELECT indexdef FROM pg_indexes WHERE tablename = 'documents_document' ORDER BY 1"
    found = []
    for name in (NAME, TEMPLATE):
        with psycopg.connect(**database_server.owner.to(name).parameters) as owner:
            triggers = owner.execute(
                "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal "
                "AND tgrelid = 'documents_document'::regclass ORDER BY 1"
            ).fetchall()
            found.append((owner.execute(query).fetchall(), triggers))
    assert told
    assert found[0] == found[1]
