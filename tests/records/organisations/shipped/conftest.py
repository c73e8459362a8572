"""The whole edition loaded once for a module, and the small part of it that is Huế."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from nhipcau.records.foundation.actors import Actor, system
from nhipcau.records.organisations.services import Brought, load_edition
from nhipcau.records.organisations.shipped import Act, edition, shipped_acts
from nhipcau.records.organisations.shipped.tables import rows

TODAY = date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class Whole:
    """What the load of the whole edition said, and how many queries it took."""

    brought: Brought
    queries: int


@pytest.fixture
def by() -> Actor:
    """The product itself, on the day of the tests."""
    return system(door="cli", on=TODAY)


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Whole]:
    """The whole edition, in a transaction that the module ends; each test has its own inside."""
    count = 0

    def counting(execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        nonlocal count
        count += 1
        return execute(sql, params, many, context)

    with django_db_blocker.unblock(), transaction.atomic():
        with connection.execute_wrapper(counting):
            brought = load_edition(by=system(door="cli", on=TODAY), acts=shipped_acts(), edition=edition())
        # What waits for the end of the transaction is looked at once, not by each test.
        connection.check_constraints()
        yield Whole(brought, count)
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def of_hue() -> list[Act]:
    """The acts of one province: itself, its districts, its communes before and since."""
    districts = {row["code"] for row in rows("districts") if row["province"] == "46"}
    communes = {row["code"] for row in rows("communes_before") if row["district"] in districts}
    since = {row["code"] for row in rows("communes_after") if row["province"] == "46"}
    codes = {"46"} | districts | communes | since
    return [act for act in shipped_acts() if act.unit.partition("/")[2] in codes]
