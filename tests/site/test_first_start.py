"""A new database gets one office and one administrator, once."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone

from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import act
from nhipcau.records.foundation.models import Account, Event, Office
from nhipcau.site import first_start

pytestmark = pytest.mark.django_db


def test_the_administrator_can_sign_in_and_begin_to_work() -> None:
    signin = first_start.administrator("Liên hiệp thử")
    assert signin is not None

    account = authenticate(username=signin.username, password=signin.password)

    assert isinstance(account, Account)
    actor = act(account, door="web", on=timezone.localdate())
    assert actor.office is not None
    assert str(actor.office) == "Liên hiệp thử"
    assert {Permission.GRANT_GIVE, Permission.PAPER_RECEIVE, Permission.DOCUMENT_CONFIRM} <= actor.permissions


def test_a_second_start_makes_nobody() -> None:
    first_start.administrator()

    assert first_start.administrator("another") is None
    assert Account.objects.count() == 1
    assert [str(office) for office in Office.objects.all()] == [first_start.UNNAMED]


def test_passwords_differ_and_stand_nowhere_in_the_trail() -> None:
    signin = first_start.administrator()
    assert signin is not None

    assert len(signin.password) >= 12
    values = Event.objects.values_list("values_kept__text__value", flat=True)
    assert not any(signin.password in str(value) for value in values)
    assert set(Event.objects.values_list("door", flat=True)) == {"system"}
