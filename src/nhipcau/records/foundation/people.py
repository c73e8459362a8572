"""Reads for who administers: the people of an office, how each stands, and their grants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from nhipcau.records.foundation.access import ROLES, Role, may_give
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.attempts import end_unused, has_grant_left, is_unused, lock_of
from nhipcau.records.foundation.factors import FACTORS
from nhipcau.records.foundation.models import Account, Attempt, Grant, Invitation
from nhipcau.records.foundation.policies import ACCOUNTS, GRANTS, offices_below

#: So long before an account is switched off because nobody uses it, the list says so.
WARNED = timedelta(days=14)
Standing = Literal["works", "invited", "locked", "unused", "off", "ended"]


@dataclass(frozen=True, slots=True)
class Person:
    """An account as the list of people shows it; ``grants`` are those in force today or later."""

    account: Account
    grants: list[Grant]
    standing: Standing
    has_factor: bool
    is_elsewhere: bool
    ends_on: date | None


def people(*, by: Actor) -> list[Person]:
    """The accounts within reach, by name."""
    factor = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=FACTORS)
    invited = Invitation.objects.filter(
        account_id=OuterRef("pk"), ended_at__isnull=True, expires_at__gt=timezone.now()
    )
    held = GRANTS.scope(by).exclude(valid_to__lte=by.on).select_related("unit").order_by("valid_from")
    others = Grant.objects.filter(account_id=OuterRef("pk")).exclude(unit__in=offices_below(by))
    elsewhere = Exists(others.exclude(valid_to__lte=by.on))
    rows = ACCOUNTS.scope(by).annotate(
        has_factor=Exists(factor), is_invited=Exists(invited), is_elsewhere=elsewhere
    )
    rows = rows.prefetch_related(Prefetch("grants", held, to_attr="held"))
    failing = _failing(by)
    return [_person(row, failing=failing) for row in rows.order_by("display_name", "id")]


def standing(account: Account, *, now: datetime | None = None) -> Standing:
    """How one account stands."""
    moment = now or timezone.now()
    invited = account.invitations.filter(ended_at__isnull=True, expires_at__gt=moment).exists()
    return _standing(
        account,
        is_invited=invited and not account.has_usable_password(),
        has_left=has_grant_left(account, moment),
        is_locked=lock_of(account.username, now=moment) is not None,
    )


def grants_of(*, by: Actor, account: Account) -> QuerySet[Grant]:
    """The grants of an account within reach, newest first, ended ones too."""
    return GRANTS.scope(by).filter(account=account).select_related("unit", "given_by").order_by("-valid_from")


def sessions_of(account: Account) -> list[UserSession]:
    """The open sessions of an account, newest first; rows of sessions that ended are left out."""
    rows = UserSession.objects.filter(user_id=account.pk).order_by("-last_seen_at")
    return [row for row in rows if row.exists()]


def roles_to_give(*, by: Actor) -> list[Role]:
    """The roles that the actor may give."""
    return [role for code, role in ROLES.items() if code in may_give(by.roles)]


def _failing(by: Actor) -> frozenset[int]:
    """Accounts within reach with a failed attempt: only these can be locked, so only these are looked at."""
    rows = Attempt.objects.filter(account__in=ACCOUNTS.scope(by), outcome=Attempt.Outcome.FAILED)
    return frozenset(pk for pk in rows.values_list("account_id", flat=True).distinct() if pk is not None)


def _person(account: Account, *, failing: frozenset[int]) -> Person:
    held: list[Grant] = account.held  # type: ignore[attr-defined]
    is_invited = bool(account.is_invited) and not account.has_usable_password()  # type: ignore[attr-defined]
    is_locked = account.pk in failing and lock_of(account.username) is not None
    how = _standing(account, is_invited=is_invited, has_left=bool(held), is_locked=is_locked)
    has_factor, is_elsewhere = account.has_factor, account.is_elsewhere  # type: ignore[attr-defined]
    return Person(account, held, how, has_factor, is_elsewhere, _ends_on(account, how))


def _ends_on(account: Account, how: Standing) -> date | None:
    """The day on which it is switched off if nobody signs in, where that is near."""
    end = end_unused(account) if how in ("works", "invited", "locked") else None
    return timezone.localdate(end) if end and end - timezone.now() < WARNED else None


def _standing(account: Account, *, is_invited: bool, has_left: bool, is_locked: bool) -> Standing:
    if not account.is_active:
        return "off"
    if not has_left:
        return "ended"
    if is_locked:
        return "locked"
    if is_invited:
        return "invited"
    return "unused" if is_unused(account) else "works"
