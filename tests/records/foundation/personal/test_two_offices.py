"""The data of who works in two offices: each office sees what is of its own, the person sees all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from nhipcau.records.foundation import people, services
from nhipcau.records.foundation.actors import Actor, act, system
from nhipcau.records.foundation.models import Account, Attempt, Event
from nhipcau.records.foundation.personal.services import erase, note_reading
from nhipcau.records.foundation.personal.sheet import Sheet, copy, sheet
from nhipcau.records.foundation.policies import Forbidden, NotFound
from nhipcau.web.history import lines
from tests import world as cast


@pytest.fixture
def there(world: cast.World) -> Actor:
    """Who administers Đồi Quế."""
    return cast.person("administrator", world.doi_que, username="quan-tri-dq")


@pytest.fixture
def both(world: cast.World, there: Actor) -> Account:
    """The officer of Sông Ngân, clerk of Đồi Quế too, who did something in each and was looked up in each."""
    account = _officer(world)
    _also(world, account)
    for by in (act(account, door="web", on=cast.TODAY), _in(world, account)):
        _did(by, account)
    services.keep_success(
        by=act(account, door="web", on=cast.TODAY), account=account, way="password", address="192.0.2.7"
    )
    store = SessionStore()
    store.create()
    UserSession.objects.create(
        user=account, session_key=store.session_key, ip="192.0.2.7", user_agent="x", created_at=timezone.now()
    )
    for by in (world.administrator, there):
        note_reading(by=by, record=account)
    return account


def _officer(world: cast.World) -> Account:
    assert world.officer.account is not None
    return world.officer.account


def _also(world: cast.World, account: Account, *, until: date | None = None) -> None:
    by = system(door="system", on=cast.FOUNDED)
    services.give_grant(
        by=by, account=account, role="clerk", unit=world.doi_que, valid_from=cast.FOUNDED, valid_to=until
    )


def _in(world: cast.World, account: Account) -> Actor:
    return act(account, door="web", on=cast.TODAY, unit=world.doi_que)


def _did(by: Actor, account: Account) -> None:
    """An act of the person, in the office of ``by``."""
    services.change_password(by=by, account=account, password=f"Cau-tre-qua-song-{Event.objects.count()}")


def units(found: Sheet) -> set[str]:
    """Where the roles that a sheet shows are held."""
    return {grant.unit.name for grant in found.grants}


def test_each_office_sees_its_own_roles_acts_and_readings(
    world: cast.World, there: Actor, both: Account
) -> None:
    for by, unit, office in (
        (world.administrator, world.department, world.song_ngan),
        (there, world.doi_que, world.doi_que),
    ):
        found = sheet(by=by, public_id=both.public_id)
        assert units(found) == {unit.name}
        assert {event.unit_id for event in found.done} == {unit.public_id}
        assert {row.office_id for row in found.readings} == {office.public_id}
        assert {event.unit_id for event in found.about if event.account_id} == {unit.public_id}


def test_no_office_is_told_when_and_from_where_the_person_signs_in(
    world: cast.World, there: Actor, both: Account
) -> None:
    for by in (world.administrator, there):
        found, told = sheet(by=by, public_id=both.public_id), copy(by=by, public_id=both.public_id)
        assert found.is_elsewhere
        assert (found.sessions, found.attempts) == ([], [])
        assert (told["sessions"], told["attempts"], told["account"]["last_login"]) == ([], [], None)
        assert "192.0.2.7" not in str(told)


def test_the_copy_holds_what_the_page_shows_and_no_more(
    world: cast.World, there: Actor, both: Account
) -> None:
    told = copy(by=there, public_id=both.public_id)

    assert [one["unit"] for one in told["grants"]] == [world.doi_que.name]
    assert world.department.name not in str(told)
    assert "Vai administrator" not in str(told)


def test_the_person_sees_all_of_it(world: cast.World, both: Account) -> None:
    for by in (act(both, door="web", on=cast.TODAY), _in(world, both)):
        found, told = sheet(by=by, public_id=both.public_id), copy(by=by, public_id=both.public_id)
        assert units(found) == {world.department.name, world.doi_que.name}
        assert len(found.sessions) == len(told["sessions"]) == 1
        assert [one["address"] for one in told["attempts"]] == ["192.0.2.7"]
        assert {"Vai administrator", "Vai quan-tri-dq"} <= {one["by"] for one in told["read_by"]}
        assert len(lines(by=by, record=both, only=found.about)) == len(found.about) > 2


def test_of_the_time_since_the_other_role_ended_the_office_is_told_all(world: cast.World) -> None:
    """An attempt before that day stays untold, one after it is told."""
    account = _officer(world)
    by = world.administrator
    ended = timezone.localdate() - timedelta(days=10)
    _also(world, account, until=ended)
    for days in (20, 5):
        row = Attempt(name_key="x", account=account, outcome="failed", way="password")
        row.at = timezone.now() - timedelta(days=days)
        row.save()
    found = sheet(by=act(by.account, door="web", on=timezone.localdate()), public_id=account.public_id)  # type: ignore[arg-type]

    assert not found.is_elsewhere
    assert len(found.attempts) == 1


def test_looking_up_opens_nothing_else(world: cast.World, both: Account) -> None:
    with pytest.raises(Forbidden):
        erase(by=world.administrator, account=both, article="Luật mẫu, Điều 1", why="thử")
    with pytest.raises(NotFound):
        sheet(by=world.neighbour, public_id=world.clerk.account.public_id)  # type: ignore[union-attr]
    with pytest.raises(Forbidden):
        sheet(by=world.auditor, public_id=both.public_id)


def test_the_list_says_so_and_tells_no_moment(world: cast.World, both: Account) -> None:
    rows = {one.account.username: one for one in people.people(by=world.administrator)}

    assert rows["officer"].is_elsewhere
    assert not rows["clerk"].is_elsewhere
