"""Sign-in names: one list for the whole house, which must not tell who else is in it."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nhipcau.reading.text import fold
from nhipcau.records.foundation.models import Account, Unit

#: The code of the refusal, by which a page counts how often names were tried.
TAKEN = "taken"
_LETTERS = re.compile(r"[a-z0-9]+")
#: So many words of a unit's name stand in a proposed name, and so many are tried.
_WORDS = 2
_TURNS = 50


def save_named(account: Account, unit: Unit | None) -> None:
    """A step of services: save a new account; raises ``ValidationError`` where its name is in use.

    Who signs in names no office, so a name is given once in the whole house, and that one is in use cannot
    be hidden from who wants to give it. Neither its person nor the office is told, the name proposed instead
    is one of the giver's own unit, and the page lets nobody try names one after another.
    """
    account.full_clean(exclude=["password"], validate_unique=False)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        words = _("This sign-in name cannot be given. Choose another one, for example %(name)s.")
        raise ValidationError(
            {"username": ValidationError(words, TAKEN, {"name": proposed(account.username, unit)})}
        ) from error


def proposed(username: str, unit: Unit | None) -> str:
    """A name nobody has, made of the wanted one and the last words of the unit's name."""
    words = _LETTERS.findall(fold(unit.short_name or unit.name)) if unit else []
    ending = "".join(words[-_WORDS:])
    stem = f"{username[:40]}.{ending[:24]}" if ending else username[:60]
    every = [stem, *(f"{stem}{turn}" for turn in range(2, _TURNS))]
    used = set(Account.objects.filter(username__in=every).values_list("username", flat=True))
    return next((name for name in every if name not in used), every[-1])
