"""A page touches no row of another office: every query of every address, by the plan that the database ran.

The queries are caught while the pages are asked for, so that whatever a page looks up is held to this: its
list, the counts beside it, what its filters offer, histories, pickers, likely doubles, progress.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from nhipcau.records.documents.models import Document
from nhipcau.records.documents.register import REGISTER
from nhipcau.site.database.embedded import Server
from tests import conftest
from tests.access import table
from tests.lists import crowd
from tests.records.conftest import QuickHasher
from tests.records.plans import Plan, plan_of_sql
from tests.web import office as offices
from tests.web.addresses import EVERY
from tests.web.growing import grow
from tests.web.office import Office, content

pytestmark = pytest.mark.django_db

MORE, OTHERS = 6, 12
QUICK = f"{QuickHasher.__module__}.{QuickHasher.__qualname__}"
ADDRESSES = {str(address): address for address in EVERY}
#: Every page of the table of rights: a new one stands there, or another test fails.
PAGES = [door for door in table.doors("address") if door.startswith("GET ")]
#: What else one may ask of a page.
ASKED = {
    "GET documents:list": [
        "?q=giao+luu",
        *(f"?{item.name}={value}" for item in REGISTER.filters for value in ("2026", "known")),
        "?order=up",
        "?type=Chỉ thị&year=2026",
    ],
    "GET documents:export": ["?q=giao+luu", "?type=Chỉ thị"],
    "GET documents:mention": ["?q=giao+luu"],
    "GET documents:detail": ["?q=thong+bao"],
    "GET units-search": ["?q=song+ngan"],
    "GET units-choices": ["?q=song"],
}
#: A way into a table that names rows of the own office: by the office, or by a key that such a row gave.
BY_OFFICE = re.compile(r"\boffice_id\)?(::\w+)? (=|IN)|ROW\(office_id")
BY_KEY = re.compile(r"\(\(*(\w+\.)?(\w*_?id|record|username|name_key|token_digest|sha256)\)?(::\w+)? = ")


@pytest.fixture(scope="module")
def office(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    database_server: Server,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Office]:
    """An office among two dozen like it, with statistics; kept for the module, because it takes a while."""
    files = tmp_path_factory.mktemp("files")
    with (
        override_settings(PASSWORD_HASHERS=[QUICK], NHIPCAU_FILES=files),
        django_db_blocker.unblock(),
    ):
        with transaction.atomic():
            made = offices.build()
            grow(made, range(MORE))
            crowd.neighbours(made.directive.office, made.world.centre, count=OTHERS)
        name = connection.settings_dict["NAME"]
        with psycopg.connect(database_server.owner.to(name).url, autocommit=True) as owner:
            owner.execute("ANALYZE")
        connection.close()
        yield made
        conftest._renew(database_server)


@pytest.fixture(autouse=True)
def _own_files() -> None:
    """The office's files stay where the office was built."""


def asker(office: Office, door: str) -> Client:
    """The browser of somebody of the office who sees the page."""
    group = table.doors("address")[door]
    for role in ("clerk", "administrator"):
        if group.answer("own", role) == table.YES:
            return offices.signed_in(getattr(office.world, role))
    raise AssertionError(f"{door}: neither clerk nor administrator sees it")


def queries(browser: Client, path: str) -> list[tuple[str, Any]]:
    """The queries with which an address is answered, each once."""
    caught: dict[str, tuple[str, Any]] = {}

    def catch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().startswith(("SELECT", "WITH")):
            caught.setdefault(sql, (sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(catch):
        answer = browser.get(path)
        content(answer)
    assert answer.status_code in (200, 302), f"{path}: {answer.status_code}"
    return list(caught.values())


def planned(sql: str, parameters: Any) -> Plan:
    """The plan of a query in tables too long to be read from end to end, which these are not.

    There what is joined to a few rows, those of one page or one record, is looked up by its key.
    """
    is_short = ("LIMIT" in sql and "GROUP BY" not in sql) or '"office_id" = ' not in sql
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_mergejoin = off")
        # To touch a row is as dear as it is where most of them are not in memory.
        cursor.execute("SET LOCAL cpu_tuple_cost = 1; SET LOCAL cpu_index_tuple_cost = 1")
        cursor.execute(f"SET LOCAL enable_hashjoin = {'off' if is_short else 'on'}")
        return plan_of_sql(sql, parameters)


def strays(plan: Plan) -> list[str]:
    """The steps of a plan that may touch a row of another office."""
    return [words for step in plan.steps if (words := _stray(step, plan))]


def _stray(step: dict[str, Any], plan: Plan) -> str:
    name = step.get("Relation Name", "")
    if name not in crowd.tables() or step["Actual Loops"] == 0:
        return ""
    entered = step.get("Index Cond", "") or _entered(step)
    told = f"{step['Node Type']} of {name} by {entered or 'nothing'}"
    if not BY_OFFICE.search(entered) and not BY_KEY.search(entered):
        return told
    thrown = step.get("Rows Removed by Filter", 0)
    if thrown and "office_id" in step.get("Filter", ""):
        return f"{told}, throws away {thrown} rows by {step['Filter']}"
    return ""


def _entered(step: dict[str, Any]) -> str:
    """How the indexes of a scan by bitmap were entered."""
    inner = step.get("Plans", [])
    return " ".join(one.get("Index Cond", "") or _entered(one) for one in inner)


@pytest.mark.parametrize("door", PAGES)
def test_no_query_of_a_page_touches_a_row_of_another_office(office: Office, door: str) -> None:
    """Each table of an office is entered by the office, or by a key that a row of it gave."""
    browser, path = asker(office, door), ADDRESSES[door].path(office)
    found = {
        f"{asked}: {stray}\n    {sql[sql.find(' FROM ') :][:900]}"
        for asked in ["", *ASKED.get(door, [])]
        for sql, parameters in queries(browser, path + asked)
        for stray in strays(planned(sql, parameters))
    }
    assert not found, f"{door}\n" + "\n".join(sorted(found))


def test_a_list_that_forgets_the_office_is_found(office: Office) -> None:
    """The proof can fail: two lists of all offices' documents, and one of the own office's."""
    every = Document.objects.all()
    for rows in (every, every.filter(date__isnull=False).order_by("placed_on")[:5]):
        assert strays(planned(*rows.query.sql_with_params()))
    own = every.filter(office=office.directive.office)
    assert not strays(planned(*own.query.sql_with_params()))
