"""The pages of units: a day that can be moved, old names, acts told before they are written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nhipcau.records.foundation.models import Event, Unit
from nhipcau.records.organisations import services
from nhipcau.records.organisations.models import Change, UnitVersion
from nhipcau.records.organisations.services import Draft, Facts
from nhipcau.records.organisations.services.writing import write
from tests.records.organisations.building import LONG_AGO, REFORM, merged, unit, us
from tests.web.office import Office, signed_in, tree, words
from tests.web.test_every_page import english, sentences, texts

BEFORE, SINCE = "30/06/2025", "01/07/2025"
LATER = date(2021, 1, 1)
#: Bytes that one answer may have, however many units there are: 200 rows with what became of each.
MOST = 160_000


@pytest.fixture
def administrator(office: Office) -> Client:
    """The browser of who may change units."""
    return signed_in(office.world.administrator)


@pytest.fixture
def land(office: Office) -> dict[str, Unit]:
    """Two provinces and two communes that each became one on 01/07/2025."""
    north, south = unit("Tỉnh Cát Mây"), unit("Tỉnh Đá Nguồn")
    commune, other = unit("Xã Bãi Sậy", "commune"), unit("Xã Bãi Lau", "commune")
    ward = unit("Phường Bến Gỗ", "commune", south)
    new = merged(north, south, into="Tỉnh Mây Nguồn")
    joined = merged(commune, other, into="Xã Bãi Mới", level="commune")
    return {"north": north, "south": south, "commune": commune, "ward": ward, "new": new, "joined": joined}


def many(count: int, *, below: Unit | None = None, start: int = 0) -> None:
    """So many units at once, as a load would bring them."""
    draft, since = Draft(), REFORM if below else LONG_AGO
    for place in range(start, start + count):
        facts = Facts(f"Xã Thử Nghiệm {place:04}", "commune", "xã")
        made = draft.unit(facts)
        act = draft.act(Change.Kind.FOUND, made, since, None)
        draft.version(act, made, facts)
        if below is not None:
            draft.place(act, made, below, "administrative")
    write(draft)


def text(answer: Any) -> str:
    return words(tree(answer).find(".//main"))


def queries(browser: Client, path: str) -> int:
    browser.get(path)
    with CaptureQueriesContext(connection) as asked:
        browser.get(path)
    return len(asked)


def row(answer: Any, name: str) -> str:
    """The words of the row of the tree that bears this name."""
    rows = tree(answer).xpath(f"//li[contains(@class, 'twig')][a[@class='name'][.='{name}']]")
    assert rows, f"{name} does not stand in the tree"
    return words(rows[0])


def test_the_day_moves_the_tree(clerk: Client, land: dict[str, Unit]) -> None:
    before, since = (clerk.get("/don-vi/", {"ngay": day}) for day in (BEFORE, SINCE))

    assert "Tỉnh Cát Mây" in row(before, "Tỉnh Cát Mây")
    assert "Tỉnh Mây Nguồn" not in text(before)
    assert "mới từ Tỉnh Cát Mây, Tỉnh Đá Nguồn" in row(since, "Tỉnh Mây Nguồn")
    assert "kết thúc chuyển vào Tỉnh Mây Nguồn" in row(since, "Tỉnh Cát Mây")


def test_a_change_is_told_in_words_and_not_by_colour_alone(clerk: Client, land: dict[str, Unit]) -> None:
    services.rename_unit(by=us(), unit=land["new"], on=date(2025, 9, 1), name="Tỉnh Nguồn Mây")
    answer = clerk.get("/don-vi/", {"ngay": "01/09/2025"})

    assert "trước là Tỉnh Mây Nguồn" in row(answer, "Tỉnh Nguồn Mây")
    assert "1 đổi tên so với 31/08/2025" in text(answer)


def test_two_days_far_apart_can_be_compared(clerk: Client, land: dict[str, Unit]) -> None:
    answer = clerk.get("/don-vi/", {"ngay": "01/01/2026", "so": "01/01/2024"})

    assert "mới" in row(answer, "Tỉnh Mây Nguồn")


def test_a_branch_is_sent_when_it_is_opened_and_not_before(clerk: Client, land: dict[str, Unit]) -> None:
    whole = clerk.get("/don-vi/", {"ngay": SINCE})
    branch = clerk.get(f"/don-vi/{land['new'].public_id}/duoi/", {"ngay": SINCE})

    assert "Phường Bến Gỗ" not in text(whole)
    assert "Phường Bến Gỗ" in branch.content.decode()
    assert "<html" not in branch.content.decode()


def test_without_script_a_branch_is_a_page_of_its_own(clerk: Client, land: dict[str, Unit]) -> None:
    twist = tree(clerk.get("/don-vi/", {"ngay": SINCE})).xpath(
        "//li[a[@class='name'][.='Tỉnh Mây Nguồn']]/a[@class='twist']/@href"
    )[0]

    assert "Phường Bến Gỗ" in text(clerk.get(twist))


@pytest.mark.parametrize("day", ["32/13/2025", "hôm qua", "01/07/0001", "<b>", "9" * 400])
def test_what_is_no_day_is_told_and_today_is_shown(clerk: Client, day: str) -> None:
    answer = clerk.get("/don-vi/", {"ngay": day})

    assert answer.status_code == 200
    assert "không phải là ngày" in text(answer)


@pytest.mark.parametrize("query", ["cay=khong-co", "bat-dau=-5", "bat-dau=99999999999", "so=x", "tu="])
def test_an_odd_address_is_answered(clerk: Client, query: str) -> None:
    assert clerk.get(f"/don-vi/?{query}").status_code == 200


def test_an_unknown_unit_is_an_unknown_address(clerk: Client) -> None:
    """Byte for byte: in the tree, as a branch, and as a page."""
    nothing = "00000000-0000-4000-8000-000000000000"
    paths = [f"/don-vi/{nothing}/", f"/don-vi/{nothing}/duoi/", f"/don-vi/?tu={nothing}", "/khong-co/"]

    assert len({clerk.get(path).content for path in paths}) == 1
    assert clerk.get("/don-vi/?tu=x").status_code == 404


def test_no_day_sends_all_units_at_once_however_many_there_are(clerk: Client, land: dict[str, Unit]) -> None:
    many(450)
    many(450, below=land["new"], start=1000)
    paths = ["/don-vi/", f"/don-vi/{land['new'].public_id}/", f"/don-vi/{land['new'].public_id}/duoi/"]

    assert [path for path in paths if len(clerk.get(path).content) > MOST] == []
    assert "Các đơn vị tiếp theo" in text(clerk.get("/don-vi/"))


def test_every_unit_of_a_long_level_is_reached(clerk: Client, land: dict[str, Unit]) -> None:
    many(450, below=land["new"])
    path, seen = f"/don-vi/?tu={land['new'].public_id}", set[str]()
    for _page in range(5):
        root = tree(clerk.get(path))
        seen |= {str(name) for name in root.xpath("//a[@class='name']/text()")}
        further = root.xpath("//li[@class='onwards']/a/@href")
        if not further:
            break
        path = further[0]

    assert len([name for name in seen if name.startswith("Xã Thử")]) == 450


def test_the_questions_asked_do_not_grow_with_the_units(clerk: Client, land: dict[str, Unit]) -> None:
    many(3)
    many(3, below=land["new"], start=1000)
    new = land["new"].public_id
    paths = ["/don-vi/", f"/don-vi/{new}/", f"/don-vi/{new}/duoi/", "/don-vi/tim/?q=xa", "/don-vi/chon/?q=xa"]
    few = [queries(clerk, path) for path in paths]
    many(60, start=100)
    many(60, below=land["new"], start=2000)

    assert [path for path, was in zip(paths, few, strict=True) if queries(clerk, path) > was] == []


def test_an_old_name_finds_what_the_unit_is_now(clerk: Client, land: dict[str, Unit]) -> None:
    answer = clerk.get("/don-vi/tim/", {"q": "da nguon"})
    (found,) = tree(answer).xpath("//tbody/tr")

    assert "Tỉnh Đá Nguồn" in words(found)
    assert "nay là Tỉnh Mây Nguồn" in words(found)


def test_what_ended_is_not_found_on_a_later_day(clerk: Client, land: dict[str, Unit]) -> None:
    later = clerk.get("/don-vi/tim/", {"q": "bai say", "ngay": SINCE})
    earlier = clerk.get("/don-vi/tim/", {"q": "bai say", "ngay": BEFORE})

    assert "Xã Bãi Sậy" not in words(tree(later).find(".//main"))
    assert "Xã Bãi Sậy" in words(tree(earlier).find(".//main"))


def test_a_living_unit_is_found_by_a_name_it_no_longer_bears(clerk: Client, land: dict[str, Unit]) -> None:
    services.rename_unit(by=us(), unit=land["ward"], on=date(2026, 1, 1), name="Phường Bến Lim")
    answer = clerk.get("/don-vi/tim/", {"q": "ben go", "ngay": "01/02/2026"})

    assert "nay là Phường Bến Lim" in text(answer)


def test_the_search_is_turned_page_by_page_to_its_end(clerk: Client) -> None:
    many(75)
    path, seen = "/don-vi/tim/?q=thu nghiem", []
    while path:
        root = tree(clerk.get(path))
        seen += root.xpath("//tbody//th/a/text()")
        further = root.xpath("//a[@rel='next']/@href")
        path = f"/don-vi/tim/{further[0]}" if further else ""

    assert len(seen) == len(set(seen)) == 75
    assert seen == sorted(seen)


def test_a_search_without_rows_says_so_and_offers_more(clerk: Client) -> None:
    answer = clerk.get("/don-vi/tim/", {"q": "khong co ten nay", "ngay": SINCE})

    assert "Không tìm thấy" in text(answer)
    assert "mọi ngày" in text(answer)


def test_a_unit_tells_its_life_with_the_papers(clerk: Client, land: dict[str, Unit]) -> None:
    basis = services.Basis(legal="15/NQ-HĐND", decided_on=date(2025, 8, 20))
    services.rename_unit(by=us(), unit=land["new"], on=date(2025, 9, 1), name="Tỉnh Nguồn Mây", basis=basis)
    said = text(clerk.get(f"/don-vi/{land['new'].public_id}/"))

    assert "Từ Tỉnh Mây Nguồn thành Tỉnh Nguồn Mây" in said
    assert "theo 15/NQ-HĐND, ban hành ngày 20/08/2025" in said
    assert "Bắt đầu với tên Tỉnh Mây Nguồn từ Tỉnh Cát Mây (toàn bộ), Tỉnh Đá Nguồn (toàn bộ)" in said


def test_a_unit_is_told_in_the_boundaries_of_another_day(clerk: Client, land: dict[str, Unit]) -> None:
    path = f"/don-vi/{land['new'].public_id}/"
    shifted = tree(clerk.get(path, {"sang": BEFORE})).xpath("//ul[@class='shifted']/li")

    assert [words(one).split(" 01/07")[0] for one in shifted] == ["Tỉnh Cát Mây", "Tỉnh Đá Nguồn"]
    assert all("toàn bộ" in words(one) for one in shifted)


def test_on_a_day_on_which_it_is_not_there_the_page_says_who_is(clerk: Client, land: dict[str, Unit]) -> None:
    later = text(clerk.get(f"/don-vi/{land['north'].public_id}/"))
    earlier = text(clerk.get(f"/don-vi/{land['new'].public_id}/", {"ngay": BEFORE}))

    assert "Đơn vị kết thúc ngày 01/07/2025" in later
    assert "ở địa bàn này là: Tỉnh Mây Nguồn" in later
    assert "ở địa bàn này là: Tỉnh Cát Mây, Tỉnh Đá Nguồn" in earlier


def test_focal_points_stand_by_subject(clerk: Client, office: Office, land: dict[str, Unit]) -> None:
    holder = office.world.department
    services.set_focal_point(by=us(), subject="aid", unit=land["new"], holder=holder, on=date(2025, 8, 1))

    assert holder.name in text(clerk.get(f"/don-vi/{land['new'].public_id}/"))


def test_people_stand_there_for_whom_they_concern_only(
    office: Office, clerk: Client, administrator: Client
) -> None:
    path = f"/don-vi/{office.unit.public_id}/"
    other = f"/don-vi/{office.world.doi_que.public_id}/"

    assert "Người có vai trò" not in text(clerk.get(path))
    assert office.person.display_name in text(administrator.get(path))
    assert "Vai lang-gieng" not in text(administrator.get(other))


def test_who_entered_what_stands_there_for_whom_the_trail_concerns(
    clerk: Client, administrator: Client, office: Office
) -> None:
    path = f"/don-vi/{office.unit.public_id}/"
    administrator.post(
        f"{path}doi-ten/",
        {"name": "Ban Dự án", "level": "province", "on": "01/09/2026", "legal": "9/QĐ", "step": "write"},
    )
    said = text(administrator.get(path))

    assert "Vai administrator (Quản trị): đổi tên" in said
    assert "Ban Dự án" in said
    assert "Ai đã ghi gì" not in text(clerk.get(path))


def test_a_picker_finds_as_one_types(clerk: Client, land: dict[str, Unit]) -> None:
    answer = clerk.get("/don-vi/chon/", {"q": "phuong ben g"})
    (option,) = tree(answer).xpath("//li[@role='option']")

    assert option.get("data-id") == str(land["ward"].public_id)
    assert "Tỉnh Mây Nguồn" in words(option)


def found(browser: Client, **more: str) -> Any:
    """A unit founded through the form, both steps at once where ``step`` says so."""
    data = {
        "name": "Văn phòng Dự án",
        "level": "province",
        "hierarchy": "administrative",
        "on": "01/09/2026",
        "legal": "21/QĐ-HGL",
    }
    return browser.post(reverse("unit-found"), {**data, **more})


def test_what_will_happen_is_told_before_anything_is_written(administrator: Client, office: Office) -> None:
    was = (Unit.objects.count(), Change.objects.count(), Event.objects.count())
    answer = found(administrator, parent=str(office.unit.public_id))

    said = f"có đơn vị mới “Văn phòng Dự án” (cấp tỉnh), trực thuộc “{office.unit.name}”"
    assert f"Từ 01/09/2026 {said}" in text(answer)
    assert (Unit.objects.count(), Change.objects.count(), Event.objects.count()) == was


def test_who_confirms_writes_it_and_lands_on_the_unit(administrator: Client, office: Office) -> None:
    answer = found(administrator, parent=str(office.unit.public_id), step="write")
    row = Unit.objects.get(name="Văn phòng Dự án")

    assert answer.headers["Location"] == f"/don-vi/{row.public_id}/"
    assert Change.objects.get(unit=row).legal_basis == "21/QĐ-HGL"


def test_who_goes_back_finds_what_was_typed(administrator: Client, office: Office) -> None:
    answer = found(administrator, step="back")

    assert tree(answer).xpath("//input[@name='name']/@value") == ["Văn phòng Dự án"]
    assert not Unit.objects.filter(name="Văn phòng Dự án").exists()


def test_a_name_typed_without_script_is_taken_where_it_fits(administrator: Client, office: Office) -> None:
    answer = found(administrator, parent="", parent_words=office.unit.name.lower())

    assert f"trực thuộc “{office.unit.name}”" in text(answer)


def test_a_name_that_fits_several_gives_these_to_choose_from(administrator: Client) -> None:
    answer = found(administrator, parent="", parent_words="hoi giao luu")
    offered = tree(answer).xpath("//input[@type='radio'][@name='parent']")

    assert answer.status_code == 422
    assert len(offered) > 1


@pytest.mark.parametrize(
    ("more", "field", "told"),
    [
        ({"on": "32/01/2026"}, "on", "ngày"),
        ({"on": "01/01/0202"}, "on", "Năm"),
        ({"name": ""}, "name", "bắt buộc"),
        ({"legal": ""}, "legal", "bắt buộc"),
        ({"parent": "x"}, "parent", "Không có đơn vị đó"),
        ({"parent_words": "khong co ten nay"}, "parent", "Không có đơn vị nào"),
    ],
)
def test_an_error_stands_beside_its_field(
    administrator: Client, more: dict[str, str], field: str, told: str
) -> None:
    answer = found(administrator, **more)
    said = tree(answer).xpath(f"//p[@id='id_{field}_error']")

    assert answer.status_code == 422
    assert told in words(said[0])


def test_what_a_service_refuses_is_told_before_the_confirmation(
    administrator: Client, office: Office
) -> None:
    """A parent that did not exist yet on that day."""
    late = unit("Sở Mới Lập", below=office.world.song_ngan, founded_on=date(2026, 8, 1))
    answer = found(administrator, parent=str(late.public_id), on="01/02/2026")

    assert answer.status_code == 422
    assert "không tồn tại" in text(answer)


ACTS = {
    "doi-ten": ({"name": "Ban Dự án", "level": "province"}, "có tên là “Ban Dự án”"),
    "chuyen": ({"hierarchy": "emulation", "parent": "*"}, "trực thuộc"),
    "nhap": ({"into": "*"}, "nhập vào"),
    "tach": ({"name_1": "Ban Một", "name_2": "Ban Hai", "share_1": "60", "share_2": "40"}, "chia thành"),
    "ket-thuc": ({}, "không còn nữa"),
}


@pytest.mark.parametrize("slug", ACTS)
def test_each_act_is_told_then_written_then_undone(administrator: Client, office: Office, slug: str) -> None:
    """The whole way through the forms; after it the unit is as it was."""
    mine = unit("Ban Thử", below=office.world.song_ngan, founded_on=LATER)
    other = unit("Ban Khác", below=office.world.song_ngan, founded_on=LATER)
    given, sentence = ACTS[slug]
    fields = {name: str(other.public_id) if value == "*" else value for name, value in given.items()}
    data = {**fields, "on": "01/09/2026", "legal": "22/QĐ-HGL"}
    path, undo = f"/don-vi/{mine.public_id}/{slug}/", f"/don-vi/{mine.public_id}/hoan-tac/"
    was = list(UnitVersion.objects.filter(unit=mine).values_list("name", "valid_from", "valid_to"))

    assert administrator.get(path).status_code == 200
    assert sentence in text(administrator.post(path, data))
    assert administrator.post(path, {**data, "step": "write"}).status_code == 302
    assert Change.objects.filter(legal_basis="22/QĐ-HGL", undone_at=None).count() == 1
    assert "được rút lại" in text(administrator.post(undo, {"why": "ghi nhầm"}))
    assert administrator.post(undo, {"why": "ghi nhầm", "step": "write"}).status_code == 302
    assert list(UnitVersion.objects.filter(unit=mine).values_list("name", "valid_from", "valid_to")) == was


def test_a_merger_names_one_successor(administrator: Client, office: Office) -> None:
    path = f"/don-vi/{office.unit.public_id}/nhap/"
    answer = administrator.post(path, {"on": "01/09/2026", "legal": "22/QĐ-HGL"})

    assert "chỉ một trong hai" in text(answer)


def test_another_office_s_unit_is_seen_and_not_changed(administrator: Client, office: Office) -> None:
    foreign = office.world.doi_que.public_id
    answer = administrator.get(f"/don-vi/{foreign}/doi-ten/")

    assert administrator.get(f"/don-vi/{foreign}/").status_code == 200
    assert answer.status_code == 403
    assert "cơ quan khác" in text(answer)


def test_an_act_that_there_is_not_is_an_unknown_address(administrator: Client, office: Office) -> None:
    assert administrator.get(f"/don-vi/{office.unit.public_id}/lam-phep/").status_code == 404


LONG = "Liên hiệp các tổ chức hữu nghị và hợp tác quốc tế về giao lưu nhân dân " * 4


def test_a_long_name_is_shown_whole(clerk: Client, office: Office) -> None:
    named = unit(LONG.strip(), below=office.world.song_ngan, founded_on=LATER)

    assert LONG.strip() in text(clerk.get(f"/don-vi/{named.public_id}/"))
    assert LONG.strip() in text(clerk.get(f"/don-vi/?tu={office.world.song_ngan.public_id}"))


def test_what_people_typed_runs_nowhere(clerk: Client, administrator: Client, office: Office) -> None:
    bad = '"><script>alert(1)</script>'
    named = unit(f"Ban {bad}", below=office.world.song_ngan, founded_on=LATER)
    pages = [
        clerk.get(f"/don-vi/{named.public_id}/"),
        clerk.get("/don-vi/tim/", {"q": bad}),
        clerk.get("/don-vi/", {"ngay": bad, "so": bad}),
        clerk.get("/don-vi/chon/", {"q": "ban"}),
        administrator.post(f"/don-vi/{named.public_id}/doi-ten/", {"name": bad, "legal": bad}),
    ]

    assert [one for one in pages if b"<script>alert" in one.content] == []


def test_every_page_speaks_vietnamese(
    clerk: Client, administrator: Client, office: Office, land: dict[str, Unit]
) -> None:
    pages = [
        clerk.get("/don-vi/", {"ngay": SINCE}),
        clerk.get("/don-vi/", {"ngay": "x", "cay": "emulation"}),
        clerk.get("/don-vi/tim/", {"q": "nguon"}),
        clerk.get("/don-vi/tim/", {"q": "khong co", "ngay": SINCE}),
        clerk.get(f"/don-vi/{land['new'].public_id}/", {"ngay": BEFORE, "sang": "x"}),
        administrator.get(f"/don-vi/{land['new'].public_id}/"),
        *(administrator.get(f"/don-vi/{office.unit.public_id}/{slug}/") for slug in (*ACTS, "hoan-tac")),
        found(administrator),
        found(administrator, parent_words="hoi giao luu"),
    ]
    for answer in pages:
        shown = {" ".join(one.split()) for one in texts(tree(answer))}
        assert shown & english() == set()
        assert not [one for one in sentences() if any(one in said for said in shown)]


def test_the_reform_is_one_of_the_quick_days(clerk: Client) -> None:
    here = tree(clerk.get("/don-vi/", {"ngay": f"{REFORM:%d/%m/%Y}"})).xpath("//a[@aria-current='date']")

    assert [words(one) for one in here] == [SINCE]
