"""What allauth asks the house: who may come in, how secrets are kept; nobody makes an account here."""

from __future__ import annotations

import base64
import hashlib
import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.records.foundation import services
from nhipcau.records.foundation.actors import arriving
from nhipcau.records.foundation.attempts import lock_of, obstacle
from nhipcau.records.foundation.models import Account, Attempt

logger = logging.getLogger(__name__)

HOUSE = "Nhịp Cầu"
#: Where the session keeps the link with which somebody went to another house.
INVITATION = "nhipcau_invitation"


def locked_sentence(username: str) -> str:
    """What is said to a name that is locked, whether or not anybody has it; empty where it is not."""
    lock = lock_of(username)
    if lock is None:
        return ""
    until = timezone.localtime(lock.until).strftime("%H:%M %d/%m/%Y")
    return _(
        "Too many attempts failed. Try again after %(until)s, "
        "or ask the administrator of your office to unlock it."
    ) % {"until": until}


def turn_away(request: HttpRequest, sentence: str) -> HttpResponse:
    """Back to the sign-in page with the reason."""
    clear_login(request)
    messages.error(request, sentence, extra_tags="bad")
    return redirect("sign-in")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """The account side of signing in."""

    error_messages = {  # noqa: RUF012 (allauth's own is a dict)
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": gettext_lazy("Too many attempts failed. Wait a little and try again."),
        "incorrect_code": gettext_lazy("The code is not right, or it was used already."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's hook)
        """Accounts are made by invitation only."""
        return False

    def pre_login(self, request: HttpRequest, user: Account, **_given: Any) -> HttpResponse | None:
        """By whichever way somebody comes: locked, ended, unused and switched-off accounts stay outside."""
        sentence = locked_sentence(user.username) or obstacle(user)
        return turn_away(request, sentence) if sentence else None

    def login(self, request: HttpRequest, user: Account) -> None:
        """Sign in, and keep that it was done."""
        way = _way(request, user)
        super().login(request, user)
        by = arriving(user, door="web", on=timezone.localdate())
        services.keep_success(by=by, account=user, way=way, address=address_of(request))

    def add_message(self, *_given: Any, **_named: Any) -> None:
        """Our own pages speak for themselves."""

    def send_notification_mail(self, *_given: Any, **_named: Any) -> None:
        """The house sends no messages of accounts."""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the same
    """The second factor."""

    error_messages = {  # noqa: RUF012 (the same)
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("The code is not right, or it was used already."),
    }

    def encrypt(self, text: str) -> str:
        """Secrets do not stand in the database as they are: a dump alone signs nobody in."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Back again. Where the house's key is another one, a secret by chance: nothing opens by it."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            logger.warning("a second factor was bound under another NHIPCAU_SECRET_KEY")
            return str(generate_totp_secret())

    def get_totp_label(self, user: Account) -> str:
        """What the telephone shows beside the code."""
        return user.username

    def generate_authenticator_name(self, user: Account, type: Any) -> str:  # noqa: A002, ARG002 (allauth's)
        """The name of a passkey to which none was given."""
        return _("Passkey of %(day)s") % {"day": timezone.localdate().strftime("%d/%m/%Y")}

    def send_notification_mail(self, *_given: Any, **_named: Any) -> None:
        """The same as above."""

    def _get_site_name(self) -> str:
        return HOUSE


class HouseAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the same
    """Signing in at another house."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 (the same)
        """Who was not invited has no account, whatever another house says."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Only an identity that an account is bound to comes further."""
        token = request.session.pop(INVITATION, "")
        if not sociallogin.is_existing and token:
            _bind(sociallogin, token)
        if not sociallogin.is_existing:
            raise ImmediateHttpResponse(
                turn_away(
                    request, _("Nobody here is known under this sign-in. Ask your administrator for a link.")
                )
            )

    def on_authentication_error(self, request: HttpRequest, *_given: Any, **_named: Any) -> None:
        """Whatever went wrong there: one sentence, and the sign-in page."""
        raise ImmediateHttpResponse(
            turn_away(request, _("Signing in there did not work. Try again, or use your password."))
        )


def _bind(sociallogin: Any, token: str) -> None:
    """Who comes back from another house with a link of ours takes its account over by that identity."""
    found = services.open_invitation(token)
    if found is None:
        return
    by = arriving(found.account, door="web", on=timezone.localdate())
    identity = sociallogin.account
    services.bind_house(by=by, token=token, provider=identity.provider, uid=identity.uid)
    sociallogin.lookup()


def address_of(request: HttpRequest) -> str | None:
    """The network address that the attempt came from, as far as it is known."""
    return request.META.get("REMOTE_ADDR") or None


def _way(request: HttpRequest, account: Account) -> str:
    records = get_authentication_records(request, account)
    if any(record.get("passwordless") for record in records):
        return Attempt.Way.PASSKEY
    if any(record.get("method") == "socialaccount" for record in records):
        return Attempt.Way.HOUSE
    return Attempt.Way.PASSWORD


def _box() -> MultiFernet:
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = [hashlib.sha256(b"nhipcau.factor:" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
