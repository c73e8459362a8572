"""What the register costs with many documents: rows and pages that the database touches, never time.

Three offices share the table: two with 10,000 documents each, one of them all on one day, and one with 50.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from nhipcau.records.documents.register import REGISTER
from nhipcau.records.foundation import listing, values
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.listing import choices, listed, page
from nhipcau.records.foundation.register import Filter
from nhipcau.site.database.embedded import Server
from tests import conftest
from tests import world as cast
from tests.records.plans import TABLE, Plan, plan_of, plan_of_sql

pytestmark = pytest.mark.django_db

MANY, FEW, PAGE = 10_000, 50, 25
TYPES, ISSUERS = 12, 150
FREE = [item for item in REGISTER.filters if not item.choices]

# Known from citations, so that they need no number in the register.
FILL = """
INSERT INTO documents_document (public_id, office_id, issuer_name, parent_issuer_name, author_name, type_name,
    number, number_key, date, subject, place, signer_title, urgency, level, kind, state, register, placed_on,
    folded, created_at)
SELECT gen_random_uuid(), %(office)s, 'Hội ' || n %% %(issuers)s, '', '', 'Loại ' || n %% %(types)s,
    n || '/KH-HGL', n || '/kh-hgl', day, 'giao lưu ' || n, '', '', '', 'province', 'front', 'known',
    'incoming', day, 'giao luu ' || n || ' kh-hgl hoi', now()
FROM (SELECT n, date '2016-01-04' + n %% %(days)s AS day FROM generate_series(1, %(count)s) AS n) AS made
"""


@pytest.fixture(scope="module")
def crowd(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, database_server: Server
) -> Iterator[cast.World]:
    """The cast with full registers; kept for the module, because filling them takes a while."""
    with django_db_blocker.unblock():
        world = cast.build()
        for actor, count, days in (
            (world.clerk, MANY, 3650),
            (world.neighbour, MANY, 1),
            (world.above, FEW, 9),
        ):
            assert actor.office is not None
            with connection.cursor() as cursor:
                of_office = {"office": actor.office.pk, "count": count, "days": days}
                cursor.execute(FILL, of_office | {"issuers": ISSUERS, "types": TYPES})
        name = connection.settings_dict["NAME"]
        with psycopg.connect(database_server.owner.to(name).url, autocommit=True) as owner:
            owner.execute(f"ANALYZE {TABLE}")
        connection.close()
        yield world
        conftest._renew(database_server)


def shown(actor: Actor, cursor: str = "", **asked: Any) -> tuple[Plan, str]:
    """The plan of one page of the register, and the cursor of the next."""
    rows = listed(REGISTER, actor, **asked)
    place = listing._place(cursor, REGISTER.key, REGISTER.model)
    chosen = listing._after(rows, REGISTER.key, place["at"], rising=False) if place else rows
    return plan_of(chosen[: PAGE + 1]), page(rows, key=REGISTER.key, size=PAGE, cursor=cursor).next


def cursor_near_the_end(actor: Actor) -> str:
    """The cursor of the last full page."""
    back = page(listed(REGISTER, actor), key=REGISTER.key, size=PAGE, ascending=True)
    row = page(listed(REGISTER, actor), key=REGISTER.key, size=PAGE, cursor=back.next, ascending=True).rows[
        -1
    ]
    return listing._cursor(row, REGISTER.key, back=False)


class TestTheList:
    """A page of the register."""

    def test_it_starts_from_the_office_and_reads_no_row_that_it_does_not_show(
        self, crowd: cast.World
    ) -> None:
        for actor in (crowd.clerk, crowd.neighbour):
            plan, _next = shown(actor)
            (scan,) = plan.scans
            assert scan["Index Name"] == "document_list_idx"
            assert "office_id" in scan["Index Cond"]
            assert "Sort" not in plan.kinds
            assert (plan.rows_thrown_away, plan.rows_read) == (0, PAGE + 1)

    @pytest.mark.parametrize(
        "filters",
        [
            {"type": "Loại 3"},
            {"issuer": "Hội 7"},
            {"year": "2020"},
            {"level": "province"},
            {"state": "known"},
        ],
        ids=lambda filters: next(iter(filters)),
    )
    def test_a_filter_reads_no_row_of_another_office(
        self, crowd: cast.World, filters: dict[str, str]
    ) -> None:
        """Each way into the table is by the office; rows are thrown away only for the filter itself."""
        plan, _next = shown(crowd.clerk, filters=filters)
        ways = [step for step in plan.steps if step.get("Index Name", "").startswith("document_")]
        assert ways
        assert all("office_id" in step["Index Cond"] for step in ways)
        assert not any("office_id" in step.get("Filter", "") for step in plan.scans)
        assert "Seq Scan" not in plan.kinds

    def test_it_costs_as_much_in_a_full_register_as_in_a_short_one(self, crowd: cast.World) -> None:
        full, _next = shown(crowd.clerk)
        short, _next = shown(crowd.above)
        assert full.rows_read <= short.rows_read
        assert full.pages <= short.pages + 2 * PAGE


class TestPaging:
    """Keyset paging: the last page costs what the first does."""

    @pytest.mark.parametrize("who", ["clerk", "neighbour"])
    def test_the_end_costs_what_the_beginning_costs(self, crowd: cast.World, who: str) -> None:
        """Also where 10,000 documents have the same day, so that only the last fields of the key tell."""
        actor: Actor = getattr(crowd, who)
        first, further = shown(actor)
        second, _next = shown(actor, further)
        last, _end = shown(actor, cursor_near_the_end(actor))
        assert second.rows_thrown_away == last.rows_thrown_away == 0
        assert last.rows_read <= first.rows_read
        assert last.pages <= 2 * first.pages

    @pytest.mark.parametrize("who", ["clerk", "neighbour"])
    def test_the_cursor_is_where_the_index_is_entered(self, crowd: cast.World, who: str) -> None:
        actor: Actor = getattr(crowd, who)
        plan, _next = shown(actor, cursor_near_the_end(actor))
        (scan,) = plan.scans
        assert "ROW(placed_on, line, id)" in scan["Index Cond"]
        assert "Filter" not in scan

    def test_every_row_of_a_long_register_comes_once(self, crowd: cast.World) -> None:
        rows = listed(REGISTER, crowd.neighbour)
        seen: list[int] = []
        cursor = ""
        while True:
            found = page(rows, key=REGISTER.key, size=500, cursor=cursor)
            seen += [row.pk for row in found.rows]
            if not (cursor := found.next):
                break
        assert len(seen) == len(set(seen)) == MANY


class TestChoices:
    """The values that a filter offers, asked for at every view of the list."""

    @pytest.mark.parametrize("item", FREE, ids=lambda item: item.name)
    def test_they_are_read_value_by_value_from_an_index_of_the_office(
        self, crowd: cast.World, item: Filter
    ) -> None:
        plan = leaping(crowd.clerk, item)
        found = len(choices(REGISTER, crowd.clerk, item.name))
        assert "Seq Scan" not in plan.kinds
        assert all("office_id" in scan["Index Cond"] for scan in plan.scans)
        assert plan.rows_read <= found + 1
        assert plan.rows_thrown_away == 0

    @pytest.mark.parametrize("item", FREE, ids=lambda item: item.name)
    def test_a_value_costs_as_much_among_many_rows_as_among_few(
        self, crowd: cast.World, item: Filter
    ) -> None:
        many, few = leaping(crowd.clerk, item), leaping(crowd.above, item)
        of_many = len(choices(REGISTER, crowd.clerk, item.name)) + 1
        of_few = len(choices(REGISTER, crowd.above, item.name)) + 1
        assert many.pages / of_many <= few.pages / of_few + 3

    @pytest.mark.parametrize("item", FREE, ids=lambda item: item.name)
    def test_every_filter_of_the_register_has_an_index_that_begins_with_the_office(
        self, item: Filter
    ) -> None:
        heads = [index.fields[:2] for index in REGISTER.model._meta.indexes]
        assert ["office", item.field] in heads

    def test_they_are_complete_in_their_order_and_only_of_the_own_office(self, crowd: cast.World) -> None:
        types = choices(REGISTER, crowd.clerk, "type")
        assert {value for value, _label in types} == {f"Loại {n}" for n in range(TYPES)}
        assert types == sorted(types)
        assert len(choices(REGISTER, crowd.clerk, "issuer")) == ISSUERS
        assert choices(REGISTER, crowd.neighbour, "year") == [("2016", "2016")]
        years = [value for value, _label in choices(REGISTER, crowd.clerk, "year")]
        assert years == [str(year) for year in range(2025, 2015, -1)]

    def test_more_values_than_a_list_can_show_give_those_that_are_used_most_lately(
        self, crowd: cast.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(listing, "NEWEST", 40)
        found = choices(REGISTER, crowd.clerk, "issuer", limit=10)
        assert len(found) == 10
        newest = listed(REGISTER, crowd.clerk)[:40]
        assert {value for value, _label in found} <= {row.issuer_name for row in newest}

    def test_nobody_without_the_right_to_view_is_told_a_value(self, crowd: cast.World) -> None:
        for item in FREE:
            assert choices(REGISTER, crowd.administrator, item.name) == []


def leaping(actor: Actor, item: Filter) -> Plan:
    """The plan of the query that finds the values of a filter."""
    rows = REGISTER.policy.kept(actor)
    if item.shape == "year":
        dated = rows.filter(**{f"{item.field}__isnull": False})
        return plan_of_sql(*values.leaps(dated, item.field, most=200, behind=values._BEHIND_YEAR))
    rows = rows.filter(**{f"{item.field}__gt": ""})
    return plan_of_sql(*values.leaps(rows, item.field, most=200))
