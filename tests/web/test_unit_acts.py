"""Codes, focal points, transfers, offices and undoing by form: told first, written once, refused in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nhipcau.records.foundation.models import Event, Office, Unit
from nhipcau.records.organisations import services
from nhipcau.records.organisations.models import Change, FocalPoint, Succession, UnitCode
from nhipcau.web.pages.unit_acts import ACTS
from tests import world as cast
from tests.records.organisations.building import REFORM, unit, us
from tests.web.office import Office as House
from tests.web.office import signed_in, tree, words
from tests.web.test_every_page import english, sentences, texts

SINCE = date(2021, 1, 1)
LIST = {"code_list": "Mã cơ quan", "list_version": "2026", "code": "SN-07", "on": "01/03/2026"}


@pytest.fixture
def administrator(office: House) -> Client:
    """The browser of who may change units."""
    return signed_in(office.world.administrator)


@pytest.fixture
def mine(office: House) -> Unit:
    """A unit of the office's own part of the tree, without registers."""
    return unit("Ban Thử", below=office.world.song_ngan, founded_on=SINCE)


@pytest.fixture
def other(office: House) -> Unit:
    """A second one, below the first."""
    return unit("Phòng Thử", below=office.world.song_ngan, founded_on=SINCE)


def text(answer: Any) -> str:
    return words(tree(answer).find(".//main"))


def path(of: Unit, slug: str = "") -> str:
    return reverse("unit-act", args=[of.public_id, slug]) if slug else reverse("unit", args=[of.public_id])


def sent(browser: Client, of: Unit, slug: str, data: dict[str, str]) -> Any:
    """The form filled in and confirmed."""
    assert browser.post(path(of, slug), data).status_code == 200
    return browser.post(path(of, slug), {**data, "step": "write"})


def coded(of: Unit, code: str = "SN-07", on: date = SINCE) -> UnitCode:
    """A unit with a code."""
    return services.add_code(by=us(), unit=of, code_list="Mã cơ quan", list_version="2026", code=code, on=on)


def named(of: Unit, holder: Unit, subject: str = "aid", on: date = SINCE) -> FocalPoint:
    """A unit for which another handles a subject."""
    return services.set_focal_point(by=us(), subject=subject, unit=of, holder=holder, on=on)


class TestCodes:
    """A code is list, version and code; one of each is borne by one unit a day."""

    def test_it_is_told_then_written_and_stands_on_the_page_with_its_days(
        self, administrator: Client, mine: Unit
    ) -> None:
        said = text(administrator.post(path(mine, "ma"), LIST))
        assert "Từ 01/03/2026 “Ban Thử” mang mã SN-07 của danh mục “Mã cơ quan”, phiên bản 2026" in said
        assert not UnitCode.objects.filter(unit=mine).exists()
        assert sent(administrator, mine, "ma", LIST).status_code == 302
        assert "SN-07 từ 01/03/2026" in text(administrator.get(path(mine)))

    def test_a_code_that_another_bears_is_told_beside_the_field(
        self, administrator: Client, mine: Unit, other: Unit
    ) -> None:
        coded(other)
        answer = administrator.post(path(mine, "ma"), LIST)
        (said,) = tree(answer).xpath("//p[@id='id_code_error']")
        assert answer.status_code == 422
        assert "“Phòng Thử” mang mã SN-07 của danh mục này từ 01/01/2021" in words(said)

    def test_another_version_of_the_list_is_another_code(
        self, administrator: Client, mine: Unit, other: Unit
    ) -> None:
        coded(other)
        assert sent(administrator, mine, "ma", {**LIST, "list_version": "2027"}).status_code == 302

    def test_a_code_ends_and_its_days_stay_on_the_page(self, administrator: Client, mine: Unit) -> None:
        coded(mine)
        (link,) = tree(administrator.get(path(mine))).xpath(
            "//section[@aria-labelledby='codes']//dd//a/@href"
        )
        (chosen,) = tree(administrator.get(link)).xpath("//select[@name='item']/option[@selected]/@value")
        data = {"item": chosen, "on": "01/03/2026"}
        assert "không mang mã" in text(administrator.post(path(mine, "bo-ma"), data))
        assert sent(administrator, mine, "bo-ma", data).status_code == 302
        said = text(administrator.get(path(mine)))
        assert "SN-07 01/01/2021 đến trước 01/03/2026" in said
        assert "không mang nữa mã SN-07" in said

    def test_where_there_is_no_code_the_page_says_so_and_asks_nothing(
        self, administrator: Client, mine: Unit
    ) -> None:
        answer = administrator.get(path(mine, "bo-ma"))
        assert "không mang mã nào" in text(answer)
        assert not tree(answer).xpath("//main//form")


class TestFocalPoints:
    """Who handles a subject for a unit on a day."""

    def test_one_is_named_by_form_and_the_one_before_is_told(
        self, administrator: Client, mine: Unit, other: Unit, office: House
    ) -> None:
        named(mine, office.world.department)
        data = {"item": "aid", "holder": str(other.public_id), "on": "01/03/2026"}
        said = text(administrator.post(path(mine, "dau-moi"), data))
        assert "“Phòng Thử” là đầu mối về viện trợ phi chính phủ nước ngoài của “Ban Thử”" in said
        assert f"Đến trước ngày đó đầu mối là “{office.world.department.name}”" in said
        assert sent(administrator, mine, "dau-moi", data).status_code == 302

    def test_the_day_that_is_moved_shows_who_handled_it_then(
        self, clerk: Client, mine: Unit, other: Unit, office: House
    ) -> None:
        named(mine, office.world.department)
        named(mine, other, on=date(2026, 3, 1))
        now, then = (
            words(tree(clerk.get(path(mine), {"ngay": day})).xpath("//section[@aria-labelledby='duties']")[0])
            for day in ("01/03/2026", "28/02/2026")
        )
        assert "Phòng Thử" in now
        assert office.world.department.name not in now
        assert office.world.department.name in then

    def test_where_nobody_is_named_the_page_says_what_to_do(
        self, clerk: Client, administrator: Client, mine: Unit
    ) -> None:
        assert "nhờ người quản trị" in text(clerk.get(path(mine)))
        assert "Hãy nêu đầu mối" in text(administrator.get(path(mine)))

    def test_where_nobody_is_named_who_does_for_the_unit_above_is_shown(
        self, clerk: Client, mine: Unit, office: House
    ) -> None:
        named(office.world.song_ngan, office.world.department)
        said = f"của {office.world.song_ngan.name}: {office.world.department.name}"
        assert said in text(clerk.get(path(mine)))

    def test_one_is_ended_by_form(self, administrator: Client, mine: Unit, other: Unit) -> None:
        named(mine, other)
        data = {"item": "aid", "on": "01/03/2026"}
        assert "chưa nêu đầu mối nào" in text(administrator.post(path(mine, "thoi-dau-moi"), data))
        assert sent(administrator, mine, "thoi-dau-moi", data).status_code == 302
        assert FocalPoint.objects.get(unit=mine).valid_to == date(2026, 3, 1)

    def test_the_holder_is_asked_of_the_server_as_one_types(self, administrator: Client, mine: Unit) -> None:
        (field,) = tree(administrator.get(path(mine, "dau-moi"))).xpath("//input[@name='holder_words']")
        assert field.get("data-asks") == reverse("units-choices")


class TestHandingOver:
    """Territory, functions or obligations pass, and both units live on."""

    @pytest.mark.parametrize(
        ("kind", "told"),
        [
            ("transfer_territory", "Số liệu của những ngày trước đi theo địa bàn"),
            ("transfer_function", "Địa giới của hai bên giữ nguyên"),
            ("transfer_obligation", "từ ngày đó “Phòng Thử” chịu trách nhiệm"),
        ],
    )
    def test_what_it_does_is_told_for_each_kind(
        self, administrator: Client, mine: Unit, other: Unit, kind: str, told: str
    ) -> None:
        data = {
            "kind": kind,
            "target": str(other.public_id),
            "extent": "part",
            "share": "25",
            "on": "01/03/2026",
            "legal": "5/NQ",
        }
        said = text(administrator.post(path(mine, "ban-giao"), data))
        assert "Từ 01/03/2026 “Ban Thử” chuyển giao cho “Phòng Thử”" in said
        assert told in said
        assert not Succession.objects.filter(predecessor=mine).exists()
        assert sent(administrator, mine, "ban-giao", data).status_code == 302
        row = Succession.objects.get(predecessor=mine)
        assert (row.kind, str(row.share.normalize() if row.share else "")) == (kind, "0.25")

    def test_it_rests_on_a_paper(self, administrator: Client, mine: Unit, other: Unit) -> None:
        data = {"kind": "transfer_function", "target": str(other.public_id), "extent": "part"}
        answer = administrator.post(path(mine, "ban-giao"), {**data, "on": "01/03/2026"})
        assert tree(answer).xpath("//p[@id='id_legal_error']")

    def test_a_unit_hands_nothing_to_itself(self, administrator: Client, mine: Unit) -> None:
        data = {"kind": "transfer_function", "target": str(mine.public_id), "extent": "part"}
        answer = administrator.post(path(mine, "ban-giao"), {**data, "on": "01/03/2026", "legal": "5/NQ"})
        assert answer.status_code == 422


class TestOffices:
    """A unit begins to keep registers of its own, or keeps none any more."""

    def test_the_page_shows_in_whose_registers_papers_stand(
        self, clerk: Client, mine: Unit, office: House
    ) -> None:
        said = text(clerk.get(path(mine)))
        assert f"không giữ sổ riêng văn bản vào sổ của {office.world.song_ngan.name}" in said

    def test_one_is_opened_by_form(self, administrator: Client, mine: Unit, office: House) -> None:
        data = {"on": "01/03/2026", "legal": "7/QĐ"}
        said = text(administrator.post(path(mine, "mo-so"), data))
        assert "Từ 01/03/2026 “Ban Thử” giữ sổ riêng" in said
        assert f"vẫn ở sổ của “{office.world.song_ngan.name}”" in said
        assert not Office.objects.filter(unit=mine).exists()
        assert sent(administrator, mine, "mo-so", data).status_code == 302
        assert Event.objects.filter(verb="open_office", record=mine.public_id, why="7/QĐ").count() == 1

    def test_a_day_on_which_the_unit_is_not_there_is_refused(self, administrator: Client, mine: Unit) -> None:
        answer = administrator.post(path(mine, "mo-so"), {"on": "01/03/2020"})
        assert answer.status_code == 422
        assert "không tồn tại" in text(answer)

    def test_an_open_one_is_not_opened_again(self, administrator: Client, office: House) -> None:
        answer = administrator.get(path(office.world.commune, "mo-so"))
        assert "giữ sổ riêng từ 01/01/2020" in text(answer)
        assert not tree(answer).xpath("//main//form")

    def test_closing_tells_how_many_people_are_told(self, administrator: Client, office: House) -> None:
        said = text(administrator.post(path(office.world.commune, "dong-so"), {"on": "01/03/2026"}))
        assert "vẫn đọc được những gì đã vào sổ" in said
        assert f"Văn bản mới vào sổ của “{office.world.song_ngan.name}”" in said
        assert "1 người làm việc ở đây được báo" in said

    def test_one_is_closed_by_the_administrator_of_the_office_above(
        self, administrator: Client, office: House
    ) -> None:
        assert sent(administrator, office.world.commune, "dong-so", {"on": "01/03/2026"}).status_code == 302
        said = text(administrator.get(path(office.world.commune)))
        assert "giữ sổ riêng từ 01/01/2020 đến trước 01/03/2026" in said

    def test_a_closed_one_goes_on_from_that_very_day_only(self, administrator: Client, office: House) -> None:
        commune = office.world.commune
        services.close_office(by=us(), office=commune.office, on=date(2026, 3, 1))
        later = administrator.post(path(commune, "mo-so"), {"on": "01/04/2026"})
        (said,) = tree(later).xpath("//p[@id='id_on_error']")
        assert "chỉ có thể mở tiếp từ đúng ngày đó" in words(said)
        assert sent(administrator, commune, "mo-so", {"on": "01/03/2026"}).status_code == 302
        assert Office.objects.get(unit=commune).closed_on is None

    def test_a_day_before_it_was_opened_is_told_beside_the_day(
        self, administrator: Client, office: House
    ) -> None:
        answer = administrator.post(path(office.world.commune, "dong-so"), {"on": "01/01/2019"})
        assert "ngày đóng phải sau ngày đó" in words(tree(answer).xpath("//p[@id='id_on_error']")[0])


class TestUndoing:
    """The last act is told before it is taken back, and why it cannot be where it cannot."""

    def test_what_it_takes_back_is_told_before(self, administrator: Client, mine: Unit) -> None:
        services.rename_unit(by=us(), unit=mine, on=date(2026, 3, 1), name="Ban Dự án")
        said = text(administrator.get(path(mine, "hoan-tac")))
        assert "có hiệu lực 01/03/2026" in said
        assert "Tên “Ban Dự án” từ 01/03/2026 không còn" in said
        assert "lại mang tên “Ban Thử”" in said

    def test_the_page_of_the_unit_names_the_last_act(self, administrator: Client, mine: Unit) -> None:
        coded(mine, on=date(2026, 3, 1))
        assert "Việc ghi sau cùng: mã, có hiệu lực 01/03/2026" in text(administrator.get(path(mine)))

    def test_a_later_act_on_another_unit_is_named_as_the_reason(
        self, administrator: Client, mine: Unit, other: Unit
    ) -> None:
        services.transfer(by=us(), source=mine, target=other, on=date(2026, 3, 1))
        services.rename_unit(by=us(), unit=other, on=date(2026, 4, 1), name="Phòng Khác")
        answer = administrator.get(path(mine, "hoan-tac"))
        assert "Phòng Khác, 01/04/2026. Hãy hoàn tác biến động ấy trước" in text(answer)
        assert not tree(answer).xpath("//main//form")
        assert Change.objects.filter(undone_at__isnull=False).count() == 0

    @pytest.mark.parametrize("done", ["ma", "dau-moi", "ban-giao"])
    def test_each_new_act_is_undone_by_form(
        self, administrator: Client, mine: Unit, other: Unit, done: str
    ) -> None:
        on = date(2026, 3, 1)
        acts: dict[str, Any] = {
            "ma": lambda: coded(mine, on=on),
            "dau-moi": lambda: named(mine, other, on=on),
            "ban-giao": lambda: services.transfer(by=us(), source=mine, target=other, on=on),
        }
        acts[done]()
        assert sent(administrator, mine, "hoan-tac", {"why": "ghi nhầm"}).status_code == 302
        left = (UnitCode.objects, FocalPoint.objects)
        assert [rows.filter(unit=mine).count() for rows in left] == [0, 0]
        assert not Succession.objects.filter(predecessor=mine).exists()


@pytest.mark.parametrize("slug", ACTS)
def test_every_act_is_refused_to_who_may_not_change_units(office: House, slug: str) -> None:
    """In words to a clerk; to the administrator of another office, too."""
    mine = path(office.unit, slug)
    neighbour = cast.person("administrator", office.world.doi_que, username="quan-tri-khac")
    for browser in (signed_in(office.world.clerk), signed_in(office.world.auditor), _with_factor(neighbour)):
        for answer in (browser.get(mine), browser.post(mine, {"step": "write"})):
            assert answer.status_code == 403
            assert "không" in text(answer) or "cơ quan khác" in text(answer)


def _with_factor(person: Any) -> Client:
    from tests.web.office import give_factor

    give_factor(person)
    return signed_in(person)


def test_a_unit_of_another_office_offers_no_act_and_says_why(administrator: Client, office: House) -> None:
    page = tree(administrator.get(path(office.world.doi_que)))

    assert not page.xpath(f"//main//a[contains(@href, '{office.world.doi_que.public_id}/hoan-tac')]")
    assert "cơ quan khác" in words(page.find(".//main"))


@pytest.mark.parametrize("slug", ACTS)
def test_every_form_speaks_vietnamese(administrator: Client, office: House, slug: str) -> None:
    """Empty, and with everything wrong."""
    coded(office.unit)
    named(office.unit, office.world.song_ngan)
    for answer in (
        administrator.get(path(office.unit, slug)),
        administrator.post(path(office.unit, slug), {"on": "x"}),
    ):
        shown = {" ".join(one.split()) for one in texts(tree(answer))}
        assert shown & english() == set()
        assert [one for one in sentences() if any(one in said for said in shown)] == []


def test_history_tells_codes_and_subjects_in_words(administrator: Client, mine: Unit, other: Unit) -> None:
    """No short code of the program stands in a sentence for people."""
    data = {"item": "aid", "holder": str(other.public_id), "on": "01/03/2026"}
    sent(administrator, mine, "dau-moi", data)
    said = text(administrator.get(path(mine)))

    assert "nêu đầu mối của một lĩnh vực" in said
    assert "Lĩnh vực: viện trợ phi chính phủ nước ngoài" in said
    assert "Cấp: cấp tỉnh" in said


def test_a_dissolved_district_is_where_its_communes_went(clerk: Client, office: House) -> None:
    """Its page says dissolved, not merely lost, and names the new commune."""
    district = unit("Huyện Bãi Sậy", "district")
    communes = [unit(name, "commune", district) for name in ("Xã Một", "Xã Hai")]
    services.merge_units(
        by=us(),
        units=communes,
        into=services.Facts("Xã Bãi Sậy", "commune"),
        on=REFORM,
        parent=unit("Tỉnh Lau"),
    )
    services.close_unit(by=us(), unit=district, closed_on=REFORM)
    said = text(clerk.get(path(district)))

    assert "Đơn vị giải thể ngày 01/07/2025" in said
    assert "nay ở: Xã Bãi Sậy" in said
