"""Second factors, as far as the rules of an office ask about them: allauth keeps the rows themselves."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Account

#: Recovery codes stand in for a factor that was lost; alone they are none.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_asked_of(actor: Actor) -> bool:
    """Whether this actor must have a second factor; a demo asks nobody for one."""
    return bool(settings.NHIPCAU_SECOND_FACTOR_ASKED) and actor.needs_second_factor


def has_second_factor(account: Account) -> bool:
    """Whether the account signs in with more than a password."""
    return bool(Authenticator.objects.filter(user_id=account.pk, type__in=FACTORS).exists())


def factors(account: Account) -> list[Authenticator]:
    """The account's factors and its recovery codes, oldest first."""
    return list(Authenticator.objects.filter(user_id=account.pk).order_by("id"))
