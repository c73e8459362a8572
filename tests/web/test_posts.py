"""Who works in several units: one at a time, chosen, always told, and over at once when the role ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nhipcau.records.documents.models import Paper
from nhipcau.records.foundation import services
from nhipcau.records.foundation.actors import system
from nhipcau.records.foundation.models import Account, Grant, Unit
from tests.web.office import Office, acting, signed_in, tree, words

PATH = "/tai-khoan/noi-lam-viec/"


def also(office: Office, role: str, unit: Unit) -> Grant:
    """Another role for the clerk of Sông Ngân, who holds that one longest."""
    account = office.world.clerk.account
    assert account is not None
    by = system(door="system", on=timezone.localdate())
    return services.give_grant(by=by, account=account, role=role, unit=unit, valid_from=by.on)


@pytest.fixture
def elsewhere(office: Office) -> Grant:
    """The clerk is officer of Đồi Quế, too."""
    return also(office, "officer", office.world.doi_que)


def shown(browser: Client, path: str = "/") -> str:
    """Role and unit in the frame of a page."""
    (told,) = tree(browser.get(path)).xpath("//details[@class='who']/summary")
    return words(told)


def test_the_frame_tells_every_role_and_the_unit(office: Office, elsewhere: Grant) -> None:
    also(office, "consolidator", office.world.song_ngan)
    told = shown(signed_in(office.world.clerk))

    assert "Văn thư, Tổng hợp" in told
    assert office.world.song_ngan.name in told


def test_choosing_another_post_holds_for_the_session_and_no_other(office: Office, elsewhere: Grant) -> None:
    here, there = signed_in(office.world.clerk), signed_in(office.world.clerk)
    page = tree(here.get("/"))
    (offered,) = page.xpath(f"//form[@action='{PATH}']//button/@value")
    here.post(PATH, {"unit": offered})

    assert (office.world.doi_que.name in shown(here), "Chuyên viên" in shown(here)) == (True, True)
    assert office.world.song_ngan.name in shown(there)


def test_what_is_seen_belongs_to_the_post(office: Office, elsewhere: Grant) -> None:
    browser = signed_in(office.world.clerk)
    own, foreign = (f"/van-ban/{one.public_id}/" for one in (office.directive, office.foreign))
    before = [browser.get(path).status_code for path in (own, foreign)]
    browser.post(PATH, {"unit": str(office.world.doi_que.public_id)})
    after = [browser.get(path).status_code for path in (own, foreign)]

    assert (before, after) == ([200, 404], [404, 200])


def test_an_ended_role_falls_away_at_once(office: Office, elsewhere: Grant) -> None:
    browser = signed_in(office.world.clerk)
    browser.post(PATH, {"unit": str(office.world.doi_que.public_id)})
    by = system(door="system", on=timezone.localdate() + timedelta(days=1))
    Grant.objects.filter(pk=elsewhere.pk).update(valid_from=by.on - timedelta(days=9))
    elsewhere.refresh_from_db()
    services.end_grant(by=by, grant=elsewhere, valid_to=timezone.localdate())

    assert office.world.song_ngan.name in shown(browser)
    assert not tree(browser.get("/")).xpath(f"//form[@action='{PATH}']")


@pytest.mark.parametrize("unit", ["", "khong-la-gi", "centre", "department"])
def test_a_unit_in_which_no_role_is_held_cannot_be_chosen(
    office: Office, elsewhere: Grant, unit: str
) -> None:
    browser = signed_in(office.world.clerk)
    known = getattr(office.world, unit, None)
    answer = browser.post(PATH, {"unit": str(known.public_id) if known else unit}, follow=True)

    assert "không giữ vai trò" in words(tree(answer))
    assert office.world.song_ngan.name in shown(browser)


def test_a_page_opened_in_one_post_saves_nothing_in_another(office: Office, elsewhere: Grant) -> None:
    """Two tabs: in one a form of Sông Ngân stands open while the other turns to Đồi Quế."""
    account = office.world.clerk.account
    assert isinstance(account, Account)
    browser = Client(enforce_csrf_checks=True, headers={"accept-language": "vi"})
    browser.force_login(account)
    form = tree(browser.get("/van-ban/nhan/"))
    token = form.xpath("//main//input[@name='csrfmiddlewaretoken']/@value")[0]
    target = str(office.world.doi_que.public_id)
    browser.post(PATH, {"unit": target, "csrfmiddlewaretoken": token})
    before = Paper.objects.count()
    stale = browser.post("/van-ban/nhan/", {"text": "Một tờ giấy.", "csrfmiddlewaretoken": token})

    assert stale.status_code == 403
    assert "Chưa có gì thay đổi" in words(tree(stale)) or "không" in words(tree(stale)).lower()
    assert Paper.objects.count() == before


def test_my_account_offers_the_same_choice(office: Office, elsewhere: Grant) -> None:
    page = tree(signed_in(office.world.clerk).get("/tai-khoan/"))
    (section,) = page.xpath("//section[@aria-labelledby='posts']")

    assert section.xpath(".//button/@value") == [str(office.world.doi_que.public_id)]
    assert "đang làm việc ở đây" in words(section)


def test_who_works_in_one_unit_is_offered_nothing(office: Office, clerk: Client) -> None:
    assert not tree(clerk.get("/")).xpath(f"//form[@action='{PATH}']")
    assert acting(office.world.clerk).unit == office.world.song_ngan
    assert not tree(clerk.get("/tai-khoan/")).xpath("//section[@aria-labelledby='posts']")
