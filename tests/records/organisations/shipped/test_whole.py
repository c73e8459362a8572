"""The whole edition in the database, asked as of days: 63 provinces and 34, districts, communes, bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import pytest
from django.db.models import Count

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import ADMINISTRATIVE, Ancestor, Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.organisations.models import Edition, Succession, UnitCode, UnitVersion
from nhipcau.records.organisations.selectors import (
    coded,
    path,
    path_nodes,
    subtree,
    successors,
    tops,
    translate,
)
from nhipcau.records.organisations.services import load_edition
from nhipcau.records.organisations.shipped import edition, shipped_acts
from nhipcau.records.organisations.shipped.tables import rows
from tests.records.organisations.shipped.conftest import Whole

BEFORE, SINCE, TODAY = date(2025, 6, 30), date(2025, 7, 1), date(2026, 9, 20)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole")]


def levels(on: date) -> Counter[str]:
    """How many territories of each level exist on a day, by the codes that they bear."""
    alive = UnitCode.objects.filter(in_force(on), code_list="dvhc").values("unit_id")
    found = UnitVersion.objects.filter(in_force(on), unit__in=alive)
    return Counter(found.values_list("level", flat=True))


def types(on: date, level: str) -> Counter[str]:
    return Counter(UnitVersion.objects.filter(in_force(on), level=level).values_list("type", flat=True))


def of_code(by: Actor, version: str, *codes: str) -> list[Unit]:
    known = coded(by=by, code_list="dvhc", list_version=version)
    return [known[code] for code in codes]


def names_on(units: Iterable[Unit], on: date) -> set[str]:
    found = UnitVersion.objects.filter(in_force(on), unit__in=[unit.pk for unit in units])
    return set(found.values_list("name", flat=True))


def test_the_load_tells_what_it_did_in_few_queries(whole: Whole) -> None:
    told = whole.brought

    assert (told.new, told.changed, told.unchanged) == (14_035, 0, 0)
    assert Unit.objects.count() == told.new
    assert told.acts == len(shipped_acts())
    assert told.kept == told.differing == ()
    # Thousands of rows go in a statement: fifteen thousand acts, and fewer statements than a page of paper.
    assert whole.queries < 120


def test_a_second_load_does_nothing(whole: Whole, by: Actor) -> None:
    again = load_edition(by=by, acts=shipped_acts(), edition=edition())

    assert (again.new, again.changed, again.unchanged, again.acts) == (0, 0, 14_035, 0)
    assert Edition.objects.get().dataset_version == edition().dataset_version
    assert Edition.objects.get().latest_decree == "39/2026/QH16"


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2020, 1, 1), {"province": 63, "district": 1}),
        (BEFORE, {"province": 63, "district": 696, "commune": 10_035}),
        (SINCE, {"province": 34, "commune": 3_321}),
        (TODAY, {"province": 34, "commune": 3_321}),
    ],
)
def test_so_many_of_each_level_on_each_day(on: date, expected: dict[str, int]) -> None:
    assert levels(on) == expected


def test_nine_cities_and_25_provinces_since_20_09_2026() -> None:
    city = "thành phố trực thuộc trung ương"

    assert types(date(2024, 12, 31), "province") == {"tỉnh": 58, city: 5}
    assert types(BEFORE, "province") == {"tỉnh": 57, city: 6}
    assert types(SINCE, "province") == {"tỉnh": 28, city: 6}
    assert types(date(2026, 4, 30), "province") == {"tỉnh": 27, city: 7}
    assert types(date(2026, 9, 19), "province") == {"tỉnh": 26, city: 8}
    assert types(TODAY, "province") == {"tỉnh": 25, city: 9}


def test_709_wards_today() -> None:
    assert types(SINCE, "commune") == {"xã": 2621, "phường": 687, "đặc khu": 13}
    assert types(TODAY, "commune") == {"xã": 2599, "phường": 709, "đặc khu": 13}


def test_the_tree_has_three_steps_before_and_two_since(by: Actor) -> None:
    """Each territory stands where its row says: no district, no commune without a place on its days."""
    for on, deepest in ((BEFORE, 2), (SINCE, 1), (TODAY, 1)):
        lines = Ancestor.objects.filter(in_force(on), hierarchy=ADMINISTRATIVE, unit__level="commune")
        depths = Counter(lines.values("unit").annotate(n=Count("pk")).values_list("n", flat=True))
        assert depths == {deepest + 1: levels(on)["commune"]}

    (before,) = of_code(by, "2004", "19996")
    assert [row.name for row in path_nodes(by=by, unit=before, on=BEFORE)] == [
        "Thành phố Huế",
        "Thị xã Hương Trà",
        "Phường Tứ Hạ",
    ]
    (since,) = of_code(by, "2025", "19996")
    assert path(by=by, unit=before, on=SINCE) == []
    assert [row.name for row in path_nodes(by=by, unit=since, on=SINCE)] == [
        "Thành phố Huế",
        "Phường Hương Trà",
    ]


def test_hue_changed_its_name_and_type_and_stayed_itself(by: Actor) -> None:
    (before,) = of_code(by, "2004", "46")
    assert of_code(by, "2025", "46") == [before]

    assert names_on([before], date(2024, 12, 31)) == {"Tỉnh Thừa Thiên Huế"}
    assert names_on([before], date(2025, 1, 1)) == {"Thành phố Huế"}
    for on, count in ((BEFORE, 1 + 9 + 133), (SINCE, 1 + 40)):
        assert subtree(by=by, unit=before, on=on).count() == count


@pytest.mark.parametrize(
    ("code", "was", "became"),
    [
        ("52", "Tỉnh Bình Định", "Tỉnh Gia Lai"),
        ("15", "Tỉnh Yên Bái", "Tỉnh Lào Cai"),
        ("24", "Tỉnh Bắc Giang", "Tỉnh Bắc Ninh"),
        ("44", "Tỉnh Quảng Bình", "Tỉnh Quảng Trị"),
        ("80", "Tỉnh Long An", "Tỉnh Tây Ninh"),
        ("82", "Tỉnh Tiền Giang", "Tỉnh Đồng Tháp"),
        ("91", "Tỉnh Kiên Giang", "Tỉnh An Giang"),
    ],
)
def test_seven_codes_mean_another_unit_in_the_new_list(by: Actor, code: str, was: str, became: str) -> None:
    (old,), (new,) = of_code(by, "2004", code), of_code(by, "2025", code)

    assert old != new
    assert names_on([old], BEFORE) == {was}
    assert names_on([new], SINCE) == {became}
    assert [step.successor for step in successors(by=by, unit=old)] == [new]
    assert code not in coded(by=by, code_list="dvhc", list_version="2004", on=SINCE)
    assert code not in coded(by=by, code_list="dvhc", list_version="2025", on=BEFORE)


def test_every_code_of_every_list_resolves(by: Actor) -> None:
    expected = {
        "2004": ("provinces_before", "districts", "communes_before"),
        "2025": ("provinces_after", "communes_after"),
    }
    for version, tables in expected.items():
        known = coded(by=by, code_list="dvhc", list_version=version)
        assert set(known) == {row["code"] for table in tables for row in rows(table)}
    assert set(coded(by=by, code_list="iso-3166-2", list_version="pycountry 26.2.16", on=TODAY)) == {
        row["iso"] for row in rows("provinces_after")
    }


def test_63_provinces_in_the_boundaries_of_34_and_back(by: Actor) -> None:
    """Forward all goes wholly into 34; back each comes wholly from what it was."""
    old = of_code(by, "2004", *(row["code"] for row in rows("provinces_before")))
    new = of_code(by, "2025", *(row["code"] for row in rows("provinces_after")))

    forward = translate(by=by, units=old, start=BEFORE, end=SINCE)
    assert {landing.unit for landing in forward.landings} == set(new)
    assert {landing.within for landing in forward.landings} == {"whole"}
    assert {piece.extent for landing in forward.landings for piece in landing.pieces} == {"whole"}
    assert forward.lost == forward.absent == ()

    back = translate(by=by, units=new, start=SINCE, end=BEFORE)
    assert {landing.unit for landing in back.landings} == set(old)
    assert {landing.within for landing in back.landings} == {"whole"}


def test_gia_lai_of_2024_is_only_a_part_of_gia_lai_of_2026(by: Actor) -> None:
    """To compare the years one needs Bình Định too."""
    gia_lai, binh_dinh = of_code(by, "2004", "64", "52")
    (new,) = of_code(by, "2025", "52")

    alone = translate(by=by, units=[gia_lai], start=BEFORE, end=TODAY)
    both = translate(by=by, units=[gia_lai, binh_dinh], start=BEFORE, end=TODAY)

    assert [(landing.unit, landing.within) for landing in alone.landings] == [(new, "part")]
    assert [(landing.unit, landing.within) for landing in both.landings] == [(new, "whole")]


def test_the_nine_communes_of_huong_tra_are_three_today(by: Actor) -> None:
    (district,) = of_code(by, "2004", "480")
    nine = subtree(by=by, unit=district, on=BEFORE).exclude(pk=district.pk)
    assert len(nine) == 9

    told = translate(by=by, units=nine, start=BEFORE, end=TODAY)

    assert {(landing.version.name, landing.within, len(landing.pieces)) for landing in told.landings} == {
        ("Phường Hương Trà", "whole", 3),
        ("Phường Kim Trà", "whole", 3),
        ("Xã Bình Điền", "whole", 3),
    }
    assert {landing.unit for landing in told.landings} == set(of_code(by, "2025", "19996", "20017", "20035"))


def test_a_divided_commune_goes_to_all_its_successors_and_one_is_proposed(by: Actor) -> None:
    """471 of them; nobody knows the shares, so none is told."""
    divided = Succession.objects.filter(extent="part", predecessor__level="commune")
    out = Counter(divided.values_list("predecessor_id", flat=True))
    assert len(out) == 471
    assert sum(out.values()) == 471 + 562
    assert divided.filter(is_default=True).count() == 471
    assert not divided.filter(share__isnull=False).exists()

    (commune,) = of_code(by, "2004", "00007")
    told = translate(by=by, units=[commune], start=BEFORE, end=SINCE)
    assert len(told.landings) == out[commune.pk] > 1
    assert {piece.extent for landing in told.landings for piece in landing.pieces} <= {"part", "uncertain"}
    assert {piece.share for landing in told.landings for piece in landing.pieces} == {None}


def test_every_old_commune_ended_or_went_on_and_every_new_one_has_its_links() -> None:
    communes = UnitVersion.objects.filter(level="commune")
    # Brought together here: the database has not counted yet what this transaction wrote.
    ended = set(communes.filter(valid_to=SINCE).values_list("unit_id", flat=True))
    began = set(communes.filter(valid_from=SINCE).values_list("unit_id", flat=True))
    links = set(Succession.objects.values_list("predecessor_id", "successor_id"))
    assert len(ended & {before for before, _since in links}) == 10_035 - 132
    assert len(began & {since for _before, since in links}) == 3_321 - 132
    into = Succession.objects.filter(successor__level="commune")
    assert into.count() == 10_602 - 132


def test_obligations_of_a_district_passed_to_the_province(by: Actor) -> None:
    (district,) = of_code(by, "2004", "480")

    (step,) = successors(by=by, unit=district)
    assert (step.kind, [step.successor]) == ("transfer_obligation", of_code(by, "2025", "46"))


def test_the_commission_for_external_relations_handed_its_functions_to_two(by: Actor) -> None:
    """Decided, in force and working are three days."""
    commission = Unit.objects.get(name="Ban Đối ngoại Trung ương")

    steps = successors(by=by, unit=commission)
    assert {(step.successor.name, step.kind) for step in steps} == {
        ("Bộ Ngoại giao", "transfer_function"),
        ("Đảng ủy Bộ Ngoại giao", "transfer_function"),
    }
    (act,) = [step.change for step in steps if step.successor.name == "Bộ Ngoại giao"]
    days = (act.decided_on, act.in_force_on, act.working_from)
    assert days == (date(2025, 1, 24), date(2025, 2, 3), date(2025, 3, 1))
    assert path(by=by, unit=commission, on=date(2025, 2, 2)) == [commission]
    assert path(by=by, unit=commission, on=date(2025, 2, 3)) == []


def test_the_mass_organisations_stand_under_the_front_since_01_07_2025(by: Actor) -> None:
    front = Unit.objects.get(name="Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam")
    union = Unit.objects.get(short_name="VUFO")

    below = [
        subtree(by=by, unit=front, on=on, hierarchy="front").exclude(pk=front.pk)
        for on in (BEFORE, SINCE, date(2026, 1, 5))
    ]
    assert [len(units) for units in below] == [0, 5, 6]
    assert union in below[2]


def test_central_bodies_and_provinces_are_the_tops_of_the_tree(by: Actor) -> None:
    heads = tops(by=by, on=TODAY)

    assert Counter(node.version.level for node in heads)["province"] == 34
    assert {node.version.level for node in heads} == {"province", "centre"}
    assert sum(node.children for node in heads if node.version.level == "province") == 3_321
