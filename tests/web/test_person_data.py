"""The page of what is kept on a person: seen by whom it concerns and who administers, asked about, erased."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from nhipcau.reckoning.working_days import is_working_day, working_days_after
from nhipcau.records.foundation.models import AccessLog, Account, Event, Grant, PersonRequest
from nhipcau.records.foundation.models import Office as Keeping
from tests.web.office import Office, signed_in, tree, words


@pytest.fixture(autouse=True)
def _own_outside(tmp_path: Path, settings: Any) -> None:
    settings.NHIPCAU_ERASURES = tmp_path / "outside" / "erasures.jsonl"


def page(account: Account, name: str = "person-data") -> str:
    return reverse(name, args=[account.public_id])


@pytest.fixture
def administrator(office: Office) -> Client:
    return signed_in(office.world.administrator)


def test_everybody_sees_and_takes_along_what_is_kept_on_oneself(office: Office) -> None:
    account = office.world.officer.account
    assert account is not None
    browser = signed_in(office.world.officer)

    assert account.username in words(tree(browser.get(page(account))))
    told = json.loads(browser.get(page(account, "person-data-copy")).content)
    assert told["account"]["username"] == account.username
    assert any(one["field"] == "display_name" for one in told["about"])


def test_nobody_sees_that_of_a_colleague(office: Office, clerk: Client) -> None:
    assert clerk.get(page(office.person)).status_code in (403, 404)
    assert clerk.get(page(office.person, "person-data-copy")).status_code in (403, 404)


def test_each_reading_is_kept_with_who_read(office: Office, administrator: Client) -> None:
    before = AccessLog.objects.count()
    administrator.get(page(office.person))
    administrator.get(page(office.person, "person-data-copy"))

    new = list(AccessLog.objects.order_by("id")[before:])
    assert [(one.act, one.record) for one in new] == [
        ("view", office.person.public_id),
        ("export", office.person.public_id),
    ]
    assert {one.account_name for one in new} == {"Vai administrator"}


def test_a_request_shows_the_last_days_of_the_law(office: Office, administrator: Client) -> None:
    administrator.post(page(office.person, "person-data-act"), {"act": "ask", "ask": "erase"})

    row = PersonRequest.objects.get()
    due = working_days_after(row.received_on, 2)
    shown = words(tree(administrator.get(page(office.person))))
    assert f"{due:%d/%m/%Y}" in shown
    assert Event.objects.latest("id").verb == "ask"

    for act, why in (("answered", ""), ("extended", "còn hỏi thêm"), ("done", "")):
        data = {"act": act, "request": str(row.public_id), "why": why}
        administrator.post(page(office.person, "person-data-act"), data)
    row.refresh_from_db()
    assert None not in (row.answered_on, row.extended_on, row.done_on)


def test_erasing_asks_to_switch_off_first_and_then_erases(office: Office, administrator: Client) -> None:
    act, name = page(office.person, "person-data-act"), office.person.display_name
    data = {"act": "erase", "article": "Luật mẫu, Điều 1", "why": "người này yêu cầu"}
    administrator.post(act, data)
    office.person.refresh_from_db()
    assert office.person.display_name == name

    Account.objects.filter(pk=office.person.pk).update(is_active=False)
    administrator.post(act, data)

    office.person.refresh_from_db()
    assert office.person.display_name != name
    assert name not in words(tree(administrator.get(page(office.person))))


def test_the_table_of_days_off_is_counted(office: Office) -> None:
    """30/04 and 01/05/2026 are days off, a Saturday may be worked."""
    assert not is_working_day(date(2026, 4, 30))
    assert is_working_day(date(2026, 8, 22))
    assert working_days_after(date(2026, 4, 29), 1) > date(2026, 5, 1)
    assert working_days_after(date(2026, 11, 23), 2) == date(2026, 11, 23) + timedelta(days=3)


def test_who_administers_one_office_is_not_told_what_somebody_did_in_another(
    office: Office, administrator: Client
) -> None:
    """Neither the acts, nor the roles, nor what was asked there; the person is told all of it."""
    account, elsewhere = office.person, office.world.doi_que
    since, until = date(2021, 1, 4), date(2022, 1, 4)
    Grant.objects.create(account=account, role="clerk", unit=elsewhere, valid_from=since, valid_to=until)
    theirs = Keeping.objects.get(unit=elsewhere)
    PersonRequest.objects.create(office=theirs, account=account, ask="see", received_on=since)
    Event.objects.create(
        account_id=account.public_id,
        account_name="x",
        role="clerk",
        unit_id=elsewhere.public_id,
        office_id=elsewhere.public_id,
        door="web",
        verb="confirm",
        kind="document",
        record=uuid4(),
    )
    path = page(account, "person-data-copy")
    told = json.loads(administrator.get(path).content)
    all_of_it = json.loads(signed_in(office.world.officer).get(path).content)

    assert len(told["grants"]) == len(all_of_it["grants"]) - 1
    assert len(told["done"]) == len(all_of_it["done"]) - 1
    assert not tree(administrator.get(page(account))).xpath("//form//button[@value='done']")
