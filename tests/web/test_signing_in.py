"""Signing in: the second factor, locks after failed attempts, what is due first, and the idle lock."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils import timezone

from nhipcau.records.foundation import services
from nhipcau.records.foundation.attempts import lock_of
from nhipcau.records.foundation.models import Account, Attempt, Event
from nhipcau.web.signing.idle import HELD, SEEN
from tests import world as cast
from tests.web.office import Office, acting, give_factor, signed_in, tree, words

SIGN_IN = "/dang-nhap/"
CODE = "/dang-nhap/ma/"


def enter(browser: Client, username: str, password: str = cast.PASSWORD) -> Any:
    return browser.post(SIGN_IN, {"username": username, "password": password})


def code_of(secret: str, *, step: int = 0) -> str:
    """The code that a telephone shows now, or some steps away."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step)))


def alert(answer: Any) -> str:
    """What the page says went wrong."""
    return words(tree(answer).xpath("//*[@role='alert' or contains(@class, 'notice')]")[0])


@pytest.fixture
def secret(office: Office) -> str:
    """The clerk's telephone."""
    return give_factor(office.world.clerk)


class TestSecondFactor:
    """Who has one is asked for it."""

    def test_the_password_alone_opens_nothing(self, office: Office, secret: str) -> None:
        browser = Client()
        answer = enter(browser, "clerk")

        assert answer.headers["Location"] == CODE
        assert browser.get("/").headers["Location"].startswith(SIGN_IN)

    def test_the_code_opens_and_a_used_one_does_not_open_again(self, office: Office, secret: str) -> None:
        code = code_of(secret)
        first, second = Client(), Client()
        enter(first, "clerk")
        enter(second, "clerk")

        assert first.post(CODE, {"code": code}).headers["Location"] == "/"
        assert first.get("/").status_code == 200
        assert second.post(CODE, {"code": code}).status_code == 200
        assert second.get("/").status_code == 302

    def test_a_recovery_code_opens_once(self, office: Office, secret: str) -> None:
        code = RecoveryCodes.activate(_account("clerk")).get_unused_codes()[0]
        for browser, status in ((Client(), 302), (Client(), 200)):
            enter(browser, "clerk")
            assert browser.post(CODE, {"code": code}).status_code == status

    def test_wrong_codes_lock_the_name_like_wrong_passwords(self, office: Office, secret: str) -> None:
        browser = Client()
        enter(browser, "clerk")
        for _turn in range(4):
            assert browser.post(CODE, {"code": "000000"}).status_code == 200

        assert browser.post(CODE, {"code": "000000"}).headers["Location"] == SIGN_IN
        assert "mở khóa" in alert(enter(Client(), "clerk"))

    def test_secrets_do_not_stand_in_the_database_as_they_are(self, office: Office, secret: str) -> None:
        kept = _account("clerk").authenticator_set.get(type="totp").data["secret"]

        assert secret not in kept

    def test_under_another_key_of_the_house_no_code_opens_and_nothing_breaks(
        self, office: Office, secret: str
    ) -> None:
        with override_settings(SECRET_KEY="mot-khoa-khac" * 4, SECRET_KEY_FALLBACKS=[]):
            again = Client()
            enter(again, "clerk")
            assert again.post(CODE, {"code": code_of(secret)}).status_code == 200

    def test_one_may_turn_back_and_sign_in_as_somebody_else(self, office: Office, secret: str) -> None:
        browser = Client()
        enter(browser, "clerk")
        browser.post("/dang-xuat/")

        assert browser.get(SIGN_IN).status_code == 200


class TestWhatIsDueFirst:
    """Roles that approve or administer need a second factor; a password given by another is replaced."""

    @pytest.mark.parametrize(
        ("role", "is_asked"), [("head", True), ("administrator", True), ("officer", False)]
    )
    def test_such_a_role_leads_to_binding_a_factor_and_nowhere_else(
        self, office: Office, role: str, is_asked: bool
    ) -> None:
        new = cast.person(role, office.world.song_ngan, username="moi-den")
        browser = signed_in(new)
        for path in ("/", "/viec-nen/", "/van-ban/"):
            answer = browser.get(path)
            assert (answer.headers.get("Location") == "/tai-khoan/xac-thuc/") is is_asked
        assert browser.get("/tai-khoan/xac-thuc/").status_code == 200

    def test_a_demo_offers_it_and_does_not_ask(self, office: Office) -> None:
        new = cast.person("head", office.world.song_ngan, username="moi-den")
        with override_settings(NHIPCAU_SECOND_FACTOR_ASKED=False):
            assert signed_in(new).get("/").status_code == 200

    def test_a_given_password_is_replaced_before_anything_else(self, office: Office) -> None:
        browser, account = Client(), _account("officer")
        by = acting(office.world.administrator)
        services.change_password(by=by, account=account, password="Tam-thoi-cho-hom-nay-1")
        enter(browser, "officer", "Tam-thoi-cho-hom-nay-1")
        before = browser.get("/").headers["Location"]
        given = {"current": "Tam-thoi-cho-hom-nay-1", "new": "Rieng-cua-toi-mai-mai-2"}
        browser.post("/tai-khoan/mat-khau/", {**given, "again": given["new"]})

        assert before == "/tai-khoan/mat-khau/"
        assert browser.get("/").status_code == 200

    def test_an_administrator_s_old_password_is_replaced_an_officer_s_is_not(self, office: Office) -> None:
        long_ago = timezone.now() - timedelta(days=70)
        Account.objects.update(password_changed_at=long_ago)

        assert signed_in(office.world.administrator).get("/").headers["Location"] == "/tai-khoan/mat-khau/"
        assert signed_in(office.world.officer).get("/").status_code == 200


class TestLocks:
    """After five failed attempts a name is locked; time, an administrator or a link open it."""

    @pytest.mark.parametrize("username", ["officer", "khong-co-ai"])
    def test_a_locked_name_says_the_same_whether_or_not_anybody_has_it(
        self, office: Office, username: str
    ) -> None:
        said = [alert(enter(Client(), username, "sai")) for _turn in range(6)]

        assert len(set(said[:4])) == 1
        assert said[4] == said[5]
        assert "mở khóa" in said[4]

    def test_the_right_password_does_not_open_a_lock(self, office: Office) -> None:
        _fail("officer")

        assert enter(Client(), "officer").status_code == 200

    def test_a_success_begins_the_count_anew(self, office: Office) -> None:
        for _round in range(3):
            for _turn in range(4):
                enter(Client(), "officer", "sai")
            assert enter(Client(), "officer").status_code == 302

    def test_time_opens_it(self, office: Office) -> None:
        _fail("officer")
        hours = [lock_of("officer", now=timezone.now() + timedelta(hours=after)) for after in (11, 13)]

        assert hours[0] is not None
        assert hours[1] is None

    def test_an_administrator_opens_it_with_a_reason(self, office: Office) -> None:
        _fail("officer")
        browser = signed_in(office.world.administrator)
        path = f"/can-bo/{office.person.public_id}/viec/"
        browser.post(path, {"act": "unlock", "why": ""})
        still = enter(Client(), "officer").status_code
        browser.post(path, {"act": "unlock", "why": "gõ nhầm bàn phím"})

        assert (still, enter(Client(), "officer").status_code) == (200, 302)
        assert Event.objects.filter(verb="unlock", record=office.person.public_id).count() == 1

    def test_a_lock_writes_one_event_and_keeps_no_typed_name(self, office: Office) -> None:
        for _turn in range(6):
            enter(Client(), "officer", "sai")
        enter(Client(), "mat-khau-go-nham", "x")

        assert Event.objects.filter(verb="lock", record=office.person.public_id).count() == 1
        assert not Attempt.objects.filter(name_key__contains="mat-khau").exists()


class TestWhoComesIn:
    """The right password is not all."""

    def test_an_account_ends_with_its_last_role(self, office: Office) -> None:
        browser = Client()
        enter(browser, "officer")
        by = acting(office.world.administrator)
        services.end_grant(by=by, grant=office.grant, valid_to=by.on, why="chuyển việc")

        assert browser.get("/").headers["Location"].startswith(SIGN_IN)
        assert "vai trò" in alert(enter(Client(), "officer"))

    def test_an_account_that_nobody_used_for_45_days_is_off_until_it_is_switched_on(
        self, office: Office
    ) -> None:
        day = timezone.now() - timedelta(days=46)
        Account.objects.filter(username="officer").update(last_login=day, active_since=day)
        before = enter(Client(), "officer").status_code
        by = acting(office.world.administrator)
        services.set_active(by=by, account=office.person, is_active=True, why="đi công tác về")

        assert (before, enter(Client(), "officer").status_code) == (200, 302)

    def test_an_account_that_is_switched_off_stays_outside_at_once(self, office: Office) -> None:
        browser = Client()
        enter(browser, "officer")
        path = f"/can-bo/{office.person.public_id}/viec/"
        signed_in(office.world.administrator).post(path, {"act": "off", "why": "nghỉ việc"})

        assert browser.get("/").status_code == 302
        assert enter(Client(), "officer").status_code == 200

    def test_every_attempt_is_kept_with_its_way_and_address(self, office: Office) -> None:
        enter(Client(), "officer", "sai")
        enter(Client(), "officer")
        kept = list(Attempt.objects.filter(account=office.person).order_by("id"))[-2:]

        assert [(one.outcome, one.way, one.address) for one in kept] == [
            ("failed", "password", "127.0.0.1"),
            ("passed", "password", "127.0.0.1"),
        ]
        assert UserSession.objects.filter(user=office.person).count() == 1

    def test_who_is_switched_off_is_out_at_once(self, office: Office) -> None:
        """By whichever door: ending the sessions is the service's own step."""
        browser = Client()
        enter(browser, "officer")
        by = acting(office.world.administrator)
        services.set_active(by=by, account=office.person, is_active=False, why="nghỉ việc")

        assert not UserSession.objects.filter(user=office.person).exists()
        assert browser.get("/").status_code == 302


class TestIdle:
    """Who does nothing is locked out, and finds everything again."""

    @pytest.mark.parametrize(
        ("person", "minutes", "status"),
        [("clerk", 14, 200), ("clerk", 16, 302), ("administrator", 4, 200), ("administrator", 6, 302)],
    )
    def test_the_rule_says_after_how_many_minutes(
        self, office: Office, person: str, minutes: int, status: int
    ) -> None:
        browser = still_for(signed_in(getattr(office.world, person)), minutes)

        assert browser.get("/viec-nen/").status_code == status

    def test_after_signing_in_again_one_is_where_one_was(self, office: Office) -> None:
        browser = still_for(signed_in(office.world.clerk), 20)
        wanted = f"/van-ban/{office.directive.public_id}/"
        asked = tree(browser.get(wanted, follow=True))

        assert asked.xpath("//input[@name='next']/@value") == [wanted]

    def test_what_was_sent_too_late_can_be_sent_after_all(self, office: Office) -> None:
        browser = still_for(signed_in(office.world.clerk), 20)
        path = f"/van-ban/{office.directive.public_id}/huy/"
        browser.post(path, {"why": "ghi trùng hai lần"})
        back = enter_again(browser, "clerk")
        form = tree(browser.get(back)).xpath(f"//form[@action='{path}']")[0]

        assert back == "/dang-nhap/giu-lai/"
        assert dict(form.form_values())["why"] == "ghi trùng hai lần"
        office.directive.refresh_from_db()
        assert office.directive.state == "registered"

    def test_somebody_else_does_not_find_what_was_typed(self, office: Office) -> None:
        browser = still_for(signed_in(office.world.clerk), 20)
        browser.post(f"/van-ban/{office.directive.public_id}/huy/", {"why": "việc riêng"})
        enter(browser, "officer")

        assert browser.get("/dang-nhap/giu-lai/").status_code == 302
        assert HELD not in browser.session

    def test_no_password_and_no_code_is_kept(self, office: Office) -> None:
        browser = still_for(signed_in(office.world.clerk), 20)
        browser.post("/tai-khoan/mat-khau/", {"current": cast.PASSWORD, "new": "Bi-mat-khac-123456"})

        assert HELD not in browser.session

    def test_a_draft_returns_into_its_page_once(self, office: Office) -> None:
        browser = signed_in(office.world.clerk)
        browser.post(
            "/tai-khoan/phien/khoa/",
            {"path": "/van-ban/phieu-mat/", "name": ["number"], "value": ["09-CV/HĐGL"]},
        )
        locked = browser.get("/van-ban/phieu-mat/").status_code
        enter(browser, "clerk")
        seen = [browser.get("/van-ban/phieu-mat/").content.decode().count("09-CV/HĐGL") for _turn in range(2)]

        assert locked == 302
        assert seen == [1, 0]

    def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(self, office: Office) -> None:
        """A list of jobs left open over night does not."""
        browser = still_for(signed_in(office.world.clerk), 10)
        browser.get("/viec-nen/", headers={"hx-request": "true", "x-asks-itself": "yes"})
        asked = browser.session[SEEN]
        browser.post("/tai-khoan/phien/con-day/")

        assert time.time() - asked > 9 * 60
        assert time.time() - browser.session[SEEN] < 60

    def test_a_part_of_a_page_leads_the_whole_page_away(self, office: Office) -> None:
        browser = still_for(signed_in(office.world.clerk), 20)
        headers = {"hx-request": "true", "hx-current-url": "http://testserver/viec-nen/"}
        answer = browser.get("/viec-nen/", headers=headers)

        assert answer.headers["HX-Redirect"] == "/dang-nhap/?next=/viec-nen/"


def test_more_attempts_than_people_make_are_held_up(office: Office) -> None:
    """Per address, and far above what an office of hundreds needs in a minute."""
    cache.clear()
    with override_settings(ACCOUNT_RATE_LIMITS={"login": "3/m/ip"}):
        statuses = [enter(Client(), f"x{turn}", "y").status_code for turn in range(4)]
    cache.clear()

    assert statuses == [200, 200, 200, 429]


def still_for(browser: Client, minutes: int) -> Client:
    """Let the browser have done nothing for so long."""
    session = browser.session
    session[SEEN] = time.time() - minutes * 60
    session.save()
    return browser


def enter_again(browser: Client, username: str) -> str:
    """Sign in after the lock; where that leads."""
    given = {"username": username, "password": cast.PASSWORD, "next": "/dang-nhap/giu-lai/"}
    return str(browser.post(SIGN_IN, given).headers["Location"])


def _account(username: str) -> Any:
    return Account.objects.get(username=username)


def _fail(username: str) -> None:
    for _turn in range(5):
        enter(Client(), username, "sai")
