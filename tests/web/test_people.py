"""The people of the office: invited, given roles, unlocked, switched off; within the own reach."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from nhipcau.records.foundation.models import AccessLog, Account, Event, Grant, Invitation
from tests import world as cast
from tests.web.office import Office, acting, give_factor, signed_in, tree, words

NEW = "Rieng-cua-toi-mai-mai-2"


@pytest.fixture
def administrator(office: Office) -> Client:
    """The browser of who administers Sông Ngân."""
    return signed_in(office.world.administrator)


def given(office: Office, **changed: Any) -> dict[str, Any]:
    """The form of an invitation, filled in."""
    return {
        "display_name": "Chuyên viên mới",
        "username": "moi.den",
        "role": "officer",
        "unit": str(office.world.department.public_id),
        "valid_from": timezone.localdate().strftime("%d/%m/%Y"),
        "valid_to": "",
        **changed,
    }


def invited(administrator: Client, office: Office, **changed: Any) -> str:
    """Invite somebody; the path of the link that is shown."""
    page = tree(administrator.post("/can-bo/moi/", given(office, **changed)))
    return str(page.xpath("//input[@id='address']/@value")[0]).removeprefix("http://testserver")


class TestInvitations:
    """An account is made by who administers, and taken over by its person."""

    def test_from_the_link_to_the_desk(self, office: Office, administrator: Client) -> None:
        path = invited(administrator, office)
        browser = Client()
        page = browser.get(path)
        browser.post(path, {"new": NEW, "again": NEW})
        browser.post("/dang-nhap/", {"username": "moi.den", "password": NEW})

        assert "Chuyên viên mới" in words(tree(page))
        assert browser.get("/").status_code == 200

    def test_a_link_opens_once_and_an_invented_one_says_the_same(
        self, office: Office, administrator: Client
    ) -> None:
        path = invited(administrator, office)
        Client().post(path, {"new": NEW, "again": NEW})
        used, invented = Client().get(path), Client().get("/moi/khong-co-dau/")

        assert (used.status_code, used.content) == (404, invented.content)
        assert Client().post(path, {"new": NEW, "again": NEW}).status_code == 404

    def test_looking_at_it_uses_nothing_up_and_a_weak_password_neither(
        self, office: Office, administrator: Client
    ) -> None:
        path = invited(administrator, office)
        for sent in ({"new": "ngan", "again": "ngan"}, {"new": NEW, "again": "khác"}):
            assert Client().post(path, sent).status_code == 200

        assert Client().get(path).status_code == 200

    def test_a_link_that_is_too_old_opens_nothing(self, office: Office, administrator: Client) -> None:
        path = invited(administrator, office)
        Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

        assert Client().get(path).status_code == 404

    def test_the_link_stands_nowhere_in_the_database(self, office: Office, administrator: Client) -> None:
        token = invited(administrator, office).split("/")[2]

        assert not Invitation.objects.filter(token_digest=token).exists()
        assert not Event.objects.filter(why__contains=token).exists()

    def test_until_it_is_taken_over_no_password_opens_it(self, office: Office, administrator: Client) -> None:
        invited(administrator, office)

        assert Client().post("/dang-nhap/", {"username": "moi.den", "password": ""}).status_code == 200
        assert not Account.objects.get(username="moi.den").has_usable_password()

    def test_a_new_link_ends_the_old_one_and_the_old_password(
        self, office: Office, administrator: Client
    ) -> None:
        path = f"/can-bo/{office.person.public_id}/viec/"
        first, second = (
            str(
                tree(administrator.post(path, {"act": "link", "why": "quên"})).xpath(
                    "//input[@id='address']/@value"
                )[0]
            )
            for _turn in range(2)
        )
        Client().post(second, {"new": NEW, "again": NEW})

        assert Client().get(first).status_code == 404
        assert Client().post("/dang-nhap/", {"username": "officer", "password": NEW}).status_code == 302
        old = {"username": "officer", "password": cast.PASSWORD}
        assert Client().post("/dang-nhap/", old).status_code == 200

    @pytest.mark.parametrize(
        "changed",
        [
            {"username": "officer"},
            {"username": "Có Dấu"},
            {"display_name": ""},
            {"role": "emperor"},
            {"valid_from": "01/01/2020"},
            {"valid_from": "31/02/2027"},
            {"valid_to": "01/01/2020"},
        ],
    )
    def test_what_cannot_be_is_told_at_its_field_and_nothing_is_written(
        self, office: Office, administrator: Client, changed: dict[str, str]
    ) -> None:
        before = Account.objects.count()
        page = tree(administrator.post("/can-bo/moi/", given(office, **changed)))

        assert page.xpath("//*[@class='said'] | //*[@role='alert']")
        assert (Account.objects.count(), Grant.objects.filter(account__username="moi.den").count()) == (
            before,
            0,
        )


class TestNames:
    """A name in use is refused, and nobody tries one after another."""

    def test_a_name_is_proposed_and_after_ten_refusals_no_more_are_told(
        self, office: Office, administrator: Client
    ) -> None:
        first = tree(administrator.post("/can-bo/moi/", given(office, username="lang-gieng")))
        for _turn in range(9):
            administrator.post("/can-bo/moi/", given(office, username="lang-gieng"))
        taken, free = (
            words(tree(administrator.post("/can-bo/moi/", given(office, username=name))).find(".//main"))
            for name in ("lang-gieng", "chua-ai-co")
        )

        assert "lang-gieng.songngan" in words(first)
        assert "Chờ một giờ" in taken
        assert "Chờ một giờ" in free
        assert not Account.objects.filter(username="chua-ai-co").exists()

    def test_other_slips_are_not_counted(self, office: Office, administrator: Client) -> None:
        for _turn in range(12):
            administrator.post("/can-bo/moi/", given(office, username="chua-ai-co", valid_from="01/01/2020"))
        administrator.post("/can-bo/moi/", given(office, username="chua-ai-co"))

        assert Account.objects.filter(username="chua-ai-co").exists()


class TestReach:
    """Nobody gives more than he has."""

    @pytest.mark.parametrize("unit", ["centre", "doi_que"])
    def test_a_unit_beyond_the_own_is_no_choice(
        self, office: Office, administrator: Client, unit: str
    ) -> None:
        sent = given(office, unit=str(getattr(office.world, unit).public_id))
        administrator.post("/can-bo/moi/", sent)

        assert not Account.objects.filter(username="moi.den").exists()

    def test_nobody_gives_a_role_to_himself_or_ends_his_own(
        self, office: Office, administrator: Client
    ) -> None:
        me = office.world.administrator.account
        assert me is not None
        grant = Grant.objects.get(account=me)
        gave = administrator.post(f"/can-bo/{me.public_id}/vai-tro/", given(office, role="clerk"))
        ended = administrator.post(f"/can-bo/vai-tro/{grant.public_id}/ket-thuc/")

        assert (gave.status_code, ended.status_code) == (403, 403)
        assert Grant.objects.filter(account=me).count() == 1

    def test_a_role_is_given_and_ended_with_its_reason(self, office: Office, administrator: Client) -> None:
        person = office.person
        administrator.post(f"/can-bo/{person.public_id}/vai-tro/", given(office, role="clerk"))
        grant = Grant.objects.get(account=person, role="clerk")
        day = (grant.valid_from, grant.given_by)
        path = f"/can-bo/vai-tro/{grant.public_id}/ket-thuc/"
        same_day = administrator.post(path, {"why": "nhầm"}, follow=True)

        assert day == (timezone.localdate(), office.world.administrator.account)
        assert "sau ngày bắt đầu" in words(tree(same_day)) or "kết thúc" in words(tree(same_day))
        administrator.post(f"/can-bo/vai-tro/{office.grant.public_id}/ket-thuc/", {"why": "chuyển việc"})
        office.grant.refresh_from_db()
        assert office.grant.valid_to == timezone.localdate()
        assert Event.objects.get(verb="end", record=office.grant.public_id).why == "chuyển việc"

    def test_the_unit_is_found_as_one_types_and_only_within_the_own_reach(
        self, office: Office, administrator: Client
    ) -> None:
        """The list that the field asks for, and the field without a script, offer the same units."""
        offered = administrator.get("/don-vi/chon/", {"q": "giao luu", "trong": "quyen"})
        every = administrator.get("/don-vi/chon/", {"q": "giao luu"})
        near, far = office.world.commune.name, office.world.doi_que.name
        by_name = given(office, unit="", unit_words=near, username="go.ten")
        beyond = given(office, unit="", unit_words=far, username="go.xa")
        sent = [administrator.post("/can-bo/moi/", form) for form in (by_name, beyond)]

        assert (near in offered.content.decode(), far in offered.content.decode()) == (True, False)
        assert far in every.content.decode()
        assert Grant.objects.get(account__username="go.ten").unit == office.world.commune
        assert not Account.objects.filter(username="go.xa").exists()
        assert tree(sent[1]).xpath("//*[@class='said']")

    def test_names_that_fit_several_units_come_back_to_choose_from(
        self, office: Office, administrator: Client
    ) -> None:
        page = tree(administrator.post("/can-bo/moi/", given(office, unit="", unit_words="tinh song")))
        offered = page.xpath("//input[@type='radio'][@name='unit']/@value")

        assert {str(office.world.song_ngan.public_id), str(office.world.department.public_id)} == set(offered)

    def test_a_role_that_has_not_begun_is_taken_back_and_the_trail_keeps_it(
        self, office: Office, administrator: Client
    ) -> None:
        person = office.person
        soon = (timezone.localdate() + timedelta(days=9)).strftime("%d/%m/%Y")
        administrator.post(
            f"/can-bo/{person.public_id}/vai-tro/", given(office, role="clerk", valid_from=soon)
        )
        grant = Grant.objects.get(account=person, role="clerk")
        page = tree(administrator.get(f"/can-bo/{person.public_id}/"))
        path = f"/can-bo/vai-tro/{grant.public_id}/huy/"
        answer = administrator.post(path, {"why": "đổi kế hoạch"}, follow=True)
        event = Event.objects.get(verb="cancel", record=grant.public_id)

        assert page.xpath(f"//form[@action='{path}']//button")
        assert "trước khi bắt đầu" in words(tree(answer))
        assert not Grant.objects.filter(pk=grant.pk).exists()
        assert (event.why, event.values_kept.filter(side="old").count()) == ("đổi kế hoạch", 4)

    def test_a_role_that_has_begun_is_not_taken_back(self, office: Office, administrator: Client) -> None:
        path = f"/can-bo/vai-tro/{office.grant.public_id}/huy/"
        answer = administrator.post(path, {"why": "nhầm"}, follow=True)

        assert Grant.objects.filter(pk=office.grant.pk).exists()
        assert "đã bắt đầu" in words(tree(answer))

    def test_an_account_whose_only_role_is_taken_back_is_out_at_once(
        self, office: Office, administrator: Client
    ) -> None:
        soon = (timezone.localdate() + timedelta(days=9)).strftime("%d/%m/%Y")
        invited(administrator, office, valid_from=soon)
        grant = Grant.objects.get(account__username="moi.den")
        answer = administrator.post(f"/can-bo/vai-tro/{grant.public_id}/huy/", {"why": "thôi"})

        assert answer.headers["Location"] == "/can-bo/"
        assert "moi.den" not in words(tree(administrator.get("/can-bo/")))

    def test_people_of_other_offices_are_not_listed(self, office: Office, administrator: Client) -> None:
        shown = words(tree(administrator.get("/can-bo/")))

        assert "Vai officer" in shown
        assert "Vai cap-duoi" in shown
        assert "lang-gieng" not in shown
        assert "cap-tren" not in shown


def test_who_looks_through_the_list_is_noted_with_each_person(office: Office, administrator: Client) -> None:
    before = AccessLog.objects.count()
    page = tree(administrator.get("/can-bo/"))
    new = AccessLog.objects.order_by("id")[before:]

    assert len(new) == len(page.xpath("//table[@class='records']/tbody/tr"))
    assert {(row.act, row.account_name) for row in new} == {("list", "Vai administrator")}
    assert office.person.public_id in {row.record for row in new}


def test_a_role_that_is_held_already_is_told_at_its_field(office: Office, administrator: Client) -> None:
    form = given(office, role="officer", unit=str(office.world.department.public_id))
    page = tree(administrator.post(f"/can-bo/{office.person.public_id}/vai-tro/", form))

    assert "đã giữ vai trò này" in words(page.find(".//main"))
    assert "grant_once_a_day" not in words(page)


class TestActs:
    """What is done about an account."""

    def test_lost_factors_are_cleared_with_a_reason(self, office: Office, administrator: Client) -> None:
        give_factor(office.world.officer)
        path = f"/can-bo/{office.person.public_id}/viec/"
        administrator.post(path, {"act": "factors", "why": "mất điện thoại"})

        assert not Authenticator.objects.filter(user=office.person).exists()
        assert Event.objects.get(verb="clear_factors").why == "mất điện thoại"

    def test_without_a_reason_nothing_is_done(self, office: Office, administrator: Client) -> None:
        administrator.post(f"/can-bo/{office.person.public_id}/viec/", {"act": "off", "why": " "})
        office.person.refresh_from_db()

        assert office.person.is_active

    def test_sessions_are_ended(self, office: Office, administrator: Client) -> None:
        browser = Client()
        browser.post("/dang-nhap/", {"username": "officer", "password": cast.PASSWORD})
        path = f"/can-bo/{office.person.public_id}/viec/"
        administrator.post(path, {"act": "sessions", "why": "máy bị mất"})

        assert browser.get("/").status_code == 302

    def test_the_list_says_how_each_stands(self, office: Office, administrator: Client) -> None:
        invited(administrator, office)
        for _turn in range(5):
            Client().post("/dang-nhap/", {"username": "officer", "password": "sai"})
        shown = words(tree(administrator.get("/can-bo/")))

        assert "đã mời, chưa đến" in shown
        assert "bị khóa vì thử sai" in shown

    def test_the_list_asks_no_more_often_when_there_are_more(
        self, office: Office, administrator: Client, django_assert_max_num_queries: Any
    ) -> None:
        administrator.get("/can-bo/")
        for number in range(12):
            cast.person("officer", office.world.department, username=f"nguoi-{number}")

        with django_assert_max_num_queries(9):
            administrator.get("/can-bo/")


class TestOwnAccount:
    """What everybody does about the own account."""

    def test_a_new_password_needs_the_old_one_and_ends_other_sessions(self, office: Office) -> None:
        here, there = Client(), Client()
        for browser in (here, there):
            browser.post("/dang-nhap/", {"username": "officer", "password": cast.PASSWORD})
        here.post("/tai-khoan/mat-khau/", {"current": "sai", "new": NEW, "again": NEW})
        unchanged = there.get("/").status_code
        here.post("/tai-khoan/mat-khau/", {"current": cast.PASSWORD, "new": NEW, "again": NEW})

        assert unchanged == 200
        assert (here.get("/").status_code, there.get("/").status_code) == (200, 302)

    def test_a_former_password_is_not_taken_again(self, office: Office) -> None:
        browser = signed_in(office.world.officer)
        steps = [(cast.PASSWORD, NEW), (NEW, cast.PASSWORD)]
        for current, new in steps:
            browser.post("/tai-khoan/mat-khau/", {"current": current, "new": new, "again": new})

        assert Account.objects.get(username="officer").check_password(NEW)

    def test_one_session_is_ended_and_this_one_stays(self, office: Office) -> None:
        here, there = Client(), Client()
        for browser in (here, there):
            browser.post("/dang-nhap/", {"username": "officer", "password": cast.PASSWORD})
        page = tree(here.get("/tai-khoan/"))
        (number,) = page.xpath("//button[@name='session']/@value")
        here.post("/tai-khoan/phien/ket-thuc/", {"session": number})

        assert (here.get("/").status_code, there.get("/").status_code) == (200, 302)

    def test_nobody_ends_a_session_of_another(self, office: Office) -> None:
        other = Client()
        other.post("/dang-nhap/", {"username": "officer", "password": cast.PASSWORD})
        (number,) = office.person.usersession_set.values_list("pk", flat=True)  # type: ignore[attr-defined]
        signed_in(office.world.clerk).post("/tai-khoan/phien/ket-thuc/", {"session": str(number)})

        assert other.get("/").status_code == 200

    def test_the_last_factor_of_a_role_that_needs_one_stays(self, office: Office) -> None:
        browser = signed_in(office.world.head)
        (factor,) = Authenticator.objects.filter(user=office.world.head.account)
        path = f"/tai-khoan/xac-thuc/{factor.pk}/bo/"

        assert browser.post(path, {"current": cast.PASSWORD}).status_code == 403
        assert Authenticator.objects.filter(pk=factor.pk).exists()

    def test_a_factor_of_somebody_else_does_not_exist(self, office: Office) -> None:
        (factor,) = Authenticator.objects.filter(user=office.world.head.account)
        path = f"/tai-khoan/xac-thuc/{factor.pk}/bo/"

        assert signed_in(office.world.clerk).post(path, {"current": cast.PASSWORD}).status_code == 404

    def test_who_acts_on_factors_says_the_password_and_wrong_ones_count(self, office: Office) -> None:
        give_factor(office.world.officer)
        (factor,) = Authenticator.objects.filter(user=office.person)
        browser = signed_in(office.world.officer)
        for _turn in range(6):
            browser.post(f"/tai-khoan/xac-thuc/{factor.pk}/bo/", {"current": "sai"})

        assert Authenticator.objects.filter(pk=factor.pk).exists()
        sent = {"username": "officer", "password": cast.PASSWORD}
        assert "mở khóa" in words(tree(Client().post("/dang-nhap/", sent)))


def test_each_act_leaves_one_event_with_who_did_it(office: Office, administrator: Client) -> None:
    path = f"/can-bo/{office.person.public_id}/viec/"
    before = Event.objects.count()
    for act in ("unlock", "on", "link", "factors"):
        administrator.post(path, {"act": act, "why": "thử"})
    events = Event.objects.order_by("-id")[: Event.objects.count() - before]
    by = acting(office.world.administrator)
    assert by.account is not None

    assert sorted(event.verb for event in events) == ["clear_factors", "make_link", "set_active", "unlock"]
    assert {(event.account_name, event.why) for event in events} == {(by.account.display_name, "thử")}
