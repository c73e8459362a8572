"""Tables that come in are read as a person sees them, whatever file they are in, and within bounds."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment

from nhipcau.interchange.formats.sheets.book import (
    DEFAULT,
    Beside,
    Book,
    Faulty,
    Uncounted,
    column_of,
    letter,
)
from nhipcau.interchange.formats.sheets.opening import open_book
from nhipcau.interchange.formats.xlsx import write_table
from nhipcau.reading.findings import UnreadableError
from tests.interchange.incoming.sheets import saved, workbook

NAMES = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def cells(book: Book, place: int = 0, beside: Beside | None = None) -> list[list[Any]]:
    """The values of a sheet, row by row, without places."""
    return [list(row.cells.values()) for row in book.rows(book.sheets[place], beside)]


def xlsx(rows: list[list[Any]]) -> Book:
    return open_book(saved(workbook(rows)), "a.xlsx")


def with_sheet(xml: str) -> Book:
    """A workbook whose sheet is exactly this."""
    source, out = io.BytesIO(saved(workbook([["x"]]))), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                content = f"<worksheet {NAMES}><sheetData>{xml}</sheetData></worksheet>".encode()
            new.writestr(info.filename, content)
    return open_book(out.getvalue(), "a.xlsx")


def test_values_are_what_the_spreadsheet_shows() -> None:
    rows = [["Tên", 5, 1234.5, True], [datetime(2025, 7, 1), "01/07/2025"]]  # noqa: DTZ001 (a sheet knows no zones)
    assert cells(xlsx(rows)) == [["Tên", 5, Decimal("1234.5"), True], [datetime(2025, 7, 1), "01/07/2025"]]  # noqa: DTZ001


def test_a_formula_gives_its_counted_value_or_says_that_it_has_none() -> None:
    row = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c>'
        '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D1" t="str"><f>A1&amp;""</f><v>hai</v></c></row>'
    )
    assert cells(with_sheet(row)) == [[2, Uncounted(), Faulty("#DIV/0!"), "hai"]]


def test_rows_and_cells_without_addresses_follow_each_other() -> None:
    book = with_sheet("<row><c><v>1</v></c><c><v>2</v></c></row><row r='7'/><row><c><v>3</v></c></row>")
    assert [(row.number, row.cells) for row in book.rows(book.sheets[0])] == [(1, {0: 1, 1: 2}), (8, {0: 3})]


def test_what_is_hidden_merged_and_noted_is_told() -> None:
    made = workbook([["a", "b"], ["c", "d"]])
    sheet = made.worksheets[0]
    sheet.merge_cells("A5:B6")
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet["A1"].comment = Comment("nhớ", "ai")
    book, beside = open_book(saved(made), "a.xlsx"), Beside()
    rows = list(book.rows(book.sheets[0], beside))
    assert [row.is_hidden for row in rows] == [False, True]
    assert [merged.address for merged in beside.merged] == ["A5:B6"]
    assert (beside.notes, beside.hidden_columns) == (["A1"], [1])


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Tên;Cấp\nA;1,5\n", [["Tên", "Cấp"], ["A", "1,5"]]),
        ('Tên,Cấp\n"A, B","x\ny"\n', [["Tên", "Cấp"], ["A, B", "x\ny"]]),
        ("\ufeffTên\tCấp\nA\tB", [["Tên", "Cấp"], ["A", "B"]]),
    ],
)
def test_csv_is_read_whatever_parts_its_cells(text: str, rows: list[list[str]]) -> None:
    assert cells(open_book(text.encode(), "a.csv")) == rows


def ods(table: str, styles: str = "") -> Book:
    """An ODS with one sheet."""
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    return open_book(out.getvalue(), "a.ods")


def test_ods_is_read_with_its_repeated_rows_days_notes_and_merged_cells() -> None:
    book = ods(
        '<table:table table:name="Một"><table:table-row table:number-rows-repeated="3"><table:table-cell/>'
        '</table:table-row><table:table-row table:visibility="collapse">'
        '<table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>Tên</text:p>'
        "<office:annotation><text:p>nhớ</text:p></office:annotation></table:table-cell>"
        "<table:covered-table-cell/>"
        '<table:table-cell office:value-type="date" office:date-value="2025-07-01">'
        '<text:p>1.7.25</text:p></table:table-cell><table:table-cell office:value-type="float" '
        'office:value="1234.5"/><table:table-cell table:formula="of:=1+1"/></table:table-row></table:table>'
    )
    beside = Beside()
    (row,) = book.rows(book.sheets[0], beside)
    assert (row.number, row.is_hidden) == (4, True)
    assert row.cells == {0: "Tên", 2: date(2025, 7, 1), 3: Decimal("1234.5"), 4: Uncounted()}
    assert ([one.address for one in beside.merged], beside.notes) == (["A4:B4"], ["A4"])
    assert "nhớ" in beside.texts


def test_a_hidden_sheet_of_ods_is_told() -> None:
    style = '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>'
    book = ods('<table:table table:name="Ẩn" table:style-name="ta1"/>', style)
    assert [sheet.is_hidden for sheet in book.sheets] == [True]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not_document"),
        (b"%PDF-1.7\n", "not_document"),
        (b"PK\x03\x04", "damaged"),
        (b"\x00\x01\x02\x03" * 50, "not_document"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        open_book(data, "a.xlsx")
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def test_a_file_that_unpacks_to_too_much_is_refused() -> None:
    data = saved(workbook([["a" * 30_000] for _row in range(300)]))
    with pytest.raises(UnreadableError) as refused:
        open_book(data, "a.xlsx", bounds=replace(DEFAULT, unpacked_bytes=10_000))
    assert refused.value.code == "zip_bomb"


def test_a_row_that_is_too_wide_is_named() -> None:
    book = open_book(saved(workbook([["x"], ["y"] * 9])), "a.xlsx", bounds=replace(DEFAULT, columns=8))
    with pytest.raises(UnreadableError, match="dòng 2"):
        list(book.rows(book.sheets[0]))


def test_macros_are_refused() -> None:
    out = io.BytesIO(saved(workbook([["a"]])))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(UnreadableError, match="macro"):
        open_book(out.getvalue(), "a.xlsm")


@given(st.integers(0, 20_000))
def test_columns_are_counted_as_spreadsheets_letter_them(place: int) -> None:
    assert column_of(f"{letter(place)}12") == place


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).filter(
    lambda text: text.strip() and "\r" not in text
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(TEXT | st.integers(-(10**12), 10**12) | st.dates(date(1901, 1, 1)), min_size=1, max_size=5),
        min_size=1,
        max_size=8,
    )
)
def test_what_our_own_writer_writes_is_read_back(rows: list[list[Any]]) -> None:
    """Texts but for the apostrophe that guards them, numbers and days as they were."""
    out = io.BytesIO()
    write_table(out, "Thử", ["a", "b", "c", "d", "e"], rows)
    book = open_book(out.getvalue(), "a.xlsx")
    read = cells(book)[1:]
    assert len(read) == len(rows)
    for before, after in zip(rows, read, strict=True):
        for value, got in zip(before, after, strict=True):
            if isinstance(value, date):
                assert isinstance(got, datetime)
                assert got.date() == value
            elif isinstance(value, int):
                assert got == value
            else:
                assert str(got).removeprefix("'") == value.removeprefix("'")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_break_the_door(data: bytes) -> None:
    assert read_or_refused(data) != ""


def read_or_refused(data: bytes) -> str:
    """The sentence of the refusal; "read." where all of it could be read."""
    try:
        book = open_book(data, "a.xlsx")
        for sheet in book.sheets:
            list(book.rows(sheet))
        list(book.texts())
        list(book.members())
    except UnreadableError as error:
        return str(error)
    return "read."


DAMAGE = saved(workbook([["Tên", "Cấp"], ["Tổ A", 5]]))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(DAMAGE) - 1), st.binary(min_size=1, max_size=3))
def test_a_damaged_workbook_is_read_or_refused_in_words(place: int, junk: bytes) -> None:
    data = DAMAGE[:place] + junk + DAMAGE[place + len(junk) :]
    assert read_or_refused(data).endswith((".", ")"))


def test_the_memory_for_a_sheet_does_not_grow_with_its_rows() -> None:
    """Ten times the rows take about the same memory at their height."""
    import tracemalloc

    def height(count: int) -> int:
        made = Workbook(write_only=True)
        sheet = made.create_sheet("a")
        for number in range(count):
            sheet.append([number, number * 2, "chung"])
        out = io.BytesIO()
        made.save(out)
        data = out.getvalue()
        tracemalloc.start()
        try:
            book = open_book(data, "a.xlsx")
            assert sum(1 for _row in book.rows(book.sheets[0])) == count
            return tracemalloc.get_traced_memory()[1] - len(data)
        finally:
            tracemalloc.stop()

    small, large = height(1_000), height(10_000)
    assert large < 1.5 * small + 500_000
