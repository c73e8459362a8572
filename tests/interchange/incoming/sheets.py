"""Makes the files that these tests bring in, and walks one through the door, the preview and the writing."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

from nhipcau.interchange.incoming import bringing, work
from nhipcau.records.foundation import jobs
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Import
from nhipcau.records.foundation.register import Register
from nhipcau.records.foundation.services import imports
from nhipcau.records.organisations.register import REGISTER as UNITS
from tests import world as cast

HEADINGS = ("Tên", "Cấp", "Đơn vị cha", "Có hiệu lực từ")
SONG_NGAN = "Hội Giao lưu Nhân dân tỉnh Sông Ngân"

__all__ = ["HEADINGS", "SONG_NGAN", "UNITS", "brought", "saved", "table", "work", "workbook", "written"]


def workbook(rows: Iterable[Sequence[Any]], *, title: str = "Đơn vị") -> Workbook:
    """A workbook of one sheet."""
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return made


def saved(made: Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def table(data: bytes) -> list[list[Any]]:
    """The rows of the first sheet of a file that the product wrote."""
    return [list(row) for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True)]


def brought(by: Actor, data: bytes, *, name: str = "don-vi.xlsx", register: Register = UNITS) -> Import:
    """A file at the door, looked at, and previewed where its headings are known."""
    taken = bringing.bring(by=by, register=register, name=name, data=data)
    return after_jobs(taken)


def written(by: Actor, taken: Import, *, only_good: bool = False) -> Import:
    """What became of a file that was confirmed."""
    imports.confirm_import(by=by, taken=taken, title="thử", only_good=only_good)
    return after_jobs(taken)


def after_jobs(taken: Import) -> Import:
    """The import when every job that waited is done."""
    cast.run_jobs()
    taken.refresh_from_db()
    return taken


def counts(taken: Import) -> tuple[int, int, int, int]:
    """New, changed, unchanged, in error."""
    return taken.new, taken.changed, taken.same, taken.wrong


assert jobs._work.keys() >= {imports.CHECK, imports.WRITE}
