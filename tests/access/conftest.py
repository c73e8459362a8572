"""One house for all tests of this folder: an office full of papers, and everybody who may come along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from tests.access.people import Asker, everybody
from tests.records.conftest import QuickHasher, told
from tests.web import office as offices

__all__ = ["told"]
QUICK = f"{QuickHasher.__module__}.{QuickHasher.__qualname__}"


@dataclass(frozen=True, slots=True)
class House:
    """The office that is asked about, who asks, and the browser of each."""

    office: offices.Office
    askers: list[Asker]
    browsers: dict[str, Client]


@pytest.fixture(scope="package")
def shared(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """The house, in a transaction that is rolled back when the last test of this folder is done."""
    files = tmp_path_factory.mktemp("files")
    with (
        override_settings(PASSWORD_HASHERS=[QUICK], NHIPCAU_FILES=files),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        office = offices.build()
        askers = everybody(office.world, on=timezone.localdate())
        for asker in askers:
            if asker.actor.needs_second_factor:
                offices.give_factor(asker.actor)
        yield House(office, askers, {str(asker): _browser(asker) for asker in askers})
        transaction.set_rollback(True)


@pytest.fixture
def house(shared: House, db: None) -> House:
    """The house, for one test; what the test changes is taken back."""
    return shared


@pytest.fixture(autouse=True)
def _own_files() -> None:
    """The files stay where the house was built."""


def _browser(asker: Asker) -> Client:
    """A browser in which somebody is signed in, and which asks for Vietnamese."""
    assert asker.actor.account is not None
    client = Client(headers={"accept-language": "vi"})
    client.force_login(asker.actor.account)
    return client
