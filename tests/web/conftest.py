"""One office for all tests of the pages, built once; each test works in it and leaves it as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from nhipcau.records.documents import looking
from tests.records.conftest import QuickHasher
from tests.records.told import read_told
from tests.web import office as offices

QUICK = f"{QuickHasher.__module__}.{QuickHasher.__qualname__}"


@pytest.fixture(scope="package")
def shared(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[offices.Office]:
    """The office, in a transaction that is rolled back when the last test of this folder is done."""
    files = tmp_path_factory.mktemp("files")
    with (
        override_settings(PASSWORD_HASHERS=[QUICK], NHIPCAU_FILES=files),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield offices.build()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _own_files() -> None:
    """The office's files stay where the office was built."""


@pytest.fixture
def office(shared: offices.Office, db: None) -> offices.Office:
    """The office, for one test; what the test changes is taken back."""
    return shared


@pytest.fixture
def clerk(office: offices.Office) -> Client:
    """The browser of the clerk, who may do everything with papers."""
    return offices.signed_in(office.world.clerk)


@pytest.fixture
def officer(office: offices.Office) -> Client:
    """The browser of an officer, who brings in and links, but registers nothing."""
    return offices.signed_in(office.world.officer)


@pytest.fixture
def auditor(office: offices.Office) -> Client:
    """The browser of an auditor, who reads and writes nothing."""
    return offices.signed_in(office.world.auditor)


@pytest.fixture
def neighbour(office: offices.Office) -> Client:
    """The browser of the clerk of another office."""
    return offices.signed_in(office.world.neighbour)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The text itself tells its reading, whatever the reader learns."""
    monkeypatch.setattr(looking, "read_text", read_told)
