"""Units come and go by dates: the tree of any day can be asked, and the database refuses what cannot be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from nhipcau.records.foundation.actors import system
from nhipcau.records.foundation.models import ADMINISTRATIVE, Ancestor, Event, Office, Unit
from nhipcau.records.foundation.policies import Forbidden
from nhipcau.records.organisations.selectors import named, path, subtree
from nhipcau.records.organisations.services import close_unit, found_unit, open_office
from tests import world as cast

LAST_DAY = date(2025, 6, 30)


def test_a_unit_stands_below_everything_above_its_parent(world: cast.World) -> None:
    rows = Ancestor.objects.filter(unit=world.commune).order_by("depth")
    assert [(row.ancestor, row.depth) for row in rows] == [
        (world.commune, 0),
        (world.song_ngan, 1),
        (world.centre, 2),
    ]


def test_the_tree_is_asked_as_of_a_day(world: cast.World) -> None:
    """The district ended on 30/06/2025: that day it is there, the next it is not."""
    before = subtree(by=world.clerk, unit=world.song_ngan, on=LAST_DAY)
    after = subtree(by=world.clerk, unit=world.song_ngan, on=LAST_DAY + timedelta(days=1))
    assert world.district in before
    assert world.district not in after
    assert path(by=world.clerk, unit=world.district, on=LAST_DAY) == [
        world.centre,
        world.song_ngan,
        world.district,
    ]
    assert path(by=world.clerk, unit=world.district, on=cast.TODAY) == []


def test_a_unit_is_found_by_its_whole_name_without_marks(world: cast.World) -> None:
    found = named(by=world.clerk, name="hoi giao luu NHAN DAN tinh song ngan", on=cast.TODAY)
    assert found == [world.song_ngan]
    assert named(by=world.clerk, name="Hội Giao lưu", on=cast.TODAY) == []
    assert named(by=world.clerk, name=world.district.name, on=cast.TODAY) == []


def test_a_parent_that_does_not_exist_on_the_day_is_refused_and_nothing_is_written(world: cast.World) -> None:
    units = Unit.objects.count()
    by = system(door="system", on=cast.TODAY)
    with pytest.raises(ValidationError):
        found_unit(by=by, name="Xã Mới", level="commune", founded_on=cast.TODAY, parent=world.district)
    assert Unit.objects.count() == units


def test_a_unit_with_units_below_is_not_closed(world: cast.World) -> None:
    by = system(door="system", on=cast.TODAY)
    with pytest.raises(ValidationError):
        close_unit(by=by, unit=world.song_ngan, closed_on=cast.TODAY)
    with pytest.raises(ValidationError):
        close_unit(by=by, unit=world.commune, closed_on=cast.FOUNDED)


def test_closing_a_unit_closes_its_office(world: cast.World) -> None:
    by = system(door="system", on=cast.TODAY)
    close_unit(by=by, unit=world.commune, closed_on=cast.TODAY, why="sáp nhập")
    assert Office.objects.get(unit=world.commune).closed_on == cast.TODAY


def test_an_office_is_opened_once(world: cast.World) -> None:
    events = Event.objects.count()
    by = system(door="system", on=cast.TODAY)
    assert open_office(by=by, unit=world.centre, opened_on=cast.TODAY).opened_on == cast.FOUNDED
    assert Event.objects.count() == events


def test_founding_writes_one_event_with_what_was_founded(world: cast.World) -> None:
    events = Event.objects.count()
    by = system(door="system", on=cast.TODAY)
    unit = found_unit(by=by, name="Xã Mới", level="commune", founded_on=cast.TODAY, parent=world.song_ngan)
    event = Event.objects.latest("id")
    assert (Event.objects.count(), event.verb, event.record) == (events + 1, "found", unit.public_id)
    assert (event.account_id, event.role) == (None, "system")


def test_only_who_manages_units_does(world: cast.World) -> None:
    with pytest.raises(Forbidden):
        found_unit(by=world.clerk, name="Xã Mới", level="commune", founded_on=cast.TODAY)
    made = found_unit(by=world.administrator, name="Xã Mới", level="commune", founded_on=cast.TODAY)
    assert made.level == "commune"


@pytest.mark.parametrize(
    ("ancestor", "depth", "start", "end"),
    [
        ("centre", 1, cast.FOUNDED, None),  # the same ancestor twice on one day
        ("doi_que", 1, date(2024, 1, 1), None),  # two parents on one day
        ("doi_que", 3, date(2024, 1, 1), date(2024, 1, 1)),  # an empty period
        ("doi_que", 3, date(2024, 1, 1), date(2023, 1, 1)),  # a period turned round
        ("doi_que", 0, date(2024, 1, 1), None),  # itself, but another
        ("song_ngan", 4, date(2019, 1, 1), date(2019, 2, 1)),  # its own child
    ],
)
def test_the_database_refuses_rows_that_cannot_be(
    world: cast.World, ancestor: str, depth: int, start: date, end: date | None
) -> None:
    row = Ancestor(
        unit=world.song_ngan,
        ancestor=getattr(world, ancestor),
        hierarchy=ADMINISTRATIVE,
        depth=depth,
        valid_from=start,
        valid_to=end,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_periods_that_touch_do_not_overlap(world: cast.World) -> None:
    """Half-open: the day on which one ends is the day on which the next begins."""
    row = Ancestor.objects.get(unit=world.district, ancestor=world.song_ngan)
    assert row.valid_to is not None
    again = Ancestor(unit=world.district, ancestor=world.doi_que, depth=1, valid_from=row.valid_to)
    again.save()
    assert again.pk
