"""What each row of a file means, and what is told of it: places, reasons, cures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from nhipcau.interchange.incoming import bringing
from nhipcau.interchange.outgoing import intake_workbook
from nhipcau.records.foundation import files
from nhipcau.records.foundation.models import Event, Import, KnownHeading, Unit
from nhipcau.records.foundation.policies import Forbidden, NotFound
from nhipcau.records.foundation.services import imports
from nhipcau.records.organisations.models import UnitVersion
from tests import world as cast
from tests.interchange.incoming.sheets import (
    SONG_NGAN,
    UNITS,
    brought,
    counts,
    saved,
    table,
    workbook,
    written,
)

TEAM = ["Tổ Lễ tân", "cấp tỉnh"]


def previewed(world: cast.World, *rows: Sequence[Any], headings: Sequence[str] = ("Tên", "Cấp")) -> Import:
    """The preview of a file with these rows."""
    return brought(world.administrator, saved(workbook([headings, *rows])))


def reasons(taken: Import) -> list[tuple[int, str, str]]:
    """Row, column and first words of every error."""
    return [(error["row"], error["column"], error["why"]) for error in taken.shown["errors"]]


def test_an_error_names_sheet_row_column_cell_and_cure(world: cast.World) -> None:
    taken = previewed(world, ["Tổ Lễ tân", "cấp huyệnn"])
    (error,) = taken.shown["errors"]
    assert (error["sheet"], error["row"], error["column"], error["heading"]) == ("Đơn vị", 2, "B", "Cấp")
    assert error["cell"] == "cấp huyệnn"
    assert "cấp tỉnh" in error["why"]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["", "cấp tỉnh", "", ""], "A"),
        (["Tổ A", "", "", ""], "B"),
        (["Tổ A", "cấp tỉnh", "Hội không có thật", ""], "C"),
        (["Tổ A", "cấp tỉnh", "", "31/02/2026"], "D"),
        (["Tổ A", "cấp tỉnh", "", "hôm qua"], "D"),
        (["Tổ A", "cấp tỉnh", "", 45_000], "D"),
        (["Tổ A", "cấp tỉnh", SONG_NGAN, "01/01/1990"], "D"),
        (["T" * 301, "cấp tỉnh", "", ""], "A"),
    ],
)
def test_a_row_that_cannot_be_is_told_at_its_column(
    world: cast.World, row: Sequence[Any], column: str
) -> None:
    taken = previewed(world, row, headings=("Tên", "Cấp", "Đơn vị cha", "Từ ngày"))
    assert counts(taken) == (0, 0, 0, 1)
    assert reasons(taken)[0][:2] == (2, column)


def test_two_rows_of_one_record_are_not_both_written(world: cast.World) -> None:
    taken = previewed(world, TEAM, ["tổ  lễ tân", "cấp tỉnh"])
    assert counts(taken) == (1, 0, 0, 1)
    assert reasons(taken)[0][0] == 3
    assert "2" in reasons(taken)[0][2]


def test_all_or_nothing_is_what_happens_unless_the_good_rows_alone_are_asked_for(world: cast.World) -> None:
    taken = previewed(world, TEAM, ["Tổ B", "cấp huyệnn"])
    with pytest.raises(ValidationError):
        imports.confirm_import(by=world.administrator, taken=taken, title="thử")
    taken = written(world.administrator, taken, only_good=True)
    assert (taken.state, counts(taken)) == (Import.State.DONE, (1, 0, 0, 1))
    assert not Unit.objects.filter(name="Tổ B").exists()


def test_a_preview_with_nothing_to_write_cannot_be_confirmed(world: cast.World) -> None:
    written(world.administrator, previewed(world, TEAM))
    taken = previewed(world, TEAM)
    with pytest.raises(ValidationError):
        imports.confirm_import(by=world.administrator, taken=taken, title="thử", only_good=True)


def test_what_changed_since_the_preview_stops_the_whole_file(world: cast.World) -> None:
    taken = previewed(world, TEAM, ["Tổ B", "cấp tỉnh"])
    written(world.administrator, previewed(world, TEAM, headings=("tên", "cấp")))
    taken = written(world.administrator, taken)
    assert taken.state == Import.State.FAILED
    assert "2" in taken.message
    assert not Unit.objects.filter(name="Tổ B").exists()


def test_what_changed_since_the_preview_is_left_out_of_the_good_rows(world: cast.World) -> None:
    taken = previewed(world, TEAM, ["Tổ B", "cấp tỉnh"])
    written(world.administrator, previewed(world, TEAM, headings=("tên", "cấp")))
    taken = written(world.administrator, taken, only_good=True)
    assert (taken.state, counts(taken)) == (Import.State.DONE, (1, 0, 0, 1))
    assert Unit.objects.filter(name__in=["Tổ Lễ tân", "Tổ B"]).count() == 2


def test_a_unit_is_renamed_and_moved_by_its_record_id(world: cast.World) -> None:
    """The day of the change stands in the file; before it, everything is as it was."""
    taken = previewed(
        world,
        [str(world.department.public_id), "Ban Dự án", None, None, "01/10/2026", "QĐ 5"],
        headings=("Mã bản ghi", "Tên", "Cấp", "Đơn vị cha", "Có hiệu lực từ", "Căn cứ pháp lý"),
    )
    (change,) = taken.shown["changes"]
    assert (change["old"], change["new"]) == ("Ban Hợp tác tỉnh Sông Ngân", "Ban Dự án")
    written(world.administrator, taken)
    versions = UnitVersion.objects.filter(unit=world.department).order_by("valid_from")
    assert [(row.name, row.valid_from) for row in versions] == [
        ("Ban Hợp tác tỉnh Sông Ngân", cast.FOUNDED),
        ("Ban Dự án", date(2026, 10, 1)),
    ]
    renamed = Event.objects.get(verb="rename")
    assert (renamed.door, renamed.record) == ("import", world.department.public_id)


def test_a_change_before_what_stands_began_is_told(world: cast.World) -> None:
    taken = previewed(
        world,
        [str(world.department.public_id), "Ban Dự án", "01/10/2019"],
        headings=("Mã bản ghi", "Tên", "Từ ngày"),
    )
    assert reasons(taken)[0][:2] == (2, "C")


def test_a_unit_of_another_office_is_out_of_reach(world: cast.World) -> None:
    taken = previewed(world, [str(world.doi_que.public_id), "Hội ta"], headings=("Mã bản ghi", "Tên"))
    assert counts(taken) == (0, 0, 0, 1)


def test_a_record_id_that_there_is_not_is_told(world: cast.World) -> None:
    ids = ("00000000-0000-4000-8000-000000000000", "không phải mã")
    taken = previewed(world, *([one, f"Tổ {one[:3]}"] for one in ids), headings=("Mã bản ghi", "Tên"))
    assert [reason[:2] for reason in reasons(taken)] == [(2, "A"), (3, "A")]


def test_merged_cells_among_the_rows_are_errors_with_their_address(world: cast.World) -> None:
    book = workbook([["DANH SÁCH ĐƠN VỊ"], ["Tên", "Cấp"], TEAM, ["Tổ B"], ["Tổ C", "cấp tỉnh"]])
    sheet = book.worksheets[0]
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("B3:B4")
    taken = brought(world.administrator, saved(book))
    assert counts(taken) == (1, 0, 0, 2)
    assert all("B3:B4" in why for _row, _column, why in reasons(taken))
    assert "A1:B1" in taken.layout["sheets"][0]["told"][0]


def test_a_formula_without_a_counted_value_is_an_error_in_words(world: cast.World) -> None:
    taken = previewed(world, ["=A1&B1", "cấp tỉnh"])
    assert reasons(taken)[0][:2] == (2, "A")
    assert "Công thức" in reasons(taken)[0][2]


def test_a_heading_row_below_titles_is_found(world: cast.World) -> None:
    book = workbook([["UBND TỈNH"], ["Biểu số 2"], [], ["STT", "Tên đơn vị", "Cấp"], [1, *TEAM]])
    taken = bringing.bring(by=world.administrator, register=UNITS, name="a.xlsx", data=saved(book))
    (sheet,) = taken.layout["sheets"]
    assert (taken.state, sheet["heading_row"]) == (Import.State.COLUMNS, 4)
    assert bringing.proposal(world.administrator, UNITS, taken)["columns"] == {
        "stt": "",
        "ten don vi": "name",
        "cap": "level",
    }


def test_headings_that_mean_nothing_are_asked_about(world: cast.World) -> None:
    taken = previewed(world, ["x", "y"], headings=("Một", "Hai"))
    assert taken.state == Import.State.COLUMNS
    choices = {"columns": {"mot": "name", "hai": ""}, "sheets": [0]}
    with pytest.raises(ValidationError, match=r"1.*Cấp"):
        bringing.choose(by=world.administrator, register=UNITS, taken=taken, choices=choices)
    assert not KnownHeading.objects.exists()


def test_what_an_office_says_of_a_heading_is_its_own(world: cast.World) -> None:
    taken = previewed(world, TEAM, headings=("Gọi là", "Bậc"))
    choices = {"columns": {"goi la": "name", "bac": "level"}, "sheets": [0]}
    bringing.choose(by=world.administrator, register=UNITS, taken=taken, choices=choices)
    neighbour = cast.person("administrator", world.doi_que, username="quan-tri-ben")
    assert bringing.remembered_headings(world.administrator, UNITS)["bac"] == "level"
    assert bringing.remembered_headings(neighbour, UNITS) == {}


def test_sheets_that_hold_other_things_and_hidden_ones_are_left_out(world: cast.World) -> None:
    book = workbook([["Tên", "Cấp"], TEAM])
    book.create_sheet("Ghi chép").append(["lung tung", 5])
    hidden = book.create_sheet("Ẩn")
    hidden.append(["Tên", "Cấp"])
    hidden.append(["Tổ ẩn", "cấp tỉnh"])
    hidden.sheet_state = "hidden"
    taken = brought(world.administrator, saved(book))
    assert [sheet["is_chosen"] for sheet in taken.layout["sheets"]] == [True, False, False]
    assert counts(taken) == (1, 0, 0, 0)


def test_several_sheets_are_one_file(world: cast.World) -> None:
    book = workbook([["Tên", "Cấp"], TEAM], title="Một")
    second = book.create_sheet("Hai")
    for row in (["Cấp", "Tên", "Đơn vị cha"], ["cấp tỉnh", "Nhóm Trà nước", "Tổ Lễ tân"]):
        second.append(row)
    taken = written(world.administrator, brought(world.administrator, saved(book)))
    assert (taken.state, taken.new) == (Import.State.DONE, 2)


def test_who_may_not_manage_units_brings_none_in_and_sees_none(world: cast.World) -> None:
    data = saved(workbook([["Tên", "Cấp"], TEAM]))
    for by in (world.clerk, world.auditor, world.head):
        with pytest.raises(Forbidden):
            bringing.bring(by=by, register=UNITS, name="a.xlsx", data=data)
    taken = previewed(world, TEAM)
    neighbour = cast.person("administrator", world.doi_que, username="quan-tri-ben")
    for by in (world.clerk, neighbour):
        with pytest.raises(NotFound):
            imports.confirm_import(by=by, taken=taken, title="thử")
        with pytest.raises(NotFound):
            imports.drop_import(by=by, taken=taken)


def test_what_the_table_of_an_office_says_is_read_back_as_it_stands(world: cast.World) -> None:
    """Names that a spreadsheet would run as formulas, too."""
    rows = [["Tổ -1+2", "cấp tỉnh"], ["=Tổ", "cấp tỉnh"], ["@Tổ", "cấp tỉnh"], ["'Tổ", "cấp tỉnh"]]
    book = Workbook()
    sheet = book.worksheets[0]
    for row in [["Tên", "Cấp"], *rows]:
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s"
    assert written(world.administrator, brought(world.administrator, saved(book))).new == 4
    with intake_workbook(UNITS, by=world.administrator) as out:
        data = out.read()
    again = brought(world.administrator, data)
    assert counts(again) == (0, 0, len(table(data)) - 1, 0)


def test_the_outcome_is_kept_with_a_reason_for_each_row_that_was_left_out(world: cast.World) -> None:
    taken = written(world.administrator, previewed(world, TEAM, ["Tổ B", "cấp huyệnn"]), only_good=True)
    assert taken.outcome is not None
    rows = table(files.read(taken.outcome))
    assert [row[-2] for row in rows] == ["Kết quả", "mới", "lỗi"]
    assert rows[2][-1].startswith("B, Cấp: ")
