"""What every page knows: who acts, in which office, the registers, whether the data are samples."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from nhipcau.interchange.registers import DRAWN
from nhipcau.records.foundation.access import ROLES, roles_of
from nhipcau.records.foundation.actors import Actor, Post
from nhipcau.web.signing.idle import HELD, idle_seconds

#: Seconds between what the page tells of its user and what the server holds.
MARGIN = 30


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context of ``frame/base.html``."""
    actor: Actor | None = getattr(request, "acting", None)
    return {
        "acting": _words(actor) if actor else None,
        "other_posts": _others(getattr(request, "posts", []), actor),
        "permissions": actor.permissions if actor else frozenset(),
        "registers": DRAWN,
        "is_sample": settings.NHIPCAU_DEMO,
        "today": timezone.localdate(),
        "idle": _idle(actor),
        "held_draft": _draft(request, actor),
    }


def _idle(actor: Actor | None) -> int:
    """After how many seconds the page locks itself: a little before the server would."""
    seconds = idle_seconds(actor) if actor else None
    return max(seconds - MARGIN, MARGIN) if seconds else 0


def _draft(request: HttpRequest, actor: Actor | None) -> str:
    """What was typed into this very page before it was locked, once, as JSON."""
    held = request.session.get(HELD) if actor else None
    if not held or not held["is_draft"] or held["path"] != request.path or held["account"] != request.user.pk:
        return ""
    del request.session[HELD]
    return json.dumps(held["fields"], ensure_ascii=False)


def _words(actor: Actor) -> dict[str, str]:
    role = ROLES.get(actor.roles[0]) if actor.roles else None
    return {
        "person": str(actor.account),
        "role_name": role_names(actor.roles),
        "role_sentence": str(role.sentence) if role else "",
        "office_name": actor.unit.short_name or actor.unit.name if actor.unit else "",
    }


def role_names(codes: tuple[str, ...]) -> str:
    """Roles as they are called, in one line."""
    return ", ".join(str(role.name) for role in roles_of(codes))


def _others(held: list[Post], actor: Actor | None) -> list[dict[str, str]]:
    """The posts in which the person could work instead."""
    return [
        {
            "id": str(post.unit.public_id),
            "unit": post.unit.short_name or post.unit.name,
            "roles": role_names(post.roles),
        }
        for post in held
        if actor is None or actor.unit is None or post.unit.pk != actor.unit.pk
    ]
