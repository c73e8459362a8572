"""Second factors: added and taken away by their owner, taken away by who manages accounts when lost.

The rows are allauth's; its makers of rows are used here and nowhere else, so that each change has its event.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.records.foundation import events
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.factors import FACTORS, is_asked_of
from nhipcau.records.foundation.models import Account
from nhipcau.records.foundation.policies import ACCOUNTS, Forbidden, NotFound


@transaction.atomic
def add_totp(*, by: Actor, secret: str, code: str) -> Authenticator:
    """Bind a telephone to one's own account; raises ``ValidationError`` where its code is not right."""
    account = _own(by)
    if Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).exists():
        raise ValidationError(_("A telephone is bound already. Take it away first."))
    if not validate_totp_code(secret, code):
        raise ValidationError(
            _("The code is not right. Look at the telephone's clock and type the newest one.")
        )
    return _added(by, account, TOTP.activate(account, secret).instance)


@transaction.atomic
def add_passkey(*, by: Actor, name: str, credential: dict[str, Any]) -> Authenticator:
    """Bind a passkey, whose answer was checked before, to one's own account."""
    account = _own(by)
    return _added(by, account, WebAuthn.add(account, name[:80], credential).instance)


@transaction.atomic
def remove_factor(*, by: Actor, factor: int) -> None:
    """Take one factor away from one's own account; with the last one the recovery codes go too.

    Raises ``Forbidden`` where the roles need a factor and this is the last.
    """
    account = _own(by)
    found = Authenticator.objects.filter(user_id=account.pk, type__in=FACTORS, pk=factor).first()
    if found is None:
        raise NotFound
    others = Authenticator.objects.filter(user_id=account.pk, type__in=FACTORS).exclude(pk=factor)
    if is_asked_of(by) and not others.exists():
        raise Forbidden(_("Your roles need a second factor. Add another before you take this one away."))
    events.record(by=by, verb="remove_factor", record=account, changes={"factor": (found.type, None)})
    found.delete()
    if not others.exists():
        Authenticator.objects.filter(user_id=account.pk).delete()


@transaction.atomic
def clear_factors(*, by: Actor, account: Account, why: str) -> None:
    """Take all factors away from somebody who lost them; the next sign-in needs the password only."""
    row = ACCOUNTS.lock(by, Permission.ACCOUNT_MANAGE, account)
    kinds = sorted(Authenticator.objects.filter(user_id=row.pk).values_list("type", flat=True))
    Authenticator.objects.filter(user_id=row.pk).delete()
    events.record(by=by, verb="clear_factors", record=row, changes={"factor": (kinds, None)}, why=why)


@transaction.atomic
def make_codes(*, by: Actor) -> list[str]:
    """New recovery codes for one's own account; the old ones open nothing any more."""
    account = _own(by)
    Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(account).get_unused_codes()
    events.record(by=by, verb="make_codes", record=account)
    return codes


def _own(by: Actor) -> Account:
    if by.account is None:
        raise Forbidden(_("A second factor belongs to a person."))
    return Account.objects.select_for_update().get(pk=by.account.pk)


def _added(by: Actor, account: Account, factor: Authenticator) -> Authenticator:
    events.record(by=by, verb="add_factor", record=account, changes={"factor": (None, factor.type)})
    return factor
