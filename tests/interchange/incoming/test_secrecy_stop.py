"""A mark anywhere in a file refuses it before anything is kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from nhipcau.interchange.incoming import bringing
from nhipcau.interchange.incoming.looking import look
from nhipcau.reading.findings import MarkedError
from nhipcau.records.foundation.models import Attachment, Event, Import, Refusal
from tests import world as cast
from tests.interchange.incoming.sheets import UNITS, saved, workbook

ROWS = [["Tên", "Cấp"], ["Ban Bảo mật thông tin", "cấp tỉnh"], ["Tổ Mật ong", "cấp tỉnh"]]


def cell(book: Workbook, sheet: Worksheet) -> None:
    sheet["B900"] = "TỐI MẬT"


def small_letters(book: Workbook, sheet: Worksheet) -> None:
    sheet["C2"] = "Mật"


def line_in_a_cell(book: Workbook, sheet: Worksheet) -> None:
    sheet["A4"] = "Ban Cơ yếu\nTUYỆT MẬT\nsố 5"


def note(book: Workbook, sheet: Worksheet) -> None:
    sheet["A2"].comment = Comment("Tối mật", "ai")


def sheet_name(book: Workbook, sheet: Worksheet) -> None:
    sheet.title = "Danh sách (MẬT)"


def other_sheet(book: Workbook, sheet: Worksheet) -> None:
    hidden = book.create_sheet("Ẩn")
    hidden.sheet_state = "veryHidden"
    hidden["D7"] = "MẬT"


def property_of_the_file(book: Workbook, sheet: Worksheet) -> None:
    book.properties.keywords = "Tối mật"


def header(book: Workbook, sheet: Worksheet) -> None:
    assert sheet.oddHeader is not None
    sheet.oddHeader.center.text = "MẬT"


def field(book: Workbook, sheet: Worksheet) -> None:
    sheet["A9"] = "Độ mật: Tối mật"


@pytest.mark.parametrize(
    "mark",
    [
        cell, small_letters, line_in_a_cell, note, sheet_name, other_sheet, property_of_the_file, header,
        field,
    ],
    ids=lambda one: one.__name__,
)  # fmt: skip
def test_a_mark_is_found_wherever_it_stands(mark: Callable[[Workbook, Worksheet], None]) -> None:
    book = workbook(ROWS)
    mark(book, book.worksheets[0])
    with pytest.raises(MarkedError):
        look("don-vi.xlsx", saved(book))


def test_words_that_only_sound_like_a_mark_do_not_stop_a_file() -> None:
    assert look("don-vi-bao-mat.xlsx", saved(workbook(ROWS))).unseen == []


def test_the_name_of_a_file_is_looked_at_before_it_is_opened() -> None:
    with pytest.raises(MarkedError):
        look("Danh sach don vi (MAT).xlsx", b"no table at all")


@pytest.mark.parametrize("data", ["Tên;Cấp\nTổ A;MẬT\n", 'Tên,Cấp\n"Tối mật",cấp tỉnh\n'])
def test_a_mark_is_found_in_csv(data: str) -> None:
    with pytest.raises(MarkedError):
        look("a.csv", data.encode())


def test_a_picture_that_nobody_can_read_is_asked_about(world: cast.World) -> None:
    data = with_member(saved(workbook(ROWS)), "xl/media/image1.emf", b"\x01\x00\x00\x00 EMF")
    with pytest.raises(bringing.UnseenError) as asked:
        bringing.bring(by=world.administrator, register=UNITS, name="a.xlsx", data=data)
    assert asked.value.names == ("image1.emf",)
    taken = bringing.bring(
        by=world.administrator, register=UNITS, name="a.xlsx", data=data, confirmed_unmarked=True
    )
    assert taken.attachment.size == len(data)


@pytest.mark.django_db(transaction=True)
def test_of_a_refused_file_one_line_is_kept_and_nothing_else() -> None:
    by = cast.build().administrator
    before = Event.objects.count()
    with pytest.raises(MarkedError):
        bringing.bring(by=by, register=UNITS, name="a.xlsx", data=saved(workbook([["MẬT"]])))
    assert [row.mark for row in Refusal.objects.all()] == ["mật"]
    assert not Import.objects.exists()
    assert not Attachment.objects.exists()
    assert Event.objects.count() == before


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """A package with one part more."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(name, content)
    return out.getvalue()
