"""Whether somebody may try to sign in, and why not: locked, unused too long, no role left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from nhipcau.records.foundation.models import Account, Attempt
from nhipcau.records.foundation.rules import number

FAILURES = "IS-14"
LOCK_HOURS = "IS-14b"
UNUSED_DAYS = "IS-12"
CHANGE_MONTHS = "IS-09"
_MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Lock:
    """A name that may not try again before ``until``."""

    until: datetime


def name_key(username: str) -> str:
    """The keyed digest of a typed name: names are counted, never kept."""
    return salted_hmac("nhipcau.attempt", username.strip().casefold(), algorithm="sha256").hexdigest()


def lock_of(username: str, *, now: datetime | None = None) -> Lock | None:
    """The lock on a name, whether or not anybody has it, so that a lock tells nothing of accounts."""
    moment = now or timezone.now()
    most = number(FAILURES, on=timezone.localdate(moment))
    hours = number(LOCK_HOURS, on=timezone.localdate(moment))
    if not most or not hours:
        return None
    length = timedelta(hours=hours)
    # The newest first; what came before a success or an unlocking counts no more.
    newest = Attempt.objects.filter(name_key=name_key(username), at__gt=moment - length).order_by("-id")
    failures = []
    for outcome, at in newest.values_list("outcome", "at")[: most + 1]:
        if outcome != Attempt.Outcome.FAILED:
            break
        failures.append(at)
    return Lock(failures[0] + length) if len(failures) >= most else None


def obstacle(account: Account, *, now: datetime | None = None) -> str:
    """Why an account whose password is right may not come in; empty where it may."""
    moment = now or timezone.now()
    if not account.is_active:
        return _("This account may no longer sign in. Ask the administrator of your office.")
    if is_unused(account, now=moment):
        return _(
            "This account was not used for so long that it was switched off. "
            "Ask the administrator of your office."
        )
    if not has_grant_left(account, moment):
        return _("You hold no role any more, so the account has ended. Ask the administrator of your office.")
    return ""


def is_unused(account: Account, *, now: datetime | None = None) -> bool:
    """Whether nobody signed in with it for longer than the rule allows."""
    moment = now or timezone.now()
    end = end_unused(account, now=moment)
    return end is not None and end < moment


def end_unused(account: Account, *, now: datetime | None = None) -> datetime | None:
    """When the account is switched off unless somebody signs in with it; ``None`` where no rule says so."""
    days = number(UNUSED_DAYS, on=timezone.localdate(now or timezone.now()))
    last = max(filter(None, (account.last_login, account.active_since)))
    return None if days is None else last + timedelta(days=days)


def has_grant_left(account: Account, moment: datetime) -> bool:
    """Whether a role is held, or will be: an account ends with its last grant."""
    day = timezone.localdate(moment)
    return account.grants.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)).exists()


def is_password_old(account: Account, *, administers: bool, now: datetime | None = None) -> bool:
    """Whether an administrator's password must be replaced because of its age."""
    moment = now or timezone.now()
    months = number(CHANGE_MONTHS, on=timezone.localdate(moment))
    if not administers or not months or account.password_changed_at is None:
        return False
    return account.password_changed_at < moment - months * _MONTH
