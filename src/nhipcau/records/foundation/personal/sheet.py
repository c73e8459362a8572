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
    ValueText,
)
from nhipcau.records.foundation.people import sessions_of
from nhipcau.records.foundation.personal.clocks import Clock, clocks
from nhipcau.records.foundation.personal.named import Named, named
from nhipcau.records.foundation.personal.reach import (
    alone_since,
    attempts_of,
    done_by,
    done_to,
    readings_of,
)
from nhipcau.records.foundation.personal.services import note_reading
from nhipcau.records.foundation.policies import (
    ACCOUNTS,
    GRANTS,
    PERSON_REQUESTS,
    NotFound,
    Policy,
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
    is_elsewhere: bool
    named: list[Named]


def person_account(*, by: Actor, public_id: Any) -> Account:
    """The account within reach, or one's own; ``NotFound`` otherwise."""
    if by.account is not None and str(by.account.public_id) == str(public_id):
        return by.account
    account = ACCOUNTS.fetch(by, public_id)
    # Without naming the account: who also works elsewhere is not changed from here, but is looked up.
    ACCOUNTS.require(by, Permission.ACCOUNT_MANAGE)
    return account


def sheet(*, by: Actor, public_id: Any) -> Sheet:
    """The sheet of a person, and a line in the log of readings."""
    account = person_account(by=by, public_id=public_id)
    note_reading(by=by, record=account)
    events = done_by(by=by, account=account).order_by("-id")
    about = done_to(by=by, account=account).order_by("-id")
    readings = readings_of(by=by, account=account).order_by("-id")
    requests = _within(by, account, PERSON_REQUESTS, account.requests.order_by("-id"))
    return Sheet(
        account=account,
        grants=list(_grants(by, account)),
        sessions=_sessions(by, account),
        attempts=list(attempts_of(by=by, account=account)[:SHOWN]),
        done=list(events[:SHOWN]),
        done_count=events.count(),
        about=list(about[:SHOWN]),
        readings=list(readings[:SHOWN]),
        asked=[Asked(one, clocks(one)) for one in requests],
        retention={row.code: row.months for row in Retention.objects.all()},
        # Of the events of this record alone: asked for by its verb, the others' erasures would be looked at.
        is_erased="erase" in set(about.values_list("verb", flat=True)),
        is_elsewhere=alone_since(by=by, account=account) is None,
        named=named(by=by, account=account),
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
            "last_login": _when(account.last_login) if alone_since(by=by, account=account) else None,
            "may_sign_in": account.is_active,
        },
        "grants": [
            {"role": one.role, "unit": one.unit.name, "from": str(one.valid_from), "to": _day(one.valid_to)}
            for one in _grants(by, account)
        ],
        "sessions": [
            {"begun": _when(one.created_at), "last_seen": _when(one.last_seen_at), "address": one.ip}
            for one in _sessions(by, account)
        ],
        "attempts": [
            {"at": _when(one.at), "outcome": one.outcome, "address": one.address}
            for one in attempts_of(by=by, account=account).order_by("id").iterator()
        ],
        "done": [
            {"at": _when(one.at), "verb": one.verb, "kind": one.kind, "record": str(one.record)}
            for one in done_by(by=by, account=account).order_by("id").iterator()
        ],
        "about": _about(by, account),
        "named_in": [
            {"kind": one.kind.code, "count": one.count, "records": [str(row) for row in one.records]}
            for one in named(by=by, account=account)
        ],
        "read_by": [
            {"at": _when(one.at), "by": one.account_name, "act": one.act}
            for one in readings_of(by=by, account=account).order_by("id").iterator()
        ],
    }


def _within(by: Actor, account: Account, policy: Policy[M], rows: QuerySet[M]) -> QuerySet[M]:
    """What of somebody's rows is told to who asks: all of it to the person, else what the policy gives."""
    return rows if by.account == account else policy.scope(by, rows)


def _grants(by: Actor, account: Account) -> QuerySet[Grant]:
    return _within(by, account, GRANTS, account.grants.select_related("unit").order_by("valid_from"))


def _sessions(by: Actor, account: Account) -> list[UserSession]:
    return sessions_of(account) if alone_since(by=by, account=account) else []


def _about(by: Actor, account: Account) -> list[dict[str, Any]]:
    values = ValueText.objects.filter(event_value__event__in=done_to(by=by, account=account).values("pk"))
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
