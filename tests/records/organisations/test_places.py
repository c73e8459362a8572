"""Nobody gains people or registers by placing units: the tree says who may see and manage whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from nhipcau.records.foundation.actors import system
from nhipcau.records.foundation.models import Unit
from nhipcau.records.foundation.policies import ACCOUNTS, Forbidden
from nhipcau.records.organisations import services
from tests import world as cast

ON = date(2026, 11, 25)
Act = Callable[[cast.World, Unit], object]


def _land(world: cast.World) -> Unit:
    """A unit in no office's part of the tree, below which the office of Đồi Quế is placed."""
    by = system(door="system", on=cast.FOUNDED)
    land = services.found_unit(by=by, name="Đất Trống", level="province", founded_on=cast.FOUNDED)
    services.move_unit(by=by, unit=world.doi_que, parent=land, on=date(2021, 1, 1))
    return land


def _undo(world: cast.World, land: Unit) -> object:
    """The act that once took the unit out of the own part of the tree."""
    by = system(door="system", on=cast.FOUNDED)
    services.move_unit(by=by, unit=land, parent=world.song_ngan, on=date(2022, 1, 1))
    services.move_unit(by=by, unit=land, parent=None, on=date(2023, 1, 1))
    return services.undo_last(by=world.administrator, unit=land, why="thử")


ACTS: dict[str, Act] = {
    "move": lambda world, land: services.move_unit(
        by=world.administrator, unit=land, parent=world.song_ngan, on=ON
    ),
    "merge": lambda world, land: services.merge_units(
        by=world.administrator, units=[land], into=world.song_ngan, on=ON
    ),
    "split": lambda world, land: services.split_unit(
        by=world.administrator,
        unit=land,
        into=[services.Portion(world.song_ngan, takes=(world.doi_que,)), services.Portion(world.department)],
        on=ON,
    ),
    "undo": _undo,
}


@pytest.mark.parametrize("act", ACTS)
def test_a_unit_below_which_another_office_works_is_not_brought_below_the_own_one(
    world: cast.World, act: str
) -> None:
    """Else its administrator would stand above those people, and could take their accounts over."""
    land = _land(world)
    with pytest.raises(Forbidden):
        ACTS[act](world, land)
    account = world.neighbour.account
    assert account is not None
    assert not ACCOUNTS.scope(world.administrator).filter(pk=account.pk).exists()


def test_a_unit_of_nobody_may_be_brought_below_the_own_one(world: cast.World) -> None:
    by = system(door="system", on=cast.FOUNDED)
    land = services.found_unit(by=by, name="Đất Trống", level="province", founded_on=cast.FOUNDED)
    placed = services.move_unit(by=world.administrator, unit=land, parent=world.song_ngan, on=ON)
    assert placed is not None
    assert placed.parent == world.song_ngan


@pytest.mark.parametrize("parent", ["doi_que", "centre"])
def test_an_own_unit_is_not_placed_in_another_office_s_part_of_the_tree(
    world: cast.World, parent: str
) -> None:
    with pytest.raises(Forbidden):
        services.move_unit(by=world.administrator, unit=world.commune, parent=getattr(world, parent), on=ON)


def test_a_draft_places_no_new_unit_below_another_office(world: cast.World) -> None:
    facts = services.Facts("Xã Mới", "commune")
    draft = services.Draft()
    unit = draft.unit(facts)
    change = draft.act("found", unit, ON)
    draft.version(change, unit, facts)
    draft.place(change, unit, world.doi_que)
    with pytest.raises(Forbidden):
        services.load_units(by=world.administrator, draft=draft, title="thử")
    assert not Unit.objects.filter(name="Xã Mới").exists()


def test_who_stands_above_all_of_them_may(world: cast.World) -> None:
    land = _land(world)
    by = system(door="system", on=cast.FOUNDED)
    services.move_unit(by=by, unit=land, parent=world.centre, on=date(2022, 1, 1))
    above = cast.person("administrator", world.centre, username="tren")
    services.move_unit(by=above, unit=land, parent=world.song_ngan, on=ON)
    assert land.parent_links.get(parent=world.song_ngan).valid_from == ON
