"""Exported tables."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from nhipcau.interchange.formats.xlsx import guarded, write_table


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "\t=x"])
def test_a_cell_that_begins_like_a_formula_is_shown_and_never_run(text: str) -> None:
    assert guarded(text) == f"'{text}"


def test_days_numbers_and_words_come_back_as_they_went() -> None:
    """A day is a day of the sheet, a number a number, and odd control letters do not break the file."""
    out = BytesIO()
    write_table(
        out, "Văn bản: đến/đi", ["Số", "Ngày", "Trích yếu"], [[7, date(2026, 1, 12), "Về\x0b giao lưu"]]
    )
    sheet = load_workbook(BytesIO(out.getvalue())).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))

    assert rows[0] == ("Số", "Ngày", "Trích yếu")
    assert (rows[1][0], rows[1][2]) == (7, "Về  giao lưu")
    assert str(rows[1][1])[:10] == "2026-01-12"


def test_a_sheet_name_holds_no_letter_that_a_spreadsheet_refuses() -> None:
    out = BytesIO()
    write_table(out, "a[b]:c*d?e/f\\g" + "x" * 40, ["Số"], [])
    name = load_workbook(BytesIO(out.getvalue())).sheetnames[0]

    assert len(name) <= 31
    assert not set(name) & set("[]:*?/\\")
