"""Bringing a file into a register, as an administrator does it on the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nhipcau.records.foundation.models import Attachment, Import, Refusal, Unit
from tests import world as cast
from tests.interchange.incoming.sheets import saved, table, workbook
from tests.web.office import Office, signed_in, tree, words

START = "/nhap-tep/units/"


@pytest.fixture
def administrator(office: Office) -> Client:
    return signed_in(office.world.administrator)


def drop(browser: Client, rows: list[list[Any]], name: str = "don-vi.xlsx") -> Any:
    file = SimpleUploadedFile(name, saved(workbook(rows)))
    return browser.post(START, {"file": file})


def newest() -> Import:
    taken = Import.objects.order_by("id").last()
    assert taken is not None
    return taken


def main(answer: Any) -> str:
    return words(tree(answer).find(".//main"))


def test_a_file_with_known_headings_goes_straight_to_its_preview(
    office: Office, administrator: Client
) -> None:
    answer = drop(administrator, [["Tên", "Cấp"], ["Tổ Lễ tân", "cấp tỉnh"]])
    taken = newest()
    assert answer.headers["Location"] == reverse("import", args=[taken.public_id])
    busy = administrator.get(answer.headers["Location"])
    assert tree(busy).xpath("//*[@hx-get]/@hx-get")
    cast.run_jobs()
    seen = administrator.get(answer.headers["Location"])
    counts = [words(item) for item in tree(seen).xpath("//ul[@class='tally']/li")]
    assert [item.split()[0][0] for item in counts] == ["1", "0", "0", "0"]


def test_what_the_preview_shows_is_written_when_it_is_confirmed(
    office: Office, administrator: Client
) -> None:
    drop(administrator, [["Tên", "Cấp"], ["Tổ Lễ tân", "cấp tỉnh"]])
    cast.run_jobs()
    assert not Unit.objects.filter(name="Tổ Lễ tân").exists()
    administrator.post(reverse("import-confirm", args=[newest().public_id]))
    cast.run_jobs()
    assert Unit.objects.filter(name="Tổ Lễ tân").exists()
    assert newest().state == Import.State.DONE


def test_unknown_headings_are_named_by_hand_and_known_the_next_time(
    office: Office, administrator: Client
) -> None:
    rows = [["Gọi là", "Bậc"], ["Tổ Lễ tân", "cấp tỉnh"]]
    answer = drop(administrator, rows)
    page = administrator.get(answer.headers["Location"])
    assert [select.get("name") for select in tree(page).xpath("//select")] == ["column-0", "column-1"]
    named = {"sheet-0": "yes", "row-0": "1", "column-0": "name", "column-1": "level"}
    administrator.post(reverse("import-columns", args=[newest().public_id]), named)
    cast.run_jobs()
    assert (newest().state, newest().new) == (Import.State.READY, 1)
    drop(administrator, rows)
    cast.run_jobs()
    assert (newest().state, newest().new) == (Import.State.READY, 1)


def test_a_needed_column_that_is_missing_is_named_with_the_row_of_headings(
    office: Office, administrator: Client
) -> None:
    drop(administrator, [["Danh sách"], ["Gọi là", "Bậc"], ["Tổ Lễ tân", "cấp tỉnh"]])
    given = {"sheet-0": "yes", "row-0": "2", "column-0": "name"}
    answer = administrator.post(reverse("import-columns", args=[newest().public_id]), given)
    notice = words(tree(answer).xpath("//*[@role='alert']")[0])
    assert "2" in notice
    assert "Cấp" in notice
    assert newest().state == Import.State.COLUMNS


def test_headings_in_another_row_are_looked_at_where_they_are_said_to_be(
    office: Office, administrator: Client
) -> None:
    drop(administrator, [["Gọi là", "Bậc"], ["Tên", "Thứ bậc"], ["Tổ Lễ tân", "cấp tỉnh"]])
    url = reverse("import-columns", args=[newest().public_id])
    administrator.post(url, {"rows": "yes", "row-0": "1"})
    (sheet,) = newest().layout["sheets"]
    assert [heading["words"] for heading in sheet["headings"]] == ["Gọi là", "Bậc"]


def test_rows_in_error_are_shown_with_their_place_and_are_written_by_nobody_in_a_hurry(
    office: Office, administrator: Client
) -> None:
    page = administrator.get(reverse("import", args=[office.taken.public_id]))
    (row,) = tree(page).xpath("//section[@id='errors']//tbody/tr")
    assert "4" in words(row)
    assert "cấp huyệnn" in words(row)
    disabled = tree(page).xpath("//button[@aria-disabled='true']")
    assert [button.get("aria-describedby") for button in disabled] == ["why"]
    administrator.post(reverse("import-confirm", args=[office.taken.public_id]))
    office.taken.refresh_from_db()
    assert office.taken.state == Import.State.READY


def test_only_the_good_rows_are_written_where_that_is_chosen(office: Office, administrator: Client) -> None:
    url = reverse("import-confirm", args=[office.taken.public_id])
    administrator.post(url, {"only_good": "yes"})
    cast.run_jobs()
    taken = Import.objects.get(pk=office.taken.pk)
    assert (taken.state, taken.new, taken.changed, taken.wrong) == (Import.State.DONE, 1, 1, 1)
    assert Unit.objects.filter(name="Ban Hợp tác và Dự án").exists()


def test_a_change_is_shown_with_what_stands_and_what_comes(office: Office, administrator: Client) -> None:
    page = administrator.get(reverse("import", args=[office.taken.public_id]))
    (row,) = tree(page).xpath("//section[@id='changes']//tbody/tr")
    assert words(row.find(".//del")) == "Ban Hợp tác tỉnh Sông Ngân"
    assert words(row.find(".//ins")) == "Ban Hợp tác và Dự án"


def test_all_rows_come_back_with_results_and_reasons(office: Office, administrator: Client) -> None:
    answer = administrator.get(reverse("import-outcome", args=[office.taken.public_id]))
    rows = table(answer.content)
    assert [len(rows), rows[0][-2:]] == [4, ["Kết quả", "Lý do"]]
    assert "cấp huyệnn" in rows[3][-1]


@pytest.mark.parametrize("state", ["ready", "columns"])
def test_a_file_that_is_left_writes_nothing_then_or_later(
    office: Office, administrator: Client, state: str
) -> None:
    Import.objects.filter(pk=office.taken.pk).update(state=state)
    administrator.post(reverse("import-leave", args=[office.taken.public_id]))
    administrator.post(reverse("import-confirm", args=[office.taken.public_id]))
    office.taken.refresh_from_db()
    assert office.taken.state == Import.State.DROPPED


def test_a_marked_cell_is_refused_with_one_line_and_nothing_else(
    office: Office, administrator: Client
) -> None:
    before = (Import.objects.count(), Attachment.objects.count(), Refusal.objects.count())
    answer = drop(administrator, [["Tên", "Cấp"], ["Tổ Lễ tân", "cấp tỉnh"], ["MẬT", "cấp tỉnh"]])
    assert "MẬT" in words(tree(answer).xpath("//*[@role='status']")[0])
    after = (Import.objects.count(), Attachment.objects.count(), Refusal.objects.count())
    assert after == (before[0], before[1], before[2] + 1)


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 broken", b"%PDF-1.4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_what_is_no_table_is_told_so(office: Office, administrator: Client, data: bytes) -> None:
    answer = administrator.post(START, {"file": SimpleUploadedFile("a.xlsx", data)})
    assert answer.status_code == 200
    assert "Tệp" in words(tree(answer).xpath("//*[@role='status']")[0])


def test_sending_no_file_is_told_so(office: Office, administrator: Client) -> None:
    answer = administrator.post(START, {})
    assert tree(answer).xpath("//*[contains(@class, 'warn')]")


def test_a_register_that_takes_no_files_is_not_there(office: Office, administrator: Client) -> None:
    assert administrator.get("/nhap-tep/documents/").status_code == 404


def test_when_the_work_is_done_the_page_is_asked_to_load_anew(office: Office, administrator: Client) -> None:
    answer = administrator.get(reverse("import-progress", args=[office.taken.public_id]))
    assert answer.headers["HX-Refresh"] == "true"


def test_the_own_table_brought_in_again_changes_nothing(office: Office, administrator: Client) -> None:
    answer = administrator.get(reverse("import-table", args=["units"]))
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    administrator.post(START, {"file": SimpleUploadedFile("don-vi.xlsx", data)})
    cast.run_jobs()
    taken = newest()
    assert taken.same == len(table(data)) - 1 > 0
    assert (taken.state, taken.new, taken.changed, taken.wrong) == (Import.State.READY, 0, 0, 0)
