"""Invitations: an account is made with its first role, and its person takes it over by a link, once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone

from nhipcau.records.foundation import events
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.attempts import name_key
from nhipcau.records.foundation.models import Account, Attempt, Invitation, Unit
from nhipcau.records.foundation.policies import ACCOUNTS, NotFound
from nhipcau.records.foundation.services.grants import give_grant
from nhipcau.records.foundation.services.naming import save_named
from nhipcau.records.foundation.services.passwords import take_password
from nhipcau.records.foundation.services.sessions import forget_sessions

#: How long a link holds: handed over in person or by telephone, it is used within days.
HOLDS = timedelta(days=3)


@transaction.atomic
def invite(
    *,
    by: Actor,
    username: str,
    display_name: str,
    role: str,
    unit: Unit,
    valid_from: date,
    valid_to: date | None = None,
) -> tuple[Account, str]:
    """Make an account with one role and the link by which its person takes it over; the link is told once.

    Raises ``ValidationError`` where the name is taken or the grant cannot be.
    """
    ACCOUNTS.require(by, Permission.ACCOUNT_MANAGE)
    account = Account(username=username, display_name=display_name)
    account.set_unusable_password()
    save_named(account, by.unit)
    changes = events.creation(account, "username", "display_name")
    events.record(by=by, verb="invite", record=account, changes=changes)
    give_grant(by=by, account=account, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to)
    return account, _link(by, account)


@transaction.atomic
def make_link(*, by: Actor, account: Account, why: str) -> str:
    """A new link for somebody who lost the password or the first link; earlier ones open nothing any more."""
    row = ACCOUNTS.lock(by, Permission.ACCOUNT_MANAGE, account)
    events.record(by=by, verb="make_link", record=row, why=why)
    return _link(by, row)


def open_invitation(token: str) -> Invitation | None:
    """The invitation that a link stands for, while it can be used."""
    rows = Invitation.objects.filter(ended_at__isnull=True, expires_at__gt=timezone.now())
    return rows.filter(token_digest=_digest(token), account__is_active=True).select_related("account").first()


@transaction.atomic
def accept_invitation(*, by: Actor, token: str, password: str) -> Account:
    """Take an account over with a password of one's own: the link ends, and so do sessions and locks.

    Raises ``NotFound`` where the link opens nothing, ``ValidationError`` where the password breaks the rules.
    """
    row = _taken(token)
    take_password(row, password, must_change=False)
    return _welcomed(by, row, "password")


@transaction.atomic
def bind_house(*, by: Actor, token: str, provider: str, uid: str) -> SocialAccount:
    """Take an account over by the identity that another house vouches for; nothing else of it is kept."""
    row = _taken(token)
    bound: SocialAccount = SocialAccount.objects.create(user=row, provider=provider, uid=uid, extra_data={})
    _welcomed(by, row, "house")
    return bound


def _taken(token: str) -> Account:
    """End the invitation behind the link, and lock its account."""
    found = open_invitation(token)
    locked = (
        Invitation.objects.select_for_update().filter(pk=found.pk, ended_at__isnull=True) if found else None
    )
    invitation = locked.first() if locked is not None else None
    if invitation is None:
        raise NotFound
    invitation.ended_at = timezone.now()
    invitation.save(update_fields=["ended_at"])
    return Account.objects.select_for_update().get(pk=invitation.account_id)


def _welcomed(by: Actor, row: Account, way: str) -> Account:
    row.active_since = timezone.now()
    row.save(update_fields=["active_since"])
    forget_sessions(row)
    Attempt.objects.create(name_key=name_key(row.username), account=row, outcome=Attempt.Outcome.UNLOCKED)
    events.record(by=by, verb="accept_invitation", record=row, changes={"way": (None, way)})
    return row


def _link(by: Actor, account: Account) -> str:
    """Withdraw what was open, and make a link whose digest alone is kept."""
    now = timezone.now()
    Invitation.objects.filter(account=account, ended_at__isnull=True).update(ended_at=now)
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        account=account, token_digest=_digest(token), made_by=by.account, expires_at=now + HOLDS
    )
    return token


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
