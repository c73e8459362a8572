"""Accounts: who signs in."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.records.foundation import events
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.attempts import UNUSED_DAYS
from nhipcau.records.foundation.models import Account
from nhipcau.records.foundation.policies import ACCOUNTS, Forbidden
from nhipcau.records.foundation.rules import rule
from nhipcau.records.foundation.services.naming import save_named
from nhipcau.records.foundation.services.sessions import forget_sessions


@transaction.atomic
def create_account(
    *, by: Actor, username: str, display_name: str, password: str, email: str = "", must_change: bool = False
) -> Account:
    """Make an account that can sign in but holds no role yet.

    ``must_change``: whoever comes with this password must first take another.

    Raises ``ValidationError`` where the name is taken or the password breaks the rules.
    """
    ACCOUNTS.require(by, Permission.ACCOUNT_MANAGE)
    account = Account(
        username=username, display_name=display_name, email=email, must_change_password=must_change
    )
    validate_password(password, account)
    account.set_password(password)
    account.password_changed_at = timezone.now()
    save_named(account, by.unit)
    changes = events.creation(account, "username", "display_name", "email")
    events.record(by=by, verb="create", record=account, changes=changes)
    return account


@transaction.atomic
def set_active(*, by: Actor, account: Account, is_active: bool, why: str) -> Account:
    """Let an account sign in, its days without use begin anew; or no longer, and its sessions end."""
    row = ACCOUNTS.lock(by, Permission.ACCOUNT_MANAGE, account)
    changes = events.differences(row, {"is_active": is_active})
    row.is_active = is_active
    if is_active:
        row.active_since = timezone.now()
    row.save(update_fields=["is_active", "active_since"])
    if not is_active:
        forget_sessions(row)
    events.record(by=by, verb="set_active", record=row, changes=changes, why=why)
    return row


@transaction.atomic
def lock_unused(*, by: Actor) -> list[Account]:
    """Switch off every account that nobody used for longer than the rule of the day allows.

    Only the product itself does this, in its daily round: it concerns all offices alike.
    """
    if not by.is_system:
        raise Forbidden(_("Only the product itself switches off what nobody uses."))
    law = rule(UNUSED_DAYS, on=by.on)
    if law is None or law.number is None:
        return []
    limit = timezone.now() - timedelta(days=law.number)
    unused = Account.objects.filter(is_active=True, active_since__lt=limit).exclude(last_login__gte=limit)
    locked = list(unused.select_for_update().order_by("pk"))
    for row in locked:
        row.is_active = False
        row.save(update_fields=["is_active"])
        forget_sessions(row)
        changes = {"is_active": (True, False)}
        events.record(by=by, verb="lock_unused", record=row, changes=changes, why=law.law)
    return locked
