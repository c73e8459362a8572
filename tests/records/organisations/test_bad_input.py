"""What cannot be is refused with a sentence that names the unit or the day, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from nhipcau.records.foundation.models import Event, Unit
from nhipcau.records.foundation.policies import Forbidden
from nhipcau.records.organisations import services
from nhipcau.records.organisations.models import Change, ParentLink, UnitCode, UnitVersion
from nhipcau.records.organisations.services import Draft, Facts, Portion
from tests import world as cast
from tests.records.organisations.building import LONG_AGO, REFORM, TODAY, merged, unit, us
from tests.records.organisations.test_undo import everything

pytestmark = pytest.mark.django_db

TOO_EARLY = date(1990, 1, 1)
HALF = Facts("Nửa", "commune")


@dataclass(frozen=True, slots=True)
class Tree:
    """A province with a district with a commune, and a province that begins later."""

    top: Unit
    middle: Unit
    low: Unit
    young: Unit


@pytest.fixture
def tree(db: None) -> Tree:
    top = unit("Tỉnh Sông Ngân")
    middle = unit("Huyện Cồn Sậy", "district", top)
    low = unit("Xã Bến Trúc", "commune", middle)
    young = unit("Tỉnh Đồi Quế", founded_on=REFORM)
    services.add_code(by=us(), unit=top, code_list="own", list_version="1", code="7", on=LONG_AGO)
    return Tree(top, middle, low, young)


def _move(one: Unit, other: Unit, on: date = REFORM) -> None:
    services.move_unit(by=us(), unit=one, parent=other, on=on)


def _code(one: Unit, on: date = REFORM, until: date | None = None) -> None:
    services.add_code(by=us(), unit=one, code_list="own", list_version="1", code="7", on=on, until=until)


def _split(one: Unit, *portions: Portion) -> None:
    services.split_unit(by=us(), unit=one, into=portions, on=REFORM)


#: What is asked, and a word that the sentence must hold.
REFUSED: dict[str, tuple[Callable[[Tree], object], str]] = {
    "its own parent": (lambda t: _move(t.low, t.low), "chính mình"),
    "below its own child": (lambda t: _move(t.top, t.low), "Tỉnh Sông Ngân"),
    "below itself later on": (lambda t: _move(t.top, t.low, LONG_AGO), "Tỉnh Sông Ngân"),
    "a parent that does not exist yet": (lambda t: _move(t.low, t.young, TOO_EARLY), "Xã Bến Trúc"),
    "a parent that begins later": (lambda t: _move(t.low, t.young, date(2020, 1, 1)), "Tỉnh Đồi Quế"),
    "moved to where it stands": (lambda t: _move(t.low, t.middle), "Không có gì"),
    "moved on the day it was placed": (lambda t: _move(t.low, t.top, LONG_AGO), "Xã Bến Trúc"),
    "an unknown hierarchy": (
        lambda t: services.move_unit(by=us(), unit=t.low, parent=t.top, on=REFORM, hierarchy="x"),
        "“x”",
    ),
    "renamed before it began": (
        lambda t: services.rename_unit(by=us(), unit=t.low, on=TOO_EARLY, name="Mới"),
        "01/01/1990",
    ),
    "renamed twice a day": (
        lambda t: services.rename_unit(by=us(), unit=t.low, on=LONG_AGO, name="Mới"),
        "01/01/2000",
    ),
    "renamed to the same": (
        lambda t: services.rename_unit(by=us(), unit=t.low, on=REFORM, name=t.low.name),
        "Không có gì",
    ),
    "a level that there is not": (
        lambda t: services.rename_unit(by=us(), unit=t.low, on=REFORM, level="planet"),
        "planet",
    ),
    "a name of blanks": (lambda _t: unit("   "), ""),
    "merged before it began": (lambda t: merged(t.low, t.young, into="Mới", on=TOO_EARLY), "01/01/1990"),
    "merged on the day it began": (lambda t: merged(t.top, t.young, into="Mới"), "Tỉnh Đồi Quế"),
    "merged into itself": (lambda t: merged(t.low, into=t.low), "hai lần"),
    "merged alone": (lambda t: merged(t.low, into="Mới"), "hai đơn vị"),
    "merged below its own child": (lambda t: merged(t.top, into=t.low), "Huyện Cồn Sậy"),
    "closed with units below": (
        lambda t: services.close_unit(by=us(), unit=t.middle, closed_on=REFORM),
        "Xã Bến Trúc",
    ),
    "closed before it began": (
        lambda t: services.close_unit(by=us(), unit=t.low, closed_on=TOO_EARLY),
        "01/01/1990",
    ),
    "closed on the day it began": (
        lambda t: services.close_unit(by=us(), unit=t.low, closed_on=LONG_AGO),
        "01/01/2000",
    ),
    "split with units left below": (
        lambda t: _split(t.middle, Portion(HALF), Portion(HALF)),
        "Xã Bến Trúc",
    ),
    "split into one": (lambda t: _split(t.low, Portion(HALF)), "hai đơn vị"),
    "shares of more than one": (
        lambda t: _split(t.low, Portion(HALF, Decimal("0.6")), Portion(HALF, Decimal("0.6"))),
        "1.2",
    ),
    "shares of less than one": (
        lambda t: _split(t.low, Portion(HALF, Decimal("0.6")), Portion(HALF, Decimal("0.3"))),
        "0.9",
    ),
    "a share below nothing": (
        lambda t: _split(t.low, Portion(HALF, Decimal("1.5")), Portion(HALF, Decimal("-0.5"))),
        "1.0",
    ),
    "takes who does not stand below": (
        lambda t: _split(t.middle, Portion(HALF, takes=(t.young,)), Portion(HALF, takes=(t.low,))),
        "Tỉnh Đồi Quế",
    ),
    "one code for two": (lambda t: _code(t.young), "Tỉnh Sông Ngân"),
    "a code that ends before it begins": (lambda t: _code(t.young, REFORM, LONG_AGO), "01/01/2000"),
    "a code before it exists": (lambda t: _code(t.young, LONG_AGO), "Tỉnh Đồi Quế"),
    "a code ended twice": (
        lambda t: [services.end_code(by=us(), code=t.top.codes.get(), on=REFORM) for _turn in range(2)],
        "01/07/2025",
    ),
    "a subject that there is not": (
        lambda t: services.set_focal_point(by=us(), subject="x", unit=t.top, holder=t.low, on=REFORM),
        "x",
    ),
    "handed over to itself": (
        lambda t: services.transfer(by=us(), source=t.low, target=t.low, on=REFORM),
        "chính mình",
    ),
    "handed over what is nothing": (
        lambda t: services.transfer(by=us(), source=t.low, target=t.top, on=REFORM, kind="merge"),
        "chuyển giao",
    ),
    "an office closed before it opened": (
        lambda t: services.close_office(
            by=us(), office=services.open_office(by=us(), unit=t.top, opened_on=REFORM), on=LONG_AGO
        ),
        "01/07/2025",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_with_a_sentence_and_nothing_is_written(tree: Tree, what: str) -> None:
    ask, word = REFUSED[what]
    before, events, acts = everything(), Event.objects.count(), Change.objects.count()
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        ask(tree)
    assert word in " ".join(refused.value.messages)
    assert (everything(), Event.objects.count(), Change.objects.count()) == (before, events, acts)


#: Rows that a loader might draft.
DRAFTED: dict[str, tuple[Callable[[Draft, Change, Tree], object], str]] = {
    "two names on one day": (lambda d, c, t: d.version(c, t.low, HALF), "Xã Bến Trúc"),
    "two parents on one day": (lambda d, c, t: d.place(c, t.low, t.top), "Xã Bến Trúc"),
    "a place after its end": (lambda d, c, t: d.place(c, t.young, t.top, since=LONG_AGO), "Tỉnh Đồi Quế"),
    "a parent that is not there yet": (
        lambda d, c, t: d.place(c, t.low, t.young, "party", since=LONG_AGO),
        "Tỉnh Đồi Quế",
    ),
    "its own parent": (lambda d, c, t: d.place(c, t.low, t.low, "party"), "chính mình"),
    "a circle of two": (
        lambda d, c, t: (d.place(c, t.low, t.top, "party"), d.place(c, t.top, t.low, "party")),
        "dưới chính mình",
    ),
    "a period turned round": (lambda d, c, t: d.code(c, t.low, "a", "b", "c", until=LONG_AGO), "01/01/2000"),
    "one code for two": (lambda d, c, t: d.code(c, t.low, "own", "1", "7"), "mã"),
    "two focal points": (
        lambda d, c, t: [d.duty(c, "aid", t.low, holder) for holder in (t.top, t.young)],
        "Xã Bến Trúc",
    ),
    "the same succession twice": (
        lambda d, c, t: [d.succeed(c, t.low, t.top, "merge") for _turn in range(2)],
        "đã được nhập",
    ),
    "a share of more than all": (
        lambda d, c, t: d.succeed(c, t.low, t.top, "merge", share=Decimal(2)),
        "Tỷ lệ",
    ),
}


@pytest.mark.parametrize("what", DRAFTED)
def test_a_draft_with_one_bad_row_is_refused_whole(tree: Tree, what: str) -> None:
    spoil, word = DRAFTED[what]
    before = everything()
    draft = Draft()
    good = Facts("Xã Tốt", "commune")
    change = draft.act(Change.Kind.FOUND, draft.unit(good), REFORM)
    draft.version(change, change.unit, good)
    spoil(draft, change, tree)
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        services.load_units(by=us(), draft=draft, title="Danh mục")
    assert word in " ".join(refused.value.messages)
    assert everything() == before


def test_the_database_itself_refuses_what_overlaps(tree: Tree) -> None:
    """Whoever writes past the services meets the same rules."""
    change = Change.objects.latest("id")
    facts = {"valid_from": REFORM, "opened_by": change, "unit": tree.low}
    for row in (
        UnitVersion(name="Mới", level="commune", **facts),
        ParentLink(parent=tree.top, **facts),
        ParentLink(parent=tree.low, hierarchy="party", **facts),
        UnitCode(code_list="own", list_version="1", code="7", **facts),
        UnitCode(code_list="x", list_version="1", code="7", valid_to=REFORM, **facts),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_another_offices_part_of_the_tree_is_not_changed(world: cast.World) -> None:
    """An administrator changes what stands in no office's part, and the own part; nothing beside or above."""
    outside = unit("Bộ Thử")
    by = world.administrator
    services.rename_unit(by=by, unit=outside, on=TODAY, name="Bộ Mới")
    services.rename_unit(by=by, unit=world.commune, on=TODAY, name="Xã Mới")
    for foreign in (world.doi_que, world.centre):
        with pytest.raises(Forbidden, match=foreign.name):
            services.rename_unit(by=by, unit=foreign, on=TODAY, name="Mới")
    with pytest.raises(Forbidden):
        services.found_unit(by=by, name="Ban", level="province", founded_on=TODAY, parent=world.doi_que)
    with pytest.raises(Forbidden):
        services.merge_units(by=by, units=[world.commune], into=world.doi_que, on=TODAY)
