"""The units of an office come in by a file."""

from __future__ import annotations

from datetime import date

import pytest

from nhipcau.records.foundation.models import Event, Import, Unit
from nhipcau.records.organisations.models import UnitVersion
from tests import world as cast
from tests.interchange.incoming.sheets import HEADINGS, SONG_NGAN, brought, counts, saved, workbook, written

DAY = date(2026, 3, 1)
ROWS: list[list[object]] = [
    ["Ban Kinh tế", "cấp tỉnh", SONG_NGAN, DAY],
    ["Tổ Thư ký", "cấp tỉnh", "Ban Kinh tế", DAY],
    ["Văn phòng", "cấp tỉnh", None, "01/03/2026"],
]


@pytest.fixture
def file() -> bytes:
    return saved(workbook([HEADINGS, *ROWS]))


def test_new_units_are_shown_and_then_founded_each_with_its_event(world: cast.World, file: bytes) -> None:
    by = world.administrator
    taken = brought(by, file)
    assert (taken.state, counts(taken)) == (Import.State.READY, (3, 0, 0, 0)), taken.shown
    before = Unit.objects.count()
    taken = written(by, taken)
    assert (taken.state, taken.message) == (Import.State.DONE, "")
    assert Unit.objects.count() == before + 3
    secretaries = UnitVersion.objects.get(name="Tổ Thư ký").unit
    assert [link.parent.name for link in secretaries.parent_links.all()] == ["Ban Kinh tế"]
    founded = Event.objects.filter(verb="found", door="import")
    assert sorted(founded.values_list("title", flat=True)) == ["Ban Kinh tế", "Tổ Thư ký", "Văn phòng"]
    whole = Event.objects.get(verb="import")
    assert (whole.record, whole.door) == (taken.public_id, "import")


def test_the_same_file_a_second_time_changes_nothing(world: cast.World, file: bytes) -> None:
    by = world.administrator
    written(by, brought(by, file))
    again = brought(by, file)
    assert counts(again) == (0, 0, 3, 0)
