"""Who works in two offices: through an account no administrator comes into the other one."""

from __future__ import annotations

from datetime import date

import pytest

from nhipcau.records.foundation import services
from nhipcau.records.foundation.actors import system
from nhipcau.records.foundation.models import Account
from nhipcau.records.foundation.policies import ACCOUNTS, Forbidden
from tests import world as cast


def _also_in(world: cast.World, *, until: date | None = None) -> Account:
    """The officer of Sông Ngân, with a role in Đồi Quế too."""
    account = world.officer.account
    assert account is not None
    by = system(door="system", on=cast.FOUNDED)
    services.give_grant(
        by=by, account=account, role="head", unit=world.doi_que, valid_from=cast.FOUNDED, valid_to=until
    )
    return account


def test_an_account_with_a_role_elsewhere_is_not_taken_over(world: cast.World) -> None:
    account = _also_in(world)
    with pytest.raises(Forbidden, match="cơ quan khác"):
        services.make_link(by=world.administrator, account=account, why="thử")
    with pytest.raises(Forbidden):
        services.change_password(by=world.administrator, account=account, password=cast.PASSWORD)
    with pytest.raises(Forbidden):
        services.clear_factors(by=world.administrator, account=account, why="thử")
    with pytest.raises(Forbidden):
        services.set_active(by=world.administrator, account=account, is_active=False, why="thử")


def test_it_is_still_seen_and_its_roles_here_are_ended_here(world: cast.World) -> None:
    account = _also_in(world)
    assert ACCOUNTS.scope(world.administrator).filter(pk=account.pk).exists()
    grant = account.grants.get(unit=world.department)
    assert services.end_grant(by=world.administrator, grant=grant, valid_to=cast.TODAY).valid_to == cast.TODAY


def test_once_the_other_role_has_ended_the_account_is_the_office_s_own(world: cast.World) -> None:
    account = _also_in(world, until=date(2026, 1, 1))
    assert services.make_link(by=world.administrator, account=account, why="quên mật khẩu")
