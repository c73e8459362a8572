"""The last act on a unit can be taken back exactly; what came later must be taken back first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from nhipcau.records.foundation.models import Ancestor, Event, Office, Unit
from nhipcau.records.organisations import services
from nhipcau.records.organisations.models import (
    Change,
    FocalPoint,
    ParentLink,
    Succession,
    UnitCode,
    UnitVersion,
)
from nhipcau.records.organisations.selectors import acts, named
from nhipcau.records.organisations.services import Facts, Portion
from tests.records.organisations.building import LONG_AGO, REFORM, TODAY, merged, unit, us

pytestmark = pytest.mark.django_db

KEPT: tuple[type[models.Model], ...] = (
    Ancestor,
    FocalPoint,
    Office,
    ParentLink,
    Succession,
    UnitCode,
    UnitVersion,
)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All dated rows without their keys: an act and its undoing must leave them as they were."""
    return {
        model.__name__: sorted(
            (
                tuple(
                    str(getattr(row, field.attname))
                    for field in model._meta.concrete_fields
                    if field.name not in {"id", "public_id"}
                )
                for row in model._default_manager.all()
            ),
        )
        for model in KEPT
    }


def _tree() -> tuple[Unit, Unit, Unit]:
    """Two provinces, the first with a code, a focal point, an office and a commune."""
    one, other = unit("Tỉnh Sông Ngân"), unit("Tỉnh Đồi Quế")
    below = unit("Xã Bến Trúc", "commune", one)
    services.add_code(by=us(), unit=one, code_list="own", list_version="1", code="7", on=LONG_AGO)
    services.set_focal_point(by=us(), subject="aid", unit=other, holder=one, on=LONG_AGO)
    services.open_office(by=us(), unit=one, opened_on=LONG_AGO)
    return one, other, below


DONE: dict[str, Callable[[Unit, Unit, Unit], object]] = {
    "rename": lambda one, _other, _below: services.rename_unit(by=us(), unit=one, on=REFORM, name="Mới"),
    "move": lambda one, other, _below: services.move_unit(by=us(), unit=one, parent=other, on=REFORM),
    "merge into a new one": lambda one, other, _below: merged(one, other, into="Tỉnh Mới"),
    "merge into a living one": lambda one, other, _below: merged(one, into=other),
    "split": lambda one, other, below: services.split_unit(
        by=us(),
        unit=one,
        on=REFORM,
        into=[Portion(Facts("Tỉnh Mới", "province"), takes=(below,)), Portion(other)],
    ),
    "close": lambda one, _other, below: (
        services.move_unit(by=us(), unit=below, parent=None, on=REFORM),
        services.close_unit(by=us(), unit=one, closed_on=REFORM),
        services.undo_last(by=us(), unit=one),
    ),
    "transfer": lambda one, other, _below: services.transfer(by=us(), source=one, target=other, on=REFORM),
    "code": lambda one, _other, _below: services.end_code(by=us(), code=one.codes.get(), on=REFORM),
    "duty": lambda one, other, _below: services.set_focal_point(
        by=us(), subject="aid", unit=one, holder=other, on=REFORM
    ),
}


@pytest.mark.parametrize("done", DONE)
def test_undoing_leaves_everything_as_it_was(done: str) -> None:
    one, other, below = _tree()
    before = everything()
    DONE[done](one, other, below)
    assert everything() != before
    services.undo_last(by=us(), unit=below if done == "close" else one, why="nhập nhầm")
    assert everything() == before


def test_the_act_is_kept_and_marked_and_an_event_tells_of_it() -> None:
    one, _other, _below = _tree()
    services.rename_unit(by=us(), unit=one, on=REFORM, name="Mới")
    events = Event.objects.count()
    change = services.undo_last(by=us(), unit=one, why="nhập nhầm")
    assert change.undone_at is not None
    assert Event.objects.count() == events + 1
    assert (Event.objects.latest("id").verb, Event.objects.latest("id").why) == ("undo", "nhập nhầm")
    assert change not in acts(by=us(), unit=one)
    one.refresh_from_db()
    assert one.name == "Tỉnh Sông Ngân"


def test_acts_are_undone_one_by_one_from_the_last() -> None:
    """A name of 2021 entered after that of 2025 cuts the first period; both go, the younger entry first."""
    one, _other, _below = _tree()
    states = [everything()]
    for day, name in ((REFORM, "Ba"), (date(2021, 1, 1), "Hai")):
        services.rename_unit(by=us(), unit=one, on=day, name=name)
        states.append(everything())
    assert [row.name for row in one.version_rows.order_by("valid_from")] == ["Tỉnh Sông Ngân", "Hai", "Ba"]
    for expected in reversed(states[:-1]):
        services.undo_last(by=us(), unit=one)
        assert everything() == expected


def test_a_later_act_on_another_unit_of_a_merger_must_be_undone_first() -> None:
    one, other, _below = _tree()
    new = merged(one, other, into="Tỉnh Mới")
    services.rename_unit(by=us(), unit=new, on=TODAY, name="Thành phố Mới")
    before = everything()
    with pytest.raises(ValidationError, match="Thành phố Mới"):
        services.undo_last(by=us(), unit=one)
    assert everything() == before
    services.undo_last(by=us(), unit=new)
    services.undo_last(by=us(), unit=one)
    assert named(by=us(), name="Tỉnh Mới", on=TODAY) == []


def test_a_founding_with_an_office_is_not_undone() -> None:
    new = unit("Tỉnh Mới")
    services.open_office(by=us(), unit=new, opened_on=TODAY)
    with pytest.raises(ValidationError, match="Tỉnh Mới"):
        services.undo_last(by=us(), unit=new)
    assert UnitVersion.objects.filter(unit=new).exists()


def test_an_undone_founding_leaves_a_unit_of_no_day() -> None:
    new = unit("Tỉnh Mới")
    services.undo_last(by=us(), unit=new)
    assert not Ancestor.objects.filter(unit=new).exists()
    with pytest.raises(ValidationError):
        services.undo_last(by=us(), unit=new)
    assert Change.objects.get(unit=new).undone_at is not None
