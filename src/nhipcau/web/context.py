"""What every page knows: who acts, in which office, the registers, whether the data are samples."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from nhipcau.records.foundation.access import ROLES
from nhipcau.records.foundation.actors import Actor
from nhipcau.web.registers import REGISTERS


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context of ``frame/base.html``."""
    actor: Actor | None = getattr(request, "acting", None)
    return {
        "acting": _words(actor) if actor else None,
        "permissions": actor.permissions if actor else frozenset(),
        "registers": REGISTERS,
        "is_sample": settings.NHIPCAU_DEMO,
        "today": timezone.localdate(),
    }


def _words(actor: Actor) -> dict[str, str]:
    role = ROLES.get(actor.roles[0]) if actor.roles else None
    return {
        "person": str(actor.account),
        "role_name": str(role.name) if role else "",
        "role_sentence": str(role.sentence) if role else "",
        "office_name": actor.unit.short_name or actor.unit.name if actor.unit else "",
    }
