"""How often somebody may try sign-in names: each refusal tells that a name is in use somewhere."""

from __future__ import annotations

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nhipcau.records.foundation.models import Account
from nhipcau.records.foundation.services.naming import TAKEN

#: So many names may be refused within an hour; who invites a colleague needs one or two.
MOST = 10
HOUR = 3600


def require_not_guessing(account: Account) -> None:
    """Raises ``ValidationError`` for who had too many names refused."""
    if cache.get(_key(account), 0) >= MOST:
        raise ValidationError(
            {"username": _("Too many names were refused. Wait an hour before you try another one.")}
        )


def count_refusal(account: Account, error: ValidationError) -> None:
    """Count it, where it was the name that was refused."""
    refused = getattr(error, "error_dict", {}).get("username", [])
    if any(one.code == TAKEN for one in refused):
        cache.set(_key(account), cache.get(_key(account), 0) + 1, HOUR)


def _key(account: Account) -> str:
    return f"nhipcau.names.{account.pk}"
