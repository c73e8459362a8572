"""All that is kept on a person, on one sheet: for the page, and as a copy to take along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from allauth.usersessions.models import UserSession
from django.db import models
from django.db.models import QuerySet

from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import (
    AccessLog,
    Account,
    Attempt,
    Event,
    Grant,
    PersonRequest,
    Retention,
    Unit,
    ValueText,
)
from nhipcau.records.foundation.people import sessions_of
from nhipcau.records.foundation.personal.clocks import Clock, clocks
from nhipcau.records.foundation.personal.services import note_reading
from nhipcau.records.foundation.policies import (
    ACCOUNTS,
    GRANTS,
    PERSON_REQUESTS,
    NotFound,
    Policy,
    offices_below,
)

M = TypeVar("M", bound=models.Model)
#: So many lines of each list stand on the page; the copy holds all.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with its time limits."""

    request: PersonRequest
    clocks: list[Clock]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is kept on one person. ``done`` and ``about`` are events: by the person, and about the account."""

    account: Account
    grants: list[Grant]
    sessions: list[UserSession]
    attempts: list[Attempt]
    done: list[Event]
    done_count: int
    about: list[Event]
    readings: list[AccessLog]
    asked: list[Asked]
    retention: dict[str, int]
    is_erased: bool


def person_account(*, by: Actor, public_id: Any) -> Account:
    """The account within reach, or one's own; ``NotFound`` otherwise."""
    if by.account is not None and str(by.account.public_id) == str(public_id):
        return by.account
    account = ACCOUNTS.fetch(by, public_id)
    ACCOUNTS.require(by, Permission.ACCOUNT_MANAGE, account)
    return account


def sheet(*, by: Actor, public_id: Any) -> Sheet:
    """The sheet of a person, and a line in the log of readings."""
    account = person_account(by=by, public_id=public_id)
    note_reading(by=by, record=account)
    events = _done(by, account).order_by("-id")
    about = Event.objects.filter(kind="account", record=account.public_id).order_by("-id")
    readings = AccessLog.objects.filter(kind="account", record=account.public_id).order_by("-id")
    requests = _within(by, account, PERSON_REQUESTS, account.requests.order_by("-id"))
    return Sheet(
        account=account,
        grants=list(_grants(by, account)),
        sessions=sessions_of(account),
        attempts=list(Attempt.objects.filter(account=account).order_by("-id")[:SHOWN]),
        done=list(events[:SHOWN]),
        done_count=events.count(),
        about=list(about[:SHOWN]),
        readings=list(readings[:SHOWN]),
        asked=[Asked(one, clocks(one)) for one in requests],
        retention={row.code: row.months for row in Retention.objects.all()},
        # Of the events of this record alone: asked for by its verb, the others' erasures would be looked at.
        is_erased="erase" in set(about.values_list("verb", flat=True)),
    )


def request_of(*, by: Actor, account: Account, public_id: Any) -> PersonRequest:
    """A request of this person, by its public id."""
    found = account.requests.filter(public_id=public_id, office=by.office).first()
    if found is None:
        raise NotFound
    return found


def copy(*, by: Actor, public_id: Any) -> dict[str, Any]:
    """All that is kept on a person as plain values, to be handed over; noted as taken out."""
    account = person_account(by=by, public_id=public_id)
    note_reading(by=by, record=account, act="export")
    return {
        "schema": "nhipcau.person.v1",
        "account": {
            "username": account.username,
            "display_name": account.display_name,
            "email": account.email,
            "made_at": _when(account.created_at),
            "last_login": _when(account.last_login),
            "may_sign_in": account.is_active,
        },
        "grants": [
            {"role": one.role, "unit": one.unit.name, "from": str(one.valid_from), "to": _day(one.valid_to)}
            for one in _grants(by, account)
        ],
        "sessions": [
            {"begun": _when(one.created_at), "last_seen": _when(one.last_seen_at), "address": one.ip}
            for one in sessions_of(account)
        ],
        "attempts": [
            {"at": _when(one.at), "outcome": one.outcome, "address": one.address}
            for one in Attempt.objects.filter(account=account).order_by("id").iterator()
        ],
        "done": [
            {"at": _when(one.at), "verb": one.verb, "kind": one.kind, "record": str(one.record)}
            for one in _done(by, account).order_by("id").iterator()
        ],
        "about": _about(account),
        "read_by": [
            {"at": _when(one.at), "by": one.account_name, "act": one.act}
            for one in AccessLog.objects.filter(kind="account", record=account.public_id).order_by("id")
        ],
    }


def _within(by: Actor, account: Account, policy: Policy[M], rows: QuerySet[M]) -> QuerySet[M]:
    """What of somebody's rows is told to who asks: all of it to the person, else what the policy gives."""
    return rows if by.account == account else policy.scope(by, rows)


def _grants(by: Actor, account: Account) -> QuerySet[Grant]:
    return _within(by, account, GRANTS, account.grants.select_related("unit").order_by("valid_from"))


def _done(by: Actor, account: Account) -> QuerySet[Event]:
    """What the person did; who else asks is not told what was done while the person worked elsewhere."""
    rows = Event.objects.filter(account_id=account.public_id)
    if by.account == account:
        return rows
    units = Unit.objects.filter(pk__in=offices_below(by)).values("public_id")
    return rows.filter(unit_id__in=units)


def _about(account: Account) -> list[dict[str, Any]]:
    values = ValueText.objects.filter(
        event_value__event__kind="account", event_value__event__record=account.public_id
    )
    return [
        {
            "at": _when(one.event_value.event.at),
            "verb": one.event_value.event.verb,
            "field": one.event_value.field,
            "side": one.event_value.side,
            "value": one.value,
        }
        for one in values.select_related("event_value__event").order_by("event_value_id")
    ]


def _when(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _day(day: Any) -> str | None:
    return str(day) if day else None
