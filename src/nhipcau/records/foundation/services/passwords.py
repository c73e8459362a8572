"""Passwords: taken by their owner, or set anew by who manages accounts."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from nhipcau.records.foundation import events
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Account, FormerPassword
from nhipcau.records.foundation.policies import ACCOUNTS


@transaction.atomic
def change_password(*, by: Actor, account: Account, password: str) -> Account:
    """Give an account a new password: one's own, or another's with the permission to manage accounts.

    One that another has set must be changed by its owner at the next sign-in.
    Raises ``ValidationError`` where the password breaks the rules.
    """
    is_own = by.account is not None and by.account.pk == account.pk
    if not is_own:
        ACCOUNTS.require(by, Permission.ACCOUNT_MANAGE, account)
    row = Account.objects.select_for_update().get(pk=account.pk)
    take_password(row, password, must_change=not is_own)
    events.record(by=by, verb="change_password", record=row)
    return row


def take_password(row: Account, password: str, *, must_change: bool) -> None:
    """A step of services: put the new password into a locked row, and remember the old one."""
    validate_password(password, row)
    if row.has_usable_password():
        FormerPassword.objects.create(account=row, encoded=row.password)
    row.set_password(password)
    row.password_changed_at = timezone.now()
    row.must_change_password = must_change
    row.save(update_fields=["password", "password_changed_at", "must_change_password"])
