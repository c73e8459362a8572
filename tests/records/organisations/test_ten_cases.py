"""Ten reorganisations that happened, told to the services, and what must then be known of each day."""

from __future__ import annotations

from datetime import date

import pytest

from nhipcau.records.foundation.models import Unit
from nhipcau.records.organisations import services
from nhipcau.records.organisations.models import Succession, UnitCode
from nhipcau.records.organisations.selectors import (
    coded,
    focal_point,
    named,
    path_nodes,
    predecessors,
    subtree,
    successors,
    translate,
    versions,
)
from nhipcau.records.organisations.services import Basis, Facts, Portion
from tests.records.organisations.building import (
    CITY,
    LAST_DAY,
    LONG_AGO,
    REFORM,
    TODAY,
    across,
    lines,
    merged,
    unit,
    us,
)

pytestmark = pytest.mark.django_db


def test_1_three_boundaries_of_one_district() -> None:
    """Wards pass to the city in 2021, the district ends in 2025: who got letters in 2022 has successors."""
    by = us()
    province = unit("Tỉnh Thừa Thiên Huế")
    district = unit("Thị xã Hương Trà", "district", province)
    city = unit("Thành phố Huế", "district", province)
    stays = unit("Phường Tứ Hạ", "commune", district)
    goes = unit("Phường Hương An", "commune", district)
    to_city = date(2021, 7, 1)
    services.move_unit(by=by, unit=goes, parent=city, on=to_city)
    services.transfer(by=by, source=district, target=city, on=to_city)
    ward = services.merge_units(
        by=by,
        units=[stays, unit("Phường Hương Văn", "commune", district)],
        into=Facts("Phường Hương Trà", "commune"),
        on=REFORM,
        parent=province,
    )
    services.split_unit(
        by=by,
        unit=district,
        on=REFORM,
        into=[Portion(ward), Portion(Facts("Xã Bình Điền", "commune"))],
    )

    assert lines(goes, date(2021, 6, 30)) == [province.name, district.name, goes.name]
    assert lines(goes, to_city) == [province.name, city.name, goes.name]
    assert lines(district, REFORM) == []
    assert across(district, start=date(2022, 9, 1), end=TODAY) == {
        "Phường Hương Trà": "part",  # its own wards are in it too
        "Xã Bình Điền": "whole",
    }
    # Before 2021 it was larger: a part of it is in the city.
    older = translate(by=by, units=[district], start=date(2015, 1, 1), end=date(2022, 9, 1))
    assert {(one.unit.name, one.within) for one in older.landings} == {
        ("Thị xã Hương Trà", "whole"),
        ("Thành phố Huế", "part"),
    }


def test_1_a_dissolved_district_is_where_its_communes_went() -> None:
    """The district ends and nobody takes over from it; its nine communes became three, all of them whole."""
    by = us()
    city = unit("Thành phố Huế")
    district = unit("Thị xã Hương Trà", "district", city)
    became = {
        "Phường Hương Trà": ("Tứ Hạ", "Hương Vân", "Hương Văn"),
        "Phường Kim Trà": ("Hương Toàn", "Hương Xuân", "Hương Chữ"),
        "Xã Bình Điền": ("Hương Bình", "Bình Tiến", "Bình Thành"),
    }
    for name, olds in became.items():
        communes = [unit(f"Xã {old}", "commune", district) for old in olds]
        services.merge_units(by=by, units=communes, into=Facts(name, "commune"), on=REFORM, parent=city)
    services.transfer(
        by=by, source=district, target=city, on=REFORM, kind="transfer_obligation", extent="whole"
    )
    services.close_unit(by=by, unit=district, closed_on=REFORM)
    done = translate(by=by, units=[district], start=LAST_DAY, end=TODAY)

    assert {landing.version.name: landing.within for landing in done.landings} == dict.fromkeys(
        became, "whole"
    )
    assert {piece.extent for landing in done.landings for piece in landing.pieces} == {"part"}
    assert (done.lost, done.dissolved) == ((), (district,))
    assert done.landings[0].pieces[0].paths[0][0].in_force_on == REFORM


def test_1_a_divided_commune_of_a_dissolved_district_makes_its_part_uncertain() -> None:
    """What nobody knows of the commune nobody knows of the district; a commune that went on is a part."""
    by = us()
    province = unit("Tỉnh Đồi Quế")
    district = unit("Huyện Bến Nghé", "district", province)
    goes_on, divided = (unit(name, "commune", district) for name in ("Xã Bãi Lau", "Xã Bãi Sậy"))
    services.move_unit(by=by, unit=goes_on, parent=province, on=REFORM)
    living = [unit(name, "commune", province) for name in ("Xã Đông", "Xã Tây")]
    halves = [Portion(one, extent="uncertain", is_default=one is living[0]) for one in living]
    services.split_unit(by=by, unit=divided, into=halves, on=REFORM)
    services.close_unit(by=by, unit=district, closed_on=REFORM)
    done = translate(by=by, units=[district], start=LAST_DAY, end=TODAY)

    assert {one.version.name: one.pieces[0].extent for one in done.landings} == {
        "Xã Bãi Lau": "part",
        "Xã Tây": "uncertain",
        "Xã Đông": "uncertain",
    }


def test_1_departments_of_a_body_are_not_its_territory() -> None:
    """A department stands on the level of its body: when the body ends, nothing says where it went."""
    by = us()
    body = unit("Ban Giao lưu", "centre")
    part = unit("Vụ Dự án", "centre", body)
    services.move_unit(by=by, unit=part, parent=None, on=REFORM)
    services.close_unit(by=by, unit=body, closed_on=REFORM)
    done = translate(by=by, units=[body], start=LAST_DAY, end=TODAY)

    assert (done.landings, done.lost, done.dissolved) == ((), (body,), ())


def test_2_gia_lai_before_and_after() -> None:
    """Code 52 was Bình Định and is Gia Lai; figures of 2026 compare with both provinces of 2024."""
    by = us()
    old, coast = unit("Tỉnh Gia Lai"), unit("Tỉnh Bình Định")
    services.add_code(by=by, unit=old, code_list="provinces", list_version="2004", code="64", on=LONG_AGO)
    services.add_code(by=by, unit=coast, code_list="provinces", list_version="2004", code="52", on=LONG_AGO)
    new = merged(old, coast, into="Tỉnh Gia Lai")
    services.add_code(by=by, unit=new, code_list="provinces", list_version="2025", code="52", on=REFORM)

    assert coded(by=by, code_list="provinces", list_version="2004", on=LAST_DAY)["52"] == coast
    assert coded(by=by, code_list="provinces", list_version="2025", on=TODAY) == {"52": new}
    assert coded(by=by, code_list="provinces", list_version="2004", on=TODAY) == {}
    assert named(by=by, name="Tỉnh Gia Lai", on=LAST_DAY) == [old]
    assert named(by=by, name="Tỉnh Gia Lai", on=REFORM) == [new]
    assert across(new, start=TODAY, end=date(2024, 12, 31)) == {
        "Tỉnh Bình Định": "whole",
        "Tỉnh Gia Lai": "whole",
    }
    assert across(old, start=date(2024, 12, 31), end=TODAY) == {"Tỉnh Gia Lai": "part"}
    assert across(old, coast, start=date(2024, 12, 31), end=TODAY) == {"Tỉnh Gia Lai": "whole"}


def test_3_hue_becomes_a_city_and_loses_its_districts() -> None:
    """One unit throughout, code kept; a report on 2025 meets three structures."""
    by = us()
    hue = unit("Tỉnh Thừa Thiên Huế", type="tỉnh")
    services.add_code(by=by, unit=hue, code_list="provinces", list_version="2004", code="46", on=LONG_AGO)
    basis = Basis("Nghị quyết về thành lập thành phố", decided_on=date(2024, 11, 30))
    services.rename_unit(
        by=by, unit=hue, on=CITY, name="Thành phố Huế", type="thành phố trực thuộc trung ương", basis=basis
    )
    districts = [unit(name, "district", hue) for name in ("Huyện Phú Lộc", "Huyện A Lưới")]
    for district in districts:
        services.close_unit(by=by, unit=district, closed_on=REFORM)

    said = [(row.name, row.type, row.valid_from, row.valid_to) for row in versions(by=by, unit=hue)]
    assert said == [
        ("Tỉnh Thừa Thiên Huế", "tỉnh", LONG_AGO, CITY),
        ("Thành phố Huế", "thành phố trực thuộc trung ương", CITY, None),
    ]
    hue.refresh_from_db()
    assert hue.name == "Thành phố Huế"
    assert [row.name for row in path_nodes(by=by, unit=districts[0], on=date(2024, 12, 31))] == [
        "Tỉnh Thừa Thiên Huế",
        "Huyện Phú Lộc",
    ]
    sizes = [subtree(by=by, unit=hue, on=day).count() for day in (date(2024, 12, 31), CITY, LAST_DAY, REFORM)]
    assert sizes == [3, 3, 3, 1]
    assert coded(by=by, code_list="provinces", list_version="2004", on=TODAY) == {"46": hue}


def test_4_a_name_passes_to_another_committee() -> None:
    """The old city committee is divided, that of the whole city takes its name; others merge that day."""
    by = us()
    province = unit("Tỉnh ủy Thừa Thiên Huế", pillar="party")
    old = unit("Thành ủy Huế", "district", province)
    loc, dong = (unit(name, "district", province) for name in ("Huyện ủy Phú Lộc", "Huyện ủy Nam Đông"))
    dien = unit("Huyện ủy Phong Điền", "district", province)
    quan = [Portion(Facts(f"Quận ủy {name}", "district")) for name in ("Thuận Hóa", "Phú Xuân")]
    services.split_unit(by=by, unit=old, into=quan, on=CITY)
    services.rename_unit(by=by, unit=province, on=CITY, name="Thành ủy Huế")
    merged(dong, into=loc, on=CITY)
    services.rename_unit(by=by, unit=dien, on=CITY, name="Thị ủy Phong Điền")

    assert named(by=by, name="Thành ủy Huế", on=date(2024, 12, 31)) == [old]
    assert named(by=by, name="Thành ủy Huế", on=CITY) == [province]
    assert {row.successor.name for row in successors(by=by, unit=old)} == {
        "Quận ủy Thuận Hóa",
        "Quận ủy Phú Xuân",
    }
    assert across(dong, start=LONG_AGO, end=CITY) == {"Huyện ủy Phú Lộc": "part"}
    assert across(dien, start=LONG_AGO, end=CITY) == {"Thị ủy Phong Điền": "whole"}
    assert lines(loc, CITY)[0] == "Thành ủy Huế"


def test_5_bac_ninh_merges_and_becomes_a_city() -> None:
    """Papers of August and October 2026 differ only in the word of the type."""
    by = us()
    north, east = unit("Tỉnh Bắc Giang", type="tỉnh"), unit("Tỉnh Bắc Ninh", type="tỉnh")
    new = services.merge_units(
        by=by, units=[north, east], into=Facts("Tỉnh Bắc Ninh", "province", "tỉnh"), on=REFORM
    )
    services.add_code(by=by, unit=new, code_list="provinces", list_version="2025", code="24", on=REFORM)
    city = date(2026, 9, 20)
    services.rename_unit(by=by, unit=new, on=city, name="Thành phố Bắc Ninh", type="thành phố")

    words = {
        day.month: [row.type for row in path_nodes(by=by, unit=new, on=day)]
        for day in (date(2026, 8, 5), date(2026, 10, 5))
    }
    assert words == {8: ["tỉnh"], 10: ["thành phố"]}
    for day in (date(2026, 8, 5), date(2026, 10, 5)):
        assert coded(by=by, code_list="provinces", list_version="2025", on=day) == {"24": new}
    assert across(east, start=LAST_DAY, end=TODAY) == {"Thành phố Bắc Ninh": "part"}
    assert [row.predecessor for row in predecessors(by=by, unit=new)] == [north, east]


def test_6_a_function_crosses_from_the_party_to_the_state() -> None:
    """Decided, in force and working are three days; the boundaries of nobody move."""
    by = us()
    party = unit("Ban Giao lưu Trung ương", "centre", pillar="party")
    ministry = unit("Bộ Đối ngoại", "centre", pillar="state")
    basis = Basis("Kết luận", decided_on=date(2025, 1, 24), working_from=date(2025, 3, 1))
    day = date(2025, 2, 3)
    services.transfer(
        by=by, source=party, target=ministry, on=day, kind="transfer_function", extent="whole", basis=basis
    )
    services.close_unit(by=by, unit=party, closed_on=day, basis=basis)

    (row,) = successors(by=by, unit=party)
    days = (row.change.decided_on, row.in_force_on, row.change.working_from)
    assert days == (date(2025, 1, 24), day, date(2025, 3, 1))
    assert (row.successor, row.kind) == (ministry, Succession.Kind.FUNCTION)
    gone = translate(by=by, units=[party], start=date(2024, 1, 1), end=TODAY)
    assert (gone.landings, gone.lost) == ((), (party,))
    # The papers that it issued still name it.
    assert lines(party, date(2022, 1, 1)) == [party.name]


def test_7_two_lead_agencies_become_one_on_different_days() -> None:
    """Merged at the centre in February, in a province later; a matrix of tasks loses neither row."""
    by = us()
    centre, province = unit("Trung ương", "centre"), unit("Tỉnh ủy Đồi Quế")
    words, masses = (unit(f"Ban {what} Trung ương", "centre", centre) for what in ("Tuyên giáo", "Dân vận"))
    local = [unit(f"Ban {what} Tỉnh ủy", "province", province) for what in ("Tuyên giáo", "Dân vận")]
    one = merged(
        words, masses, into="Ban Tuyên giáo và Dân vận Trung ương", on=date(2025, 2, 3), level="centre"
    )
    there = merged(*local, into="Ban Tuyên giáo và Dân vận Tỉnh ủy", on=date(2025, 2, 20))

    between = date(2025, 2, 10)
    assert lines(one, between) == [centre.name, one.name]
    assert [lines(unit_, between) != [] for unit_ in local] == [True, True]
    assert {row.predecessor for row in predecessors(by=by, unit=one)} == {words, masses}
    assert {row.predecessor for row in predecessors(by=by, unit=there)} == set(local)
    assert across(words, masses, start=LONG_AGO, end=between) == {one.name: "whole"}


def test_8_a_divided_commune_has_no_automatic_successor() -> None:
    """It went to two new communes, nobody knows how much to each; one is proposed, a person decides."""
    by = us()
    province = unit("Tỉnh Sông Ngân")
    divided, beside = (unit(name, "commune", province) for name in ("Xã Cồn Sậy", "Xã Bến Trúc"))
    east, west = services.split_unit(
        by=by,
        unit=divided,
        on=REFORM,
        into=[
            Portion(Facts("Xã Cồn Đông", "commune"), note="thôn 1, thôn 2", is_default=True),
            Portion(beside, extent="uncertain"),
        ],
    )

    gone = translate(by=by, units=[divided], start=LAST_DAY, end=REFORM)
    assert [(one.unit, one.within, one.pieces[0].extent, one.pieces[0].share) for one in gone.landings] == [
        (west, "uncertain", "uncertain", None),
        (east, "whole", "part", None),
    ]
    assert west == beside
    assert [row.successor for row in successors(by=by, unit=divided) if row.is_default] == [east]
    assert lines(east, REFORM) == [province.name, "Xã Cồn Đông"]
    assert across(beside, start=REFORM, end=LAST_DAY) == {"Xã Bến Trúc": "whole", "Xã Cồn Sậy": "uncertain"}


def test_9_a_ward_of_the_same_name_and_a_corrected_code() -> None:
    """The new ward is another unit than the old one; an early list gave it a wrong code."""
    by = us()
    city = unit("Thành phố Huế")
    old, *others = (unit(f"Phường {name}", "commune", city) for name in ("Hương An", "An Hòa", "Hương Sơ"))
    new = services.merge_units(
        by=by, units=[old, *others], into=Facts("Phường Hương An", "commune"), on=REFORM
    )
    wrong = services.add_code(
        by=by, unit=new, code_list="communes", list_version="2025", code="20023", on=REFORM
    )
    corrected = date(2025, 8, 1)
    services.end_code(by=by, code=wrong, on=corrected)
    services.add_code(by=by, unit=new, code_list="communes", list_version="2025", code="19804", on=corrected)

    assert (old.name, old.pk != new.pk) == (new.name, True)
    assert named(by=by, name="phuong huong an", on=LAST_DAY) == [old]
    assert named(by=by, name="phuong huong an", on=REFORM) == [new]
    assert list(coded(by=by, code_list="communes", list_version="2025", on=TODAY)) == ["19804"]
    assert UnitCode.objects.filter(unit=new).count() == 2
    assert across(old, start=LAST_DAY, end=TODAY) == {"Phường Hương An": "part"}


def test_10_obligations_of_a_district_pass_to_the_province() -> None:
    """Its agreements stay signed by it; the province answers for them, and its focal point is asked."""
    by = us()
    province = unit("UBND tỉnh Đồi Quế", pillar="state")
    district = unit("UBND huyện Bến Nghé", "district", province, pillar="state")
    handles = unit("Sở Ngoại vụ tỉnh Đồi Quế", "province", province, pillar="state")
    services.set_focal_point(by=by, subject="agreements", unit=province, holder=handles, on=LONG_AGO)
    services.transfer(
        by=by, source=district, target=province, on=REFORM, kind="transfer_obligation", extent="whole"
    )
    services.close_unit(by=by, unit=district, closed_on=REFORM)

    (row,) = successors(by=by, unit=district, kinds=[Succession.Kind.OBLIGATION])
    assert row.successor == province
    point = focal_point(by=by, subject="agreements", unit=row.successor, on=TODAY)
    assert point is not None
    assert point.holder == handles
    office = unit("Văn phòng UBND tỉnh Đồi Quế", "province", province)
    services.merge_units(by=by, units=[handles], into=office, on=date(2025, 10, 13))
    assert _holder("agreements", province, date(2025, 10, 12)) == handles
    assert _holder("agreements", province, TODAY) == office


def _holder(subject: str, unit_: Unit, day: date) -> Unit | None:
    point = focal_point(by=us(), subject=subject, unit=unit_, on=day)
    return point.holder if point else None
