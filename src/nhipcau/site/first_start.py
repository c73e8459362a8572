"""What a new database needs before anybody can sign in: one office and its administrator."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from nhipcau.records.foundation import services
from nhipcau.records.foundation.actors import system
from nhipcau.records.foundation.models import Account, Unit
from nhipcau.records.foundation.passwords import made_password
from nhipcau.records.organisations import services as organisations

USERNAME = "quantri"
#: The name of an office until its administrator gives it another.
UNNAMED = "Cơ quan chưa đặt tên"
#: Whoever sets up an office begins by working in it; both grants can be ended apart from one another.
ROLES = ("administrator", "clerk")


@dataclass(frozen=True)
class SignIn:
    """A way in, as it is told once: the password stands nowhere else in clear."""

    username: str
    password: str
    role: str


@transaction.atomic
def administrator(office: str = "") -> SignIn | None:
    """Make the office and its administrator where there is no account yet; None where there is one."""
    if Account.objects.exists():
        return None
    by = system(door="system", on=timezone.localdate())
    unit = organisations.found_unit(
        by=by, name=office or UNNAMED, level=Unit.Level.PROVINCE, founded_on=by.on
    )
    organisations.open_office(by=by, unit=unit, opened_on=by.on)
    signin = SignIn(USERNAME, made_password(), " + ".join(ROLES))
    # It was printed: whoever comes with it takes another.
    account = services.create_account(
        by=by,
        username=signin.username,
        display_name="Quản trị",
        password=signin.password,
        must_change=True,
    )
    for role in ROLES:
        services.give_grant(by=by, account=account, role=role, unit=unit, valid_from=by.on)
    return signin
