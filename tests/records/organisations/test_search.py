"""Units are found by the beginnings of words, without marks, by old names too, among thousands."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.organisations import services
from nhipcau.records.organisations.selectors import matching, named, picker
from tests import world as cast
from tests.records.organisations.building import LAST_DAY, REFORM, TODAY, merged, unit, us
from tests.records.organisations.many import plant
from tests.records.plans import plan_of

pytestmark = pytest.mark.django_db


def found(words: str, **more: object) -> list[str]:
    """The names that a picker shows on the day of the tests."""
    choices = picker(by=us(), words=words, **({"on": TODAY} | more))  # type: ignore[arg-type]
    return [choice.version.name for choice in choices]


def test_words_may_be_begun_without_marks_and_in_any_order() -> None:
    unit("Phường Hương An", "commune", short_name="HA")
    unit("Xã Hương Bình", "commune")
    for words in ("huong an", "an huong", "Hương A", "phuong h an", "HUONG AN", "  an,  huong "):
        assert found(words) == ["Phường Hương An"], words
    assert found("uong") == []
    assert found("huong") == ["Xã Hương Bình", "Phường Hương An"]


def test_names_that_begin_with_the_words_come_first() -> None:
    for name in ("Sở An Bình", "An Bình Đông", "An Bình"):
        unit(name)
    assert found("an binh") == ["An Bình", "An Bình Đông", "Sở An Bình"]


def test_an_old_name_finds_the_unit_under_its_name_of_the_day() -> None:
    city = unit("Tỉnh Thừa Thiên Huế")
    services.rename_unit(by=us(), unit=city, on=REFORM, name="Thành phố Huế")
    assert found("thua thien") == ["Thành phố Huế"]
    assert found("thua thien", on=LAST_DAY) == ["Tỉnh Thừa Thiên Huế"]
    (choice,) = picker(by=us(), words="thua thien", on=TODAY)
    assert choice.found.name == "Tỉnh Thừa Thiên Huế"


def test_who_no_longer_exists_is_offered_for_its_own_days_only() -> None:
    old = unit("Tỉnh Bình Định")
    merged(old, unit("Tỉnh Gia Lai"), into="Tỉnh Gia Lai")
    assert found("binh dinh") == []
    assert found("binh dinh", on=LAST_DAY) == ["Tỉnh Bình Định"]
    assert found("binh dinh", on=None) == ["Tỉnh Bình Định"]


def test_homonyms_are_told_apart_by_the_unit_above_and_by_level() -> None:
    for place in ("Sông Ngân", "Đồi Quế"):
        unit("Xã Phú Vinh", "commune", unit(f"Tỉnh {place}"))
    choices = picker(by=us(), words="phu vinh", on=TODAY)
    assert {choice.above for choice in choices} == {"Tỉnh Sông Ngân", "Tỉnh Đồi Quế"}
    assert found("phu vinh", level="province") == []
    assert len(picker(by=us(), words="phu", on=TODAY, limit=1)) == 1


def test_nobody_without_the_right_to_view_units_finds_any(world: cast.World) -> None:
    stranger = Actor(world.nobody, None, None, (), "web", TODAY)
    assert picker(by=stranger, words="hoi", on=TODAY) == []
    assert picker(by=world.clerk, words="hoi", on=TODAY) != []
    assert named(by=stranger, name=world.commune.name, on=TODAY) == []


@pytest.fixture
def thousands(db: None) -> None:
    """Some four thousand units."""
    plant(8, 500)


def test_an_index_finds_words_among_thousands(thousands: None) -> None:
    # The tests' role may not count rows for the planner, which so takes the table for a small one.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    for words in ("kenh truc", "an", "xa go long"):
        plan = plan_of(matching(by=us(), words=words))
        assert "unit_version_words_idx" in plan.indexes, words
        thrown = sum(step.get("Rows Removed by Index Recheck", 0) for step in plan.steps)
        assert thrown <= matching(by=us(), words=words).count(), words


def test_a_picker_takes_a_fixed_number_of_queries(
    thousands: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for words in ("kenh", "", "xa", "go lo"):
        with django_assert_num_queries(5):
            assert len(picker(by=us(), words=words, on=TODAY)) == 20


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_any_text_may_be_typed(db: None, words: str) -> None:
    """Percent signs, quotes and whatever else are words or nothing, never a pattern."""
    picker(by=us(), words=words, on=TODAY)
    named(by=us(), name=words, on=TODAY)


def test_signs_of_patterns_are_no_patterns() -> None:
    unit("Tỉnh Sông Ngân")
    assert found("s%h") == []
    assert found("s_ng") == []
    assert found("song") == ["Tỉnh Sông Ngân"]
