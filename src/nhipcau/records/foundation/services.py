"""Accounts and grants: who signs in, and which role they hold where and when."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.records.foundation import events
from nhipcau.records.foundation.access import ROLES, Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import ADMINISTRATIVE, Account, Ancestor, Grant, Refusal, Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.foundation.policies import ACCOUNTS, GRANTS, Forbidden, NotFound


@transaction.atomic
def create_account(*, by: Actor, username: str, display_name: str, password: str, email: str = "") -> Account:
    """Make an account that can sign in but holds no role yet.

    Raises ``ValidationError`` where the name is taken or the password breaks the rules.
    """
    ACCOUNTS.require(by, Permission.ACCOUNT_MANAGE)
    account = Account(username=username, display_name=display_name, email=email)
    validate_password(password, account)
    account.set_password(password)
    account.password_changed_at = timezone.now()
    account.full_clean(exclude=["password"])
    account.save()
    changes = events.creation(account, "username", "display_name", "email")
    events.record(by=by, verb="create", record=account, changes=changes)
    return account


@transaction.atomic
def change_password(*, by: Actor, account: Account, password: str) -> Account:
    """Give an account a new password: one's own, or another's with the permission to manage accounts."""
    if by.account is None or by.account.pk != account.pk:
        ACCOUNTS.require(by, Permission.ACCOUNT_MANAGE, account)
    row = Account.objects.select_for_update().get(pk=account.pk)
    validate_password(password, row)
    row.set_password(password)
    row.password_changed_at = timezone.now()
    row.save(update_fields=["password", "password_changed_at"])
    events.record(by=by, verb="change_password", record=row)
    return row


@transaction.atomic
def set_active(*, by: Actor, account: Account, is_active: bool, why: str) -> Account:
    """Let an account sign in, or no longer."""
    row = ACCOUNTS.lock(by, Permission.ACCOUNT_MANAGE, account)
    changes = events.differences(row, {"is_active": is_active})
    row.is_active = is_active
    row.save(update_fields=["is_active"])
    events.record(by=by, verb="set_active", record=row, changes=changes, why=why)
    return row


@transaction.atomic
def give_grant(
    *, by: Actor, account: Account, role: str, unit: Unit, valid_from: date, valid_to: date | None = None
) -> Grant:
    """Give an account a role in a unit at or below the giver's, from a day on, until before another.

    Raises ``ValidationError`` for an unknown role, a period turned round, or one over the same grant.
    """
    GRANTS.require(by, Permission.GRANT_GIVE)
    if role not in ROLES:
        raise ValidationError(_("There is no role “%(role)s”.") % {"role": role})
    _require_period(valid_from, valid_to)
    _require_reach(by, unit)
    grant = Grant(
        account=account, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to, given_by=by.account
    )
    # The product itself gives the first one: then nobody stands in that field.
    grant.full_clean(exclude=["given_by"])
    grant.save()
    changes = events.creation(grant, "account", "role", "unit", "valid_from", "valid_to")
    events.record(by=by, verb="give", record=grant, changes=changes)
    return grant


@transaction.atomic
def end_grant(*, by: Actor, grant: Grant, valid_to: date, why: str = "") -> Grant:
    """Let a grant end before a day; what was done under it stays as it was."""
    row = GRANTS.lock(by, Permission.GRANT_GIVE, grant)
    _require_period(row.valid_from, valid_to)
    changes = events.differences(row, {"valid_to": valid_to})
    row.valid_to = valid_to
    row.full_clean(exclude=["given_by"])
    row.save(update_fields=["valid_to"])
    events.record(by=by, verb="end", record=row, changes=changes, why=why)
    return row


def refuse(*, by: Actor, mark: str) -> Refusal:
    """Keep the one line of a refused paper: day, user, mark.

    It writes no event, because an event names a record, and of this paper there is none. It is committed at
    once: the caller then raises, and no transaction of the caller's may take the line away.
    """
    if by.account is None:
        raise Forbidden(_("A paper is received by a person."))
    return Refusal.objects.create(day=by.on, account=by.account, mark=mark)


def _require_period(valid_from: date, valid_to: date | None) -> None:
    """Asked before the database is: it cannot even compare a period that is turned round."""
    if valid_to is not None and valid_to <= valid_from:
        raise ValidationError({"valid_to": _("A period ends after the day on which it begins.")})


def _require_reach(by: Actor, unit: Unit) -> None:
    """The giver's unit must stand at or above the unit on the giver's day."""
    if by.is_system:
        return
    above = Ancestor.objects.filter(in_force(by.on), unit=unit, ancestor=by.unit, hierarchy=ADMINISTRATIVE)
    if not above.exists():
        raise NotFound
