"""Who holds the machine lets an administrator in again; a demo's choice stays in the demo's folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import authenticate

from nhipcau.records.foundation import services
from nhipcau.records.foundation.actors import system
from nhipcau.records.foundation.attempts import lock_of
from nhipcau.records.foundation.models import Account, Event
from nhipcau.site import demo_choices
from nhipcau.site.database.places import Place
from nhipcau.site.rescue import rescue
from tests import world as cast


@pytest.fixture
def administrator(db: None) -> Account:
    """Locked, switched off, and the telephone is lost."""
    by = system(door="system", on=cast.TODAY)
    account = cast.account("quantri")
    TOTP.activate(account, generate_totp_secret())
    for _turn in range(5):
        services.keep_failure(by=by, username="quantri", way="password")
    services.set_active(by=by, account=account, is_active=False, why="nhầm")
    return account


def test_a_rescued_account_may_try_again_and_keeps_password_and_factor(administrator: Account) -> None:
    was_locked = lock_of("quantri") is not None
    rescue("quantri", why="khóa nhầm", new_password=False, no_second_factor=False)

    assert was_locked
    assert lock_of("quantri") is None
    assert authenticate(username="quantri", password=cast.PASSWORD) == administrator
    assert Authenticator.objects.filter(user=administrator).exists()


def test_a_new_password_is_told_once_and_must_be_changed(administrator: Account) -> None:
    told = rescue("quantri", why="quên", new_password=True, no_second_factor=True)
    administrator.refresh_from_db()

    assert authenticate(username="quantri", password=told.split()[-1]) == administrator
    assert administrator.must_change_password
    assert not Authenticator.objects.filter(user=administrator).exists()


def test_it_stands_in_the_trail_with_its_reason_and_door(administrator: Account) -> None:
    rescue("quantri", why="quên", new_password=True, no_second_factor=True)
    events = Event.objects.filter(door="cli", record=administrator.public_id)

    assert {event.verb for event in events} == {"unlock", "set_active", "clear_factors", "change_password"}


@pytest.mark.django_db
def test_nobody_of_that_name_is_told() -> None:
    assert not rescue("khong-co", why="thử", new_password=True, no_second_factor=False)


class TestDemo:
    """In a demo the second factor is offered; an office does not look there."""

    def test_a_demo_that_was_written_offers(self, tmp_path: Path) -> None:
        place = Place(tmp_path, "demo")
        place.root.mkdir()
        demo_choices.write(place)

        assert demo_choices.offers_second_factor(place)

    @pytest.mark.parametrize("text", [None, "", "[]", '{"second_factor": "asked"}', "\0"])
    def test_without_its_clear_word_it_is_asked_for(self, tmp_path: Path, text: str | None) -> None:
        place = Place(tmp_path, "demo")
        place.root.mkdir()
        if text is not None:
            (place.root / demo_choices.FILE).write_text(text)

        assert not demo_choices.offers_second_factor(place)

    def test_what_a_person_chose_in_the_file_stays(self, tmp_path: Path) -> None:
        place = Place(tmp_path, "demo")
        place.root.mkdir()
        (place.root / demo_choices.FILE).write_text('{"second_factor": "asked"}')
        demo_choices.write(place)

        assert not demo_choices.offers_second_factor(place)
