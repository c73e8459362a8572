"""What is kept of persons ends in time, and so does an account that nobody uses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from nhipcau.records.foundation import people, services
from nhipcau.records.foundation.actors import Actor, system
from nhipcau.records.foundation.attempts import UNUSED_DAYS
from nhipcau.records.foundation.models import AccessLog, Account, Attempt, Event, Retention
from nhipcau.records.foundation.personal.services import note_readings, purge_access_log, purge_attempts
from nhipcau.records.foundation.policies import Forbidden
from nhipcau.records.foundation.rules import number, rule
from tests import world as cast

MONTH = timedelta(days=31)


def daily() -> Actor:
    """The product itself."""
    return system(door="system", on=timezone.localdate())


def left_alone(account: Account, days: int) -> None:
    """Nobody signed in with it for so many days."""
    then = timezone.now() - timedelta(days=days)
    Account.objects.filter(pk=account.pk).update(active_since=then, last_login=then)


def limit() -> int:
    """The days of the rule in force today."""
    days = number(UNUSED_DAYS, on=timezone.localdate())
    assert days is not None
    return days


class TestAttempts:
    """Attempts to sign in hold addresses and moments of persons."""

    def test_older_ones_go_and_the_trail_says_how_many(self, world: cast.World) -> None:
        months = Retention.objects.get(code="attempts").months
        for age in (months + 1, months + 2, 1):
            Attempt.objects.create(name_key="x", outcome="failed", at=timezone.now() - age * MONTH)

        assert purge_attempts() == 2
        assert Attempt.objects.count() == 1
        event = Event.objects.get(verb="purge", kind="attempts")
        assert event.values_kept.get(field="lines").text.value == 2
        assert purge_attempts() == 0
        assert Event.objects.filter(verb="purge", kind="attempts").count() == 1

    def test_the_months_are_a_dated_rule_with_a_source_and_not_under_the_floor(
        self, world: cast.World
    ) -> None:
        row = Retention.objects.get(code="attempts")
        law, floor = rule("RT-03", on=timezone.localdate()), number("IS-07", on=timezone.localdate())

        assert law is not None
        assert (row.months, row.source) == (law.number, law.source)
        assert floor is not None
        assert row.months >= floor

    def test_the_application_itself_removes_none(self, world: cast.World) -> None:
        row = Attempt.objects.create(name_key="x", outcome="failed")
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM foundation_attempt WHERE id = %s", [row.pk])

        assert Attempt.objects.filter(pk=row.pk).exists()

    def test_the_log_of_readings_ends_in_its_time(self, world: cast.World) -> None:
        account = world.clerk.account
        assert account is not None
        months = Retention.objects.get(code="access_log").months
        note_readings(by=world.administrator, records=[account, account], act="list")
        given = {"account_name": "x", "role": "", "door": "web", "act": "view", "kind": "account"}
        old = timezone.now() - (months + 1) * MONTH
        AccessLog.objects.create(**given, record=account.public_id, at=old)

        assert purge_access_log() == 1
        assert AccessLog.objects.filter(act="list").count() == 2


class TestUnused:
    """The rule says after how many days."""

    def test_it_is_switched_off_with_its_sessions_and_says_by_which_law(self, world: cast.World) -> None:
        account, other = world.clerk.account, world.officer.account
        assert account is not None
        assert other is not None
        left_alone(account, limit() + 1)
        left_alone(other, limit() - 1)
        locked = services.lock_unused(by=daily())

        assert [one.pk for one in locked] == [account.pk]
        event = Event.objects.get(verb="lock_unused")
        law = rule(UNUSED_DAYS, on=timezone.localdate())
        assert law is not None
        assert (event.record, event.why) == (account.public_id, law.law)
        assert services.lock_unused(by=daily()) == []

    def test_who_is_switched_on_again_has_all_days_anew(self, world: cast.World) -> None:
        account = world.clerk.account
        assert account is not None
        left_alone(account, limit() + 1)
        services.lock_unused(by=daily())
        services.set_active(by=world.administrator, account=account, is_active=True, why="về từ nghỉ ốm")

        assert services.lock_unused(by=daily()) == []

    def test_nobody_else_does_it(self, world: cast.World) -> None:
        with pytest.raises(Forbidden):
            services.lock_unused(by=world.administrator)

    def test_the_list_warns_two_weeks_before(self, world: cast.World) -> None:
        account = world.clerk.account
        assert account is not None
        told = []
        for days in (limit() - 20, limit() - 5, limit() + 1):
            left_alone(account, days)
            rows = {one.account.pk: one for one in people.people(by=world.administrator)}
            told.append((rows[account.pk].ends_on, rows[account.pk].standing))

        soon = timezone.localdate(timezone.now() + timedelta(days=5))
        assert told == [(None, "works"), (soon, "works"), (None, "unused")]
