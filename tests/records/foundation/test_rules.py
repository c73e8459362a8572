"""Rules are dated rows with a source; passwords keep those that are in force."""

from __future__ import annotations

from datetime import date

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from nhipcau.records.foundation import services
from nhipcau.records.foundation.models import Account, FormerPassword
from nhipcau.records.foundation.passwords import CLASSES, classes, made_password
from nhipcau.records.foundation.rules import number, rule, rules
from tests import world as cast


def test_every_rule_has_its_source_and_its_day() -> None:
    for row in rules():
        assert row.source.strip(" ()")
        assert row.status
        assert row.in_force_to is None or row.in_force_from < row.in_force_to


def test_a_rule_holds_from_its_day_on_and_not_before() -> None:
    found = rule("IS-13a", on=date(2026, 7, 24))

    assert found is not None
    assert (found.number, found.unit) == (15, "minute")
    assert rule("IS-13a", on=date(2026, 7, 23)) is None
    assert number("IS-13a", on=date(2026, 7, 23)) is None
    assert number("no-such-rule", on=date(2026, 8, 1)) is None


@pytest.mark.parametrize("password", ["Ngan-1", "chi-co-chu-thuong-1", "KhongCoKyHieu123", "Khong-co-chu-so"])
def test_alone_a_password_is_long_and_of_all_four_classes(world: cast.World, password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, world.clerk.account)


def test_beside_a_second_factor_a_shorter_one_is_enough(world: cast.World) -> None:
    account = world.clerk.account
    assert account is not None
    with pytest.raises(ValidationError):
        validate_password("cau-tre-9", account)
    TOTP.activate(account, generate_totp_secret())
    validate_password("cau-tre-9", account)


def test_the_last_ten_passwords_are_not_taken_again_and_the_eleventh_is(world: cast.World) -> None:
    account = world.clerk.account
    assert account is not None
    for turn in range(9):
        services.change_password(by=world.clerk, account=account, password=f"Qua-song-lan-thu-{turn}")
    account.refresh_from_db()
    with pytest.raises(ValidationError):
        validate_password(cast.PASSWORD, account)
    services.change_password(by=world.clerk, account=account, password="Qua-song-lan-thu-cuoi-10")
    account.refresh_from_db()
    validate_password(cast.PASSWORD, account)


def test_a_former_password_stands_as_a_hash_only(world: cast.World) -> None:
    account = world.clerk.account
    assert account is not None
    services.change_password(by=world.clerk, account=account, password="Qua-song-bang-do-1")

    assert cast.PASSWORD not in FormerPassword.objects.get(account=account).encoded


def test_a_password_by_chance_keeps_the_rules() -> None:
    made = [made_password() for _turn in range(50)]

    assert len(set(made)) == 50
    assert {classes(one) for one in made} == {CLASSES}
    for one in made:
        validate_password(one, Account(username="ai-do"))
