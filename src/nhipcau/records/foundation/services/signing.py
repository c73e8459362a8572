"""Signing in: every attempt is kept, a name is locked after too many, and an administrator unlocks it."""

from __future__ import annotations

from django.db import transaction

from nhipcau.records.foundation import events
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.attempts import lock_of, name_key
from nhipcau.records.foundation.models import Account, Attempt
from nhipcau.records.foundation.policies import ACCOUNTS


@transaction.atomic
def keep_failure(*, by: Actor, username: str, way: str, address: str | None = None) -> None:
    """Keep a failed attempt; the one that locks the name writes an event where there is such an account."""
    account = Account.objects.filter(username=username).first()
    _keep(username, account, Attempt.Outcome.FAILED, way, address)
    lock = lock_of(username)
    if lock is not None and account is not None:
        events.record(by=by, verb="lock", record=account, changes={"locked_until": (None, lock.until)})


@transaction.atomic
def keep_success(*, by: Actor, account: Account, way: str, address: str | None = None) -> None:
    """Keep that somebody signed in: the count of failures begins anew."""
    _keep(account.username, account, Attempt.Outcome.PASSED, way, address)
    events.record(by=by, verb="sign_in", record=account)


@transaction.atomic
def unlock(*, by: Actor, account: Account, why: str) -> Account:
    """Let a locked account try again at once."""
    row = ACCOUNTS.lock(by, Permission.ACCOUNT_MANAGE, account)
    _keep(row.username, row, Attempt.Outcome.UNLOCKED, "", None)
    events.record(by=by, verb="unlock", record=row, why=why)
    return row


def _keep(username: str, account: Account | None, outcome: str, way: str, address: str | None) -> None:
    Attempt.objects.create(
        name_key=name_key(username), account=account, outcome=outcome, way=way, address=address
    )
