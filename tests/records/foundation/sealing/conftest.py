"""Databases of their own for tests that commit, seal and tamper."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nhipcau.site.database import roles
from nhipcau.site.database.embedded import Server
from tests.conftest import TEMPLATE
from tests.records.foundation.sealing.house import House


@contextmanager
def _house(server: Server, name: str, folder: Path) -> Iterator[House]:
    superuser = server.cluster.superuser()
    roles.make_database(
        superuser,
        name,
        owner=server.owner.user,
        users=(server.app.user, server.reader.user),
        template=TEMPLATE,
    )
    house = House(server, name, folder)
    try:
        yield house
    finally:
        house.close()
        roles.drop_database(superuser, name)


@pytest.fixture
def house(django_db_setup: None, database_server: Server, tmp_path: Path) -> Iterator[House]:
    """An empty trail."""
    with _house(database_server, "nhipcau_trail", tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def sealed(
    django_db_setup: None, database_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """Three sealed minutes of four events; what a test bends in it is undone."""
    with _house(database_server, "nhipcau_sealed", tmp_path_factory.mktemp("sealed")) as made:
        made.minutes(4, 4, 4)
        yield made
