"""The database of the tests: a server of their own, migrated once as owner, used as the application role."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from tools import browser

from nhipcau.site.database import embedded, places, roles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

    from nhipcau.site.database.embedded import Server
    from nhipcau.site.database.logins import Login

TEMPLATE = "nhipcau_template"
TESTS = "nhipcau_tests"
#: A crash of the machine may lose the tests' data, so nothing waits for the disk. Statistics would be taken
#: at some moment of some test and mislead the plans of the next: there are none.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "40",
    "autovacuum": "off",
}


@pytest.fixture(scope="session")
def database_server() -> Iterator[Server]:
    """An embedded server in a directory that goes when the tests end."""
    home = Path(tempfile.mkdtemp(prefix="nhipcau-tests-"))
    if places.is_root():
        home.chmod(places.PASSABLE)
    try:
        with embedded.running(
            places.Place(home, "tests"), say=lambda _sentence: None, options=FAST
        ) as server:
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    database_server: Server,
) -> Iterator[None]:
    """Migrate a template as the owner, grant, and give the tests a copy to work in as the application."""
    superuser = database_server.cluster.superuser()
    owner = database_server.owner.to(TEMPLATE)
    roles.make_database(superuser, TEMPLATE, owner=owner.user)
    with django_db_blocker.unblock():
        _use(owner)
        call_command("migrate", verbosity=0, run_syncdb=True)
        connections["default"].close()
        _grant(database_server)
        _renew(database_server)
        _use(database_server.app.to(TESTS))
        with pytest.MonkeyPatch.context() as patch:
            # The application may not empty tables, so a test that commits gets a new copy afterwards.
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: _renew(database_server))
            yield
        connections.close_all()


def _grant(server: Server) -> None:
    from nhipcau.site.database.rules import table_rules

    roles.grant(
        server.owner.to(TEMPLATE), app=server.app.user, reader=server.reader.user, rules=table_rules()
    )


def _renew(server: Server) -> None:
    connections["default"].close()
    roles.drop_database(server.cluster.superuser(), TESTS)
    users = (server.app.user, server.reader.user)
    roles.make_database(
        server.cluster.superuser(), TESTS, owner=server.owner.user, users=users, template=TEMPLATE
    )


def _use(login: Login) -> None:
    connections["default"].close()
    connections.databases["default"].update(
        NAME=login.database,
        USER=login.user,
        PASSWORD=login.password,
        HOST=login.host,
        PORT=str(login.port),
        CONN_MAX_AGE=0,
    )


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser for tests marked `browser`; ./run test installs it where it may."""
    found = browser.find()
    if found is None:
        pytest.skip("there is no Chromium on this machine")
    return found


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: object) -> None:
    """Each test keeps its attachments in a folder of its own."""
    setattr(settings, "NHIPCAU_FILES", tmp_path / "files")  # noqa: B010 -- pytest-django's wrapper is untyped
