"""Sessions of an account: seen now and then, ended by their owner or by who manages accounts."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from nhipcau.records.foundation import events
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Account
from nhipcau.records.foundation.policies import ACCOUNTS


def mark_session_seen(*, by: Actor | None, session_key: str) -> None:
    """Keep when a session of ``by`` was last used; no event, nothing of an office changes by it."""
    if by is None or by.account is None:
        return
    rows = UserSession.objects.filter(session_key=session_key, user_id=by.account.pk)
    rows.update(last_seen_at=timezone.now())


@transaction.atomic
def end_sessions(
    *, by: Actor, account: Account, only: int | None = None, but: str | None = None, why: str = ""
) -> int:
    """End sessions of an account: one's own, or another's with the permission to manage accounts.

    ``only`` names one by its id, ``but`` spares the one with this key. Returns how many were ended.
    """
    if by.account is None or by.account.pk != account.pk:
        ACCOUNTS.require(by, Permission.ACCOUNT_MANAGE, account)
    rows = UserSession.objects.filter(user_id=account.pk)
    rows = rows.filter(pk=only) if only is not None else rows
    keys = list(rows.exclude(session_key=but or "").values_list("session_key", flat=True))
    _forget(keys)
    if keys:
        changes = {"sessions_ended": (None, len(keys))}
        events.record(by=by, verb="end_sessions", record=account, changes=changes, why=why)
    return len(keys)


def forget_sessions(account: Account) -> None:
    """A step of services: nobody stays signed in with the account."""
    _forget(list(UserSession.objects.filter(user_id=account.pk).values_list("session_key", flat=True)))


def _forget(keys: list[str]) -> None:
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
