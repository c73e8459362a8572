"""Ten times the units cost at most eleven times the work to rebuild; one act costs what it touches."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.db import connection, transaction

from nhipcau.records.foundation.models import Ancestor, Unit
from nhipcau.records.organisations.services import ancestry
from tests.records.organisations.many import plant
from tests.records.plans import Plan, plan_of_sql

pytestmark = pytest.mark.django_db


def rebuilt(ids: Iterable[int]) -> Plan:
    """The plan of a rebuild for these units, as a load runs it, on a tree that stands already."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        found = plan_of_sql(ancestry.REBUILD, ancestry.parameters(ids))
        transaction.set_rollback(True)
    return found


def handled(plan: Plan) -> float:
    """The rows that were read and joined in a plan, those thrown away among them.

    What only holds rows ready for the next step is left out: whether it is needed differs with the size.
    """
    ready = {"Sort", "Incremental Sort", "Materialize", "Hash", "Unique"}
    thrown = ("Rows Removed by Filter", "Rows Removed by Join Filter")
    return float(
        sum(
            step["Actual Loops"] * (step["Actual Rows"] + sum(step.get(name, 0) for name in thrown))
            for step in plan.steps
            if step["Node Type"] not in ready
        )
    )


def everyone() -> list[int]:
    return list(Unit.objects.values_list("pk", flat=True))


def test_ten_times_the_units_are_at_most_eleven_times_the_work() -> None:
    plant(2, 150)
    few, before = len(everyone()), rebuilt(everyone())
    plant(18, 150, start=2)
    after = rebuilt(everyone())
    assert len(everyone()) >= 9.9 * few
    assert handled(after) <= 11 * handled(before)
    # An index that is ten times as large may be a level deeper: a page more a look.
    assert after.pages <= 14 * before.pages


def test_one_units_move_costs_the_same_in_a_tree_ten_times_as_large() -> None:
    province, _other = plant(2, 150)
    low = province.child_links.earliest("id").unit_id
    before = work_of_one(low)
    plant(18, 150, start=2)
    after = work_of_one(low)
    assert handled(after) <= 1.2 * handled(before)
    # A level more in an index is a page or two; a look through a table would be hundreds.
    assert after.pages <= 2 * before.pages


def work_of_one(unit: int) -> Plan:
    """The plan of a rebuild for one unit, as a service runs it."""
    with transaction.atomic():
        below = plan_of_sql(ancestry.BELOW, {"touched": [unit]})
        found = plan_of_sql(ancestry.REBUILD, ancestry.parameters([unit]))
        transaction.set_rollback(True)
    return Plan((*found.steps, *below.steps))


def test_a_second_rebuild_writes_nothing() -> None:
    plant(2, 20)
    rows = Ancestor.objects.count()
    assert ancestry.rebuild(everyone()) == ancestry.Rebuilt(0, 0)
    assert Ancestor.objects.count() == rows == 1 + 2 * 2 + 40 * 3
