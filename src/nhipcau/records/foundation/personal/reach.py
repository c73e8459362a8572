"""Which part of a person's data is told to whom: all to the person, to an office what is of its own work.

Somebody may work in two offices, at once or one after another. Sign-ins, sessions and network addresses
belong to no office, so they are told to an office only of the time in which the person worked nowhere else.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import AccessLog, Account, Attempt, Event, Unit
from nhipcau.records.foundation.policies import offices_below


def alone_since(*, by: Actor, account: Account) -> datetime | None:
    """From when on the person works within the actor's reach only; ``None`` while also elsewhere.

    For the person, and for the product, since the account was made.
    """
    if by.is_system or by.account == account:
        return account.created_at
    outside = account.grants.exclude(unit__in=offices_below(by))
    if outside.exclude(valid_to__lte=by.on).exists():
        return None
    last = outside.aggregate(last=Max("valid_to"))["last"]
    return timezone.make_aware(datetime.combine(last, time.min)) if last else account.created_at


def attempts_of(*, by: Actor, account: Account) -> QuerySet[Attempt]:
    """The attempts to sign in with the account's name that the actor is told of, newest first."""
    since = alone_since(by=by, account=account)
    rows = Attempt.objects.filter(account=account).order_by("-id")
    if since is None:
        return rows.none()
    return rows if since == account.created_at else rows.filter(at__gte=since)


def done_by(*, by: Actor, account: Account) -> QuerySet[Event]:
    """What the person did; who else asks is not told what was done while the person worked elsewhere."""
    rows = Event.objects.filter(account_id=account.public_id)
    return rows if by.account == account else rows.filter(unit_id__in=_units(by))


def done_to(*, by: Actor, account: Account) -> QuerySet[Event]:
    """What was done to the account, by the product itself or within the actor's reach."""
    rows = Event.objects.filter(kind="account", record=account.public_id)
    return rows if by.account == account else rows.filter(_within(by) | Q(account_id__isnull=True))


def readings_of(*, by: Actor, account: Account) -> QuerySet[AccessLog]:
    """Who read the record of the person, within the actor's reach."""
    rows = AccessLog.objects.filter(kind="account", record=account.public_id)
    return rows if by.account == account else rows.filter(_within(by))


def _within(by: Actor) -> Q:
    office = by.office.unit.public_id if by.office else None
    return Q(unit_id__in=_units(by)) | Q(office_id=office, office_id__isnull=False)


def _units(by: Actor) -> QuerySet[Unit, Any]:
    return Unit.objects.filter(pk__in=offices_below(by)).values("public_id")
