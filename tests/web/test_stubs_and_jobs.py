"""Stubs of marked papers, work in the background, signing in and out, and the language of the pages."""

from __future__ import annotations

import pytest
from django.test import Client

from nhipcau.records.documents.models import MarkedStub
from nhipcau.records.foundation.models import Job
from tests import world as cast
from tests.web.addresses import STUB
from tests.web.office import Office, tree, words

STUBS = "/van-ban/phieu-mat/"


def test_a_stub_keeps_four_facts_and_no_more(office: Office, clerk: Client) -> None:
    page = tree(clerk.post(STUBS, STUB, follow=True))
    form = page.xpath("//section[@aria-labelledby='new']//form")[0]

    assert set(form.fields) - {"csrfmiddlewaretoken"} == {"number", "date", "issuer_name", "mark"}
    assert "06-CV/HĐGL" in words(page.xpath("//section[@aria-labelledby='rows']")[0])
    assert "03/02/2026" in words(page.xpath("//section[@aria-labelledby='rows']")[0])


@pytest.mark.parametrize("changed", [{"date": "30/02/2026"}, {"number": ""}, {"mark": "thường"}])
def test_a_stub_that_cannot_be_is_told_at_the_field(
    office: Office, clerk: Client, changed: dict[str, str]
) -> None:
    before = MarkedStub.objects.count()
    page = tree(clerk.post(STUBS, STUB | changed))
    (said,) = page.xpath("//*[@class='said']")

    assert words(said)
    assert MarkedStub.objects.count() == before
    assert page.xpath("//input[@name='issuer_name']/@value") == ["Hội đồng"]


def test_another_office_s_stubs_are_not_listed(office: Office, neighbour: Client) -> None:
    assert office.stub.number not in neighbour.get(STUBS).content.decode()


def test_who_enters_no_stubs_is_offered_no_form(office: Office, officer: Client) -> None:
    page = tree(officer.get(STUBS))

    assert not page.xpath("//main//form")
    assert office.stub.number in words(page.find(".//main"))


def test_a_job_that_failed_says_why_and_is_tried_again(office: Office, clerk: Client) -> None:
    page = tree(clerk.get("/viec-nen/"))
    (form,) = page.xpath("//main//form")
    clerk.post(form.action)
    queued = Job.objects.get(pk=office.job.pk).state
    busy = tree(clerk.get("/viec-nen/"))
    cast.run_jobs()

    assert office.failed.error in words(page.find(".//main"))
    assert queued == Job.State.QUEUED
    assert busy.xpath("//*[@id='jobs'][@hx-get]")
    assert not page.xpath("//*[@id='jobs'][@hx-get]")
    assert Job.objects.get(pk=office.job.pk).state == Job.State.DONE


def test_jobs_of_another_office_are_not_shown(office: Office, neighbour: Client) -> None:
    assert office.job.title not in neighbour.get("/viec-nen/").content.decode()


def test_signing_in_leads_to_where_one_wanted_to_go(office: Office, client: Client) -> None:
    wanted = f"/van-ban/{office.directive.public_id}/"
    asked = tree(client.get(wanted, follow=True))
    given = {
        "username": "clerk",
        "password": cast.PASSWORD,
        "next": asked.xpath("//input[@name='next']/@value")[0],
    }

    assert client.post("/dang-nhap/", given).headers["Location"] == wanted


def test_signing_in_never_leads_out_of_the_house(office: Office, client: Client) -> None:
    given = {"username": "clerk", "password": cast.PASSWORD, "next": "https://khac.example/"}

    assert client.post("/dang-nhap/", given).headers["Location"] == "/"


@pytest.mark.parametrize("username", ["clerk", "khong-co-ai"])
def test_a_failed_sign_in_does_not_tell_who_has_an_account(
    office: Office, client: Client, username: str
) -> None:
    page = tree(client.post("/dang-nhap/", {"username": username, "password": "sai"}))

    assert words(page.xpath("//*[@role='alert']")[0]) == (
        words(
            tree(client.post("/dang-nhap/", {"username": "x", "password": "y"})).xpath("//*[@role='alert']")[
                0
            ]
        )
    )


def test_after_signing_out_nothing_is_seen_any_more(office: Office, clerk: Client) -> None:
    clerk.post("/dang-xuat/")

    assert clerk.get("/").status_code == 302


def test_who_chooses_english_reads_english(office: Office, clerk: Client) -> None:
    clerk.cookies["nhipcau_language"] = "en"
    answer = clerk.get("/")

    assert tree(answer).get("lang") == answer.headers["Content-Language"] == "en"
