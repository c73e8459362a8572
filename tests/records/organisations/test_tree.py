"""The tree of any day, what changed between two days, and what became of a unit."""

from __future__ import annotations

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from nhipcau.records.foundation.models import Ancestor, Unit
from nhipcau.records.organisations import services
from nhipcau.records.organisations.models import Change, ParentLink, UnitVersion
from nhipcau.records.organisations.selectors import (
    acts,
    acts_between,
    changed,
    children,
    codes,
    focal_points,
    path,
    path_nodes,
    places,
    predecessors,
    subtree,
    successors,
    tops,
    translate,
)
from tests.records.organisations.building import (
    LAST_DAY,
    LONG_AGO,
    REFORM,
    TODAY,
    lines,
    merged,
    unit,
    us,
)

pytestmark = pytest.mark.django_db

MIGRATION = "nhipcau.records.organisations.migrations.0003_versions_of_units_there"


def test_children_stand_in_vietnamese_order_with_the_number_of_theirs() -> None:
    top = unit("Tỉnh Sông Ngân")
    for name in ("Xã Đồi", "Xã Dừa", "Xã Ánh", "Xã An"):
        unit(name, "commune", top)
    unit("Thôn 1", "grassroots", Unit.objects.get(name="Xã Dừa"))
    nodes = children(by=us(), unit=top, on=TODAY)
    assert [(node.version.name, node.children) for node in nodes] == [
        ("Xã An", 0),
        ("Xã Ánh", 0),
        ("Xã Dừa", 1),
        ("Xã Đồi", 0),
    ]
    assert [node.unit for node in tops(by=us(), on=TODAY)] == [top]


def test_opening_a_branch_takes_the_same_queries_however_many_stand_there(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    top = unit("Tỉnh Sông Ngân")
    for number in range(3):
        unit(f"Xã {number}", "commune", top)
    with django_assert_num_queries(2):
        assert len(children(by=us(), unit=top, on=TODAY)) == 3
    for number in range(3, 12):
        unit(f"Xã {number}", "commune", top)
    with django_assert_num_queries(2):
        assert len(children(by=us(), unit=top, on=TODAY)) == 12
    with django_assert_num_queries(2):
        tops(by=us(), on=TODAY)


def test_the_selectors_of_a_units_page_take_a_known_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    one, other = unit("Tỉnh Sông Ngân"), unit("Tỉnh Đồi Quế")
    new = merged(one, other, into="Tỉnh Mới")
    with django_assert_num_queries(2):
        path(by=us(), unit=new, on=TODAY)
    with django_assert_num_queries(2):
        path_nodes(by=us(), unit=new, on=TODAY)
    with django_assert_num_queries(1):
        list(subtree(by=us(), unit=new, on=TODAY))
    with django_assert_num_queries(6):
        assert [act.kind for act in acts(by=us(), unit=one)] == ["found", "merge"]
    with django_assert_num_queries(2):
        assert len(predecessors(by=us(), unit=new)) == 2
    for rows in (
        places(by=us(), unit=new),
        codes(by=us(), unit=new),
        focal_points(by=us(), unit=new, on=TODAY),
    ):
        with django_assert_num_queries(1):
            list(rows)
    with django_assert_num_queries(8):
        translate(by=us(), units=[one, other], start=LONG_AGO, end=TODAY)


def test_what_changed_between_two_days_is_told_by_unit() -> None:
    top = unit("Tỉnh Sông Ngân")
    one, other, third = (unit(name, "commune", top) for name in ("Xã Một", "Xã Hai", "Xã Ba"))
    services.rename_unit(by=us(), unit=third, on=REFORM, name="Phường Ba")
    new = merged(one, other, into="Xã Mới", level="commune")
    ids = [each.pk for each in (top, one, other, third, new)]
    assert changed(by=us(), units=ids, after=LAST_DAY, until=REFORM) == {
        one.pk: {"merge"},
        other.pk: {"merge"},
        third.pk: {"rename"},
        new.pk: {"merge"},
    }
    assert changed(by=us(), units=ids, after=REFORM, until=TODAY) == {}
    assert [act.kind for act in acts_between(by=us(), after=LAST_DAY, until=REFORM)] == ["rename", "merge"]


def test_successors_are_followed_over_any_span() -> None:
    one, other = unit("Xã Một", "commune"), unit("Xã Hai", "commune")
    second = merged(one, other, into="Xã Ba", on=date(2020, 1, 1), level="commune")
    last = merged(second, unit("Xã Bốn", "commune"), into="Xã Năm", level="commune")
    assert [row.successor for row in successors(by=us(), unit=one)] == [second, last]
    assert [row.successor for row in successors(by=us(), unit=one, until=LAST_DAY)] == [second]
    assert [row.successor for row in successors(by=us(), unit=second, after=LAST_DAY)] == [last]
    assert {row.predecessor.name for row in predecessors(by=us(), unit=last)} == {
        "Xã Ba",
        "Xã Bốn",
        "Xã Một",
        "Xã Hai",
    }


def test_a_unit_has_its_place_in_several_trees() -> None:
    """Since 01/07/2025 a union stands under the Front; in the administrative tree it stays where it was."""
    top, front = unit("Tỉnh Sông Ngân"), unit("Mặt trận tỉnh")
    union = unit("Hội Phụ nữ tỉnh", below=top)
    below = unit("Hội Phụ nữ xã", "commune")
    services.move_unit(by=us(), unit=below, parent=union, on=LONG_AGO, hierarchy="front")
    assert lines(below, REFORM, "front") == ["Hội Phụ nữ tỉnh", "Hội Phụ nữ xã"]
    services.move_unit(by=us(), unit=union, parent=front, on=REFORM, hierarchy="front")
    assert lines(below, LAST_DAY, "front") == ["Hội Phụ nữ tỉnh", "Hội Phụ nữ xã"]
    assert lines(below, REFORM, "front") == ["Mặt trận tỉnh", "Hội Phụ nữ tỉnh", "Hội Phụ nữ xã"]
    assert lines(union, REFORM) == ["Tỉnh Sông Ngân", "Hội Phụ nữ tỉnh"]
    assert [node.unit for node in tops(by=us(), on=REFORM, hierarchy="front")] == [front]
    services.move_unit(by=us(), unit=union, parent=None, on=TODAY, hierarchy="front")
    assert not Ancestor.objects.filter(unit=front, hierarchy="front", valid_to__isnull=True, depth__gt=0)


def test_a_house_of_before_gets_versions_and_places_from_its_tree() -> None:
    """The migration that brings versions to what was there, run on a tree that has none."""
    top = unit("Tỉnh Sông Ngân")
    low, gone = (unit(name, "commune", top) for name in ("Xã Bến Trúc", "Xã Cồn Sậy"))
    services.close_unit(by=us(), unit=gone, closed_on=REFORM)
    tables = (UnitVersion, ParentLink)
    facts = ("unit_id", "valid_from", "valid_to")
    before = {table: sorted(table._default_manager.values_list(*facts), key=str) for table in tables}
    ParentLink.objects.all().delete()
    UnitVersion.objects.all().delete()
    Change.objects.all().delete()
    import_module(MIGRATION).give_versions(apps)
    assert {table: sorted(table._default_manager.values_list(*facts), key=str) for table in tables} == before
    rows = Ancestor.objects.count()
    services.rename_unit(by=us(), unit=low, on=TODAY, name="Xã Mới")
    assert Ancestor.objects.count() == rows
    services.undo_last(by=us(), unit=low)
    services.undo_last(by=us(), unit=gone)
    assert lines(gone, TODAY) == [top.name, gone.name]


def test_two_periods_that_touch_are_one_row_of_the_table() -> None:
    """A name or a move among parents below one ancestor leaves the line to that ancestor unbroken."""
    top = unit("Tỉnh Sông Ngân")
    one, other = (unit(name, "district", top) for name in ("Huyện Một", "Huyện Hai"))
    low = unit("Xã Bến Trúc", "commune", one)
    services.move_unit(by=us(), unit=low, parent=other, on=REFORM)
    rows = Ancestor.objects.filter(unit=low).order_by("depth", "valid_from")
    assert [(row.ancestor, row.depth, row.valid_from, row.valid_to) for row in rows] == [
        (low, 0, LONG_AGO, None),
        (one, 1, LONG_AGO, REFORM),
        (other, 1, REFORM, None),
        (top, 2, LONG_AGO, None),
    ]


def test_what_a_move_does_not_touch_is_not_written() -> None:
    """Row versions of the table tell what was written: nothing of the neighbours, of the branch lines."""
    top = unit("Tỉnh Sông Ngân")
    one, other = (unit(name, "district", top) for name in ("Huyện Một", "Huyện Hai"))
    for place in (one, other):
        for number in range(3):
            unit(f"Xã {place.name} {number}", "commune", place)
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(pgh_id) FROM foundation_ancestorversion")
        last = cursor.fetchone()[0]
        services.move_unit(by=us(), unit=one, parent=other, on=REFORM)
        cursor.execute("SELECT DISTINCT unit_id FROM foundation_ancestorversion WHERE pgh_id > %s", [last])
        written = {pk for (pk,) in cursor.fetchall()}
    assert written == {each.pk for each in subtree(by=us(), unit=one, on=REFORM)}
