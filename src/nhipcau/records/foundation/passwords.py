"""What a password must be, by the rules in force today; used by Django's ``validate_password``."""

from __future__ import annotations

import secrets
import string
from typing import Any

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.records.foundation.factors import has_second_factor
from nhipcau.records.foundation.models import Account
from nhipcau.records.foundation.rules import number

LENGTH_BESIDE_FACTOR = "IS-08a"
LENGTH_ALONE = "IS-08b"
REMEMBERED = "IS-10"
CLASSES = 4
_MADE = 18


class StrengthValidator:
    """Long, of all four classes of characters; shorter where a second factor stands beside it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ``ValidationError`` with what is missing."""
        alone = not (isinstance(user, Account) and user.pk and has_second_factor(user))
        shortest = number(LENGTH_ALONE if alone else LENGTH_BESIDE_FACTOR, on=timezone.localdate())
        if shortest is not None and len(password) < shortest:
            raise ValidationError(
                ngettext(
                    "The password needs at least %d character.",
                    "The password needs at least %d characters.",
                    shortest,
                )
                % shortest
            )
        if shortest is not None and alone and classes(password) < CLASSES:
            raise ValidationError(_("The password needs small and capital letters, digits and other signs."))

    def get_help_text(self) -> str:
        """One sentence beside the field."""
        shortest = number(LENGTH_ALONE, on=timezone.localdate())
        return _(
            "At least %(shortest)s characters: small and capital letters, digits and other signs. "
            "With a second factor fewer are enough."
        ) % {"shortest": shortest}


class ReuseValidator:
    """None of the account's last passwords again."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ``ValidationError`` where it was used before."""
        remembered = number(REMEMBERED, on=timezone.localdate())
        if not isinstance(user, Account) or not user.pk or not remembered:
            return
        rows = user.former_passwords.order_by("-id").values_list("encoded", flat=True)
        if any(check_password(password, old) for old in [user.password, *rows[: remembered - 1]]):
            raise ValidationError(
                _("None of your last %(count)s passwords may be taken again.") % {"count": remembered}
            )

    def get_help_text(self) -> str:
        """One sentence beside the field."""
        return _("None of your last %(count)s passwords.") % {
            "count": number(REMEMBERED, on=timezone.localdate())
        }


def classes(password: str) -> int:
    """How many of small letters, capital letters, digits and other signs occur."""
    return sum(
        (
            any(sign.islower() for sign in password),
            any(sign.isupper() for sign in password),
            any(sign.isdigit() for sign in password),
            any(not sign.isalnum() for sign in password),
        )
    )


def made_password() -> str:
    """A password by chance that keeps the rules: for first starts and demos, told once."""
    signs = string.ascii_letters + string.digits + "-_"
    while True:
        password = "".join(secrets.choice(signs) for _place in range(_MADE))
        if classes(password) == CLASSES:
            return password
