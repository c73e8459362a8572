"""Every service, called by every role in every place: what ``table.toml`` says, no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.policies import Forbidden, NotFound
from tests import world as cast
from tests.access import services, table
from tests.access.conftest import QUICK
from tests.access.people import Asker, everybody

DOORS = table.doors("service")
CALLS = services.calls()


@dataclass(frozen=True, slots=True)
class Cast:
    """A house without papers, and everybody who may call."""

    world: cast.World
    askers: list[Asker]


@pytest.fixture(scope="module")
def played(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cast]:
    """Built once; every test takes back what it does."""
    files = tmp_path_factory.mktemp("files")
    with (
        override_settings(PASSWORD_HASHERS=[QUICK], NHIPCAU_FILES=files),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        world = cast.build()
        yield Cast(world, everybody(world, on=cast.TODAY))
        transaction.set_rollback(True)


def test_every_service_stands_in_the_table() -> None:
    """A new service is shut to everybody until somebody has written down who may call it."""
    there = set(services.found())
    missing = sorted(there - set(DOORS) - set(table.left_out("service")))
    gone = sorted({*DOORS, *table.left_out("service")} - there)

    assert not missing, f"say in tests/access/table.toml who may: {', '.join(missing)}"
    assert not gone, f"take out of tests/access/table.toml what no longer exists: {', '.join(gone)}"


def test_each_service_of_the_table_can_be_called() -> None:
    missing = sorted(set(DOORS) - set(CALLS))
    assert not missing, f"say in tests/access/services.py how one calls: {', '.join(missing)}"


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("door", DOORS)
def test_each_role_gets_the_answer_of_the_table_in_each_place(played: Cast, db: None, door: str) -> None:
    call, group = CALLS[door](played.world), DOORS[door]
    wrong = []
    for asker in played.askers:
        got, wanted = _told(call, asker.actor), group.answer(asker.place, asker.role)
        if got != wanted:
            wrong.append(f"{asker}: {got}, but the table says {wanted}")
    assert not wrong, f"{door}: " + "; ".join(wrong)


def _told(call: Callable[[Actor], object], actor: Actor) -> str:
    """Which of the three answers it was. What is let in and then found wrong was let in."""
    try:
        with transaction.atomic():
            call(actor)
            transaction.set_rollback(True)
    except NotFound:
        return table.HIDDEN
    except Forbidden as reason:
        return table.TOLD if str(reason) else "a refusal without a reason"
    except ValidationError:
        return table.YES
    return table.YES
