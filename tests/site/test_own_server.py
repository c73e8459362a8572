"""With a server of the office's own, `serve` enters as the application or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import psycopg
import pytest

from nhipcau.site.database import roles
from tests.conftest import TEMPLATE
from tests.site.test_commands import NHIPCAU, line_with, open_port, status_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from nhipcau.site.database.embedded import Server

    Start = Callable[..., subprocess.Popen[str]]

OWN = "office_of_its_own"


@pytest.fixture
def own(django_db_setup: None, database_server: Server) -> Iterator[Server]:
    """A server that is not ours to start, with a migrated database."""
    superuser = database_server.cluster.superuser()
    users = (database_server.app.user, database_server.reader.user)
    roles.make_database(superuser, OWN, owner=roles.OWNER, users=users, template=TEMPLATE)
    yield database_server
    roles.drop_database(superuser, OWN)


def run(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the site to its end."""
    return subprocess.run(
        [sys.executable, "-m", NHIPCAU, *arguments],
        env={**os.environ, "NHIPCAU_DATA": str(home), **environment},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def test_serve_refuses_to_run_as_the_owner_or_a_superuser(home: Path, own: Server) -> None:
    for login in (own.owner.to(OWN), own.cluster.superuser(OWN)):
        done = run(home, "serve", "--port", str(open_port()), DATABASE_URL=login.url)

        assert done.returncode == 1
        assert "so it will not serve. Name the application's own login in DATABASE_URL" in done.stderr
        assert "Traceback" not in done.stderr


def test_serve_refuses_a_database_with_accounts_of_a_demo(home: Path, own: Server) -> None:
    with psycopg.connect(**own.owner.to(OWN).parameters) as database:
        database.execute(
            "INSERT INTO foundation_account "
            "(public_id, username, display_name, email, password, is_active, created_at, active_since, "
            "must_change_password) "
            "VALUES (gen_random_uuid(), 'vanthu', 'Văn thư', '', 'demo_argon2$x', true, now(), now(), false)"
        )

    done = run(home, "serve", "--port", str(open_port()), DATABASE_URL=own.app.to(OWN).url)

    assert done.returncode == 1
    assert "This database holds accounts of a demo. Serve an office from a database of its own" in done.stderr


def test_serve_refuses_a_database_of_an_older_version(home: Path, own: Server) -> None:
    with psycopg.connect(**own.owner.to(OWN).parameters) as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'documents'")

    done = run(home, "serve", "--port", str(open_port()), DATABASE_URL=own.app.to(OWN).url)

    assert done.returncode == 1
    assert "behind this version. Run `nhipcau migrate` with DATABASE_OWNER_URL set." in done.stderr


def test_check_fails_where_the_application_could_do_more(home: Path, own: Server) -> None:
    with psycopg.connect(**own.owner.to(OWN).parameters) as database:
        database.execute("GRANT DELETE ON foundation_event TO nhipcau_app")
    app, owner = own.app.to(OWN).url, own.owner.to(OWN).url

    found = run(home, "check", DATABASE_URL=app)
    cured = run(home, "migrate", DATABASE_URL=app, DATABASE_OWNER_URL=owner)
    again = run(home, "check", DATABASE_URL=app)

    assert (found.returncode, cured.returncode, again.returncode) == (1, 0, 0), again.stdout
    assert "nhipcau_app may DELETE foundation_event: more than it needs." in found.stdout


def test_migrating_needs_the_owners_address(home: Path, own: Server) -> None:
    done = run(home, "migrate", DATABASE_URL=own.app.to(OWN).url)

    assert (done.returncode, done.stderr) == (
        1,
        "nhipcau: Migrating needs the owner's address in DATABASE_OWNER_URL.\n",
    )


def test_an_office_is_served_from_its_own_server_and_starts_none(
    home: Path, own: Server, start: Start
) -> None:
    port = open_port()
    secret = home / "address"
    secret.write_text(own.app.to(OWN).url)
    office = start(
        NHIPCAU,
        "serve",
        "--port",
        port,
        NHIPCAU_DATA=str(home),
        NHIPCAU_TLS="0",
        DATABASE_URL_FILE=str(secret),
    )

    line_with(office, "answers at")
    assert status_of(f"http://127.0.0.1:{port}/dang-nhap/") == 200
    assert not (home / "office" / "cluster").exists()
    office.send_signal(signal.SIGTERM)
    assert office.wait(60) == 128 + signal.SIGTERM
