"""Loading a part of the edition (Huế): again, later editions, what an office entered, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from nhipcau.records.foundation.actors import Actor, system
from nhipcau.records.foundation.models import Event, Unit
from nhipcau.records.foundation.policies import Forbidden
from nhipcau.records.organisations.models import Change, Edition, ParentLink, UnitCode, UnitVersion
from nhipcau.records.organisations.selectors import path, versions
from nhipcau.records.organisations.services import (
    Brought,
    add_code,
    found_unit,
    load_edition,
    rename_unit,
    undo_last,
)
from nhipcau.records.organisations.shipped import Act, edition
from nhipcau.records.organisations.shipped.acts import Names, Place, Successor, name_of_act, name_of_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """What is told is compared word by word."""
    with translation.override("en"):
        yield


LATER = date(2026, 10, 1)
BINH_DIEN, HUE = "2025/20035", "2004/46"
NEXT = replace(edition(), dataset_version="2026.12.1")
BECAME_WARD = Act(
    key=f"rename/{BINH_DIEN}/{LATER}",
    kind="rename",
    unit=BINH_DIEN,
    day=LATER,
    legal_basis="07/NQ-HĐGL",
    names=(Names(BINH_DIEN, "Phường Bình Điền", "commune", "phường"),),
)


def load(by: Actor, acts: list[Act], *, is_trial: bool = False) -> Brought:
    return load_edition(by=by, acts=acts, edition=edition(), is_trial=is_trial)


def shipped(key: str) -> Unit:
    return Unit.objects.get(public_id=name_of_unit(key))


def counts() -> tuple[int, ...]:
    models = (Unit, Change, UnitVersion, ParentLink, UnitCode, Event, Edition)
    return tuple(model._default_manager.count() for model in models)


def test_a_load_is_one_event_and_the_second_writes_nothing(by: Actor, of_hue: list[Act]) -> None:
    before = Event.objects.count()
    first = load(by, of_hue)
    assert first.new == 1 + 9 + 133 + 40 - 1  # Dương Nỗ simply went on
    assert Event.objects.count() == before + 1
    assert Event.objects.latest("pk").why == f"{edition().dataset_version}, {edition().latest_decree}"

    stands = counts()
    again = load(by, of_hue)
    assert (again.new, again.changed, again.unchanged, again.acts) == (0, 0, first.new, 0)
    assert counts() == stands


def test_a_trial_tells_the_same_and_writes_nothing(by: Actor, of_hue: list[Act]) -> None:
    stands = counts()
    trial = load(by, of_hue, is_trial=True)

    assert counts() == stands
    assert load(by, of_hue) == trial


def test_a_later_edition_adds_an_act_and_leaves_every_row_as_it_was_called(
    by: Actor, of_hue: list[Act]
) -> None:
    load(by, of_hue)
    said = list(UnitVersion.objects.order_by("pk").values_list("pk", "name", "valid_from", "opened_by"))

    later = load_edition(by=by, acts=[*of_hue, BECAME_WARD], edition=NEXT)

    assert (later.new, later.changed, later.acts) == (0, 1, 1)
    rows = list(versions(by=by, unit=shipped(BINH_DIEN)))
    assert [(row.name, row.type, row.valid_to) for row in rows] == [
        ("Xã Bình Điền", "xã", LATER),
        ("Phường Bình Điền", "phường", None),
    ]
    now = UnitVersion.objects.order_by("pk").values_list("pk", "name", "valid_from", "opened_by")
    assert list(now)[: len(said)] == said
    assert shipped(BINH_DIEN).name == "Phường Bình Điền"
    assert list(Edition.objects.order_by("pk").values_list("dataset_version", "acts")) == [
        (edition().dataset_version, len(of_hue)),
        (NEXT.dataset_version, 1),
    ]


def test_an_edition_without_new_acts_is_noted_with_its_event(by: Actor, of_hue: list[Act]) -> None:
    load(by, of_hue)
    events = Event.objects.count()
    load_edition(by=by, acts=of_hue, edition=NEXT)

    assert Edition.objects.count() == 2
    assert Event.objects.count() == events + 1


def test_what_an_office_entered_itself_stays(by: Actor, of_hue: list[Act]) -> None:
    """The office was told of the resolution earlier, and entered its own spelling from the same day."""
    load(by, of_hue)
    rename_unit(by=by, unit=shipped(BINH_DIEN), on=LATER, name="Phường Bình-Điền", type="phường")

    later = load(by, [*of_hue, BECAME_WARD])

    assert later.acts == 0
    assert later.kept == ("“Phường Bình-Điền” stays as it was entered here.",)
    assert shipped(BINH_DIEN).name == "Phường Bình-Điền"


def test_what_an_office_added_to_a_name_goes_on(by: Actor, of_hue: list[Act]) -> None:
    load(by, of_hue)
    rename_unit(by=by, unit=shipped(BINH_DIEN), on=date(2026, 1, 1), short_name="BĐ")

    load(by, [*of_hue, BECAME_WARD])
    latest = versions(by=by, unit=shipped(BINH_DIEN)).last()
    assert latest is not None
    assert (latest.name, latest.short_name) == ("Phường Bình Điền", "BĐ")


def test_an_act_that_was_undone_here_is_not_done_again(by: Actor, of_hue: list[Act]) -> None:
    acts = [*of_hue, BECAME_WARD]
    load(by, acts)
    undo_last(by=by, unit=shipped(BINH_DIEN), why="chưa có hiệu lực")

    assert load(by, acts).acts == 0
    assert shipped(BINH_DIEN).name == "Xã Bình Điền"


def test_another_basis_of_an_act_done_is_told_and_not_overwritten(by: Actor, of_hue: list[Act]) -> None:
    load(by, [*of_hue, BECAME_WARD])

    told = load(by, [*of_hue, replace(BECAME_WARD, legal_basis="08/NQ-HĐGL")])

    assert told.differing == (BECAME_WARD.key,)
    assert Change.objects.get(public_id=name_of_act(BECAME_WARD.key)).legal_basis == "07/NQ-HĐGL"


def test_a_unit_that_an_office_founded_with_the_code_is_not_founded_twice(
    by: Actor, of_hue: list[Act]
) -> None:
    early = date(2008, 8, 1)
    own = found_unit(by=by, name="Tỉnh Thừa Thiên - Huế", level="province", founded_on=early)
    add_code(by=by, unit=own, code_list="dvhc", list_version="2004", code="46", on=early)

    told = load(by, of_hue)

    assert not Unit.objects.filter(public_id=name_of_unit(HUE)).exists()
    assert told.kept[0] == "“Tỉnh Thừa Thiên - Huế” stays as it was entered here."
    assert path(by=by, unit=shipped(BINH_DIEN), on=LATER) == [own, shipped(BINH_DIEN)]


def merged(day: date) -> Act:
    """Bình Điền goes into Kim Trà: invented."""
    return Act(
        key=f"merge/{BINH_DIEN}/{day}",
        kind="merge",
        unit="2025/20017",
        day=day,
        ends=(BINH_DIEN,),
        successors=(Successor(BINH_DIEN, "2025/20017", "merge"),),
    )


def test_units_of_an_office_below_one_that_merges_go_on_below_its_successor(
    by: Actor, of_hue: list[Act]
) -> None:
    load(by, of_hue)
    own = found_unit(
        by=by, name="Hội Bến Trúc", level="grassroots", founded_on=date(2026, 1, 1), parent=shipped(BINH_DIEN)
    )

    load(by, [*of_hue, merged(LATER)])

    above = [path(by=by, unit=own, on=on)[-2] for on in (date(2026, 9, 30), LATER)]
    assert above == [shipped(BINH_DIEN), shipped("2025/20017")]


def test_all_or_nothing_where_one_act_cannot_stand(by: Actor, of_hue: list[Act]) -> None:
    """A unit of the office stands below one that would end with no successor."""
    load(by, of_hue)
    parent = shipped(BINH_DIEN)
    found_unit(by=by, name="Hội Bến Trúc", level="grassroots", founded_on=date(2026, 1, 1), parent=parent)
    stands = counts()
    end = Act(key="close/x", kind="close", unit=BINH_DIEN, day=LATER, ends=(BINH_DIEN,))
    other = replace(BECAME_WARD, unit=HUE, names=(Names(HUE, "Thành phố Huế mới", "province"),))

    with pytest.raises(ValidationError, match="Hội Bến Trúc"):
        load(by, [*of_hue, other, end])

    assert counts() == stands


def test_an_act_of_a_unit_that_is_not_there_is_told(by: Actor, of_hue: list[Act]) -> None:
    lost = replace(BECAME_WARD, key="move/x", names=(), places=(Place(BINH_DIEN, "party", "body/NONE"),))

    assert load(by, [*of_hue, lost]).kept == ("body/NONE is not there.",)


def test_only_who_manages_units_loads_them(of_hue: list[Act]) -> None:
    nobody = replace(system(door="cli", on=LATER), roles=())

    with pytest.raises(Forbidden):
        load(nobody, of_hue[:1])
    assert not Change.objects.exists()
