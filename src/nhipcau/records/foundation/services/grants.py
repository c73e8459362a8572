"""Grants: which role somebody holds, where and when."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.records.foundation import events
from nhipcau.records.foundation.access import ROLES, Permission, may_give
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.attempts import has_grant_left
from nhipcau.records.foundation.models import ADMINISTRATIVE, Account, Ancestor, Grant, Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.foundation.policies import ACCOUNTS, GRANTS, Forbidden, NotFound
from nhipcau.records.foundation.services.sessions import forget_sessions


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
    if not by.is_system:
        _require_own_limits(by, account, role, valid_from)
    _require_not_held(account, role, unit, valid_from, valid_to)
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
    if not by.is_system:
        _require_ending(by, row, valid_to)
    changes = events.differences(row, {"valid_to": valid_to})
    row.valid_to = valid_to
    row.full_clean(exclude=["given_by"])
    row.save(update_fields=["valid_to"])
    events.record(by=by, verb="end", record=row, changes=changes, why=why)
    _forget_if_last(row.account)
    return row


@transaction.atomic
def cancel_grant(*, by: Actor, grant: Grant, why: str = "") -> None:
    """Take a grant back that has not begun: it never held, so its row goes; versions and trail keep it.

    Raises ``ValidationError`` for one that has begun: that one is ended, and stays as it was.
    """
    row = GRANTS.lock(by, Permission.GRANT_GIVE, grant)
    if row.valid_from <= by.on:
        raise ValidationError(_("This role has begun already: end it instead."))
    if by.account is not None and row.account_id == by.account.pk:
        raise Forbidden(_("Nobody ends a role of his own. Another administrator does."))
    told = ("account", "role", "unit", "valid_from", "valid_to")
    values = {field: getattr(row, field) for field in told}
    changes = {field: (value, None) for field, value in values.items() if value is not None}
    events.record(by=by, verb="cancel", record=row, changes=changes, why=why)
    row.delete()
    _forget_if_last(row.account)


def _forget_if_last(account: Account) -> None:
    """The account ends with its last grant: at once, not when the session would have."""
    if not has_grant_left(account, timezone.now()):
        forget_sessions(account)


def _require_period(valid_from: date, valid_to: date | None) -> None:
    """Asked before the database is: it cannot even compare a period that is turned round."""
    if valid_to is not None and valid_to <= valid_from:
        raise ValidationError({"valid_to": _("A period ends after the day on which it begins.")})


def _require_not_held(
    account: Account, role: str, unit: Unit, valid_from: date, valid_to: date | None
) -> None:
    same = account.grants.filter(role=role, unit=unit).exclude(valid_to__lte=valid_from)
    if (same if valid_to is None else same.filter(valid_from__lt=valid_to)).exists():
        raise ValidationError({"role": _("This person holds this role there already in those days.")})


def _require_own_limits(by: Actor, account: Account, role: str, valid_from: date) -> None:
    """Nobody gives a role to himself, one that is not his to give, one to a stranger, or one of the past."""
    if by.account is not None and by.account.pk == account.pk:
        raise Forbidden(_("Nobody gives a role to himself. Another administrator does."))
    if role not in may_give(by.roles):
        raise Forbidden(_("This role is not yours to give."))
    if account.grants.exists() and not ACCOUNTS.scope(by).filter(pk=account.pk).exists():
        raise NotFound
    if valid_from < by.on:
        raise ValidationError(
            {"valid_from": _("A role is given from today on, not for days that have passed.")}
        )


def _require_ending(by: Actor, grant: Grant, valid_to: date) -> None:
    """The past stays as it was, and an office is not left without who administers it."""
    if valid_to < by.on:
        raise ValidationError({"valid_to": _("A role ends today at the earliest.")})
    if by.account is not None and grant.account_id == by.account.pk:
        raise Forbidden(_("Nobody ends a role of his own. Another administrator does."))


def _require_reach(by: Actor, unit: Unit) -> None:
    """The giver's unit must stand at or above the unit on the giver's day."""
    if by.is_system:
        return
    above = Ancestor.objects.filter(in_force(by.on), unit=unit, ancestor=by.unit, hierarchy=ADMINISTRATIVE)
    if not above.exists():
        raise NotFound
