"""The idle lock: who did nothing for as long as the rule allows signs in again, and loses nothing typed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from nhipcau.records.foundation import services
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.rules import number

IDLE_MINUTES = "IS-13a"
IDLE_MINUTES_ADMINISTRATOR = "IS-13b"
SEEN = "nhipcau_seen"
HELD = "nhipcau_held"
#: So much typed text is kept, in characters; a form of ours holds less.
MOST_HELD = 200_000
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "current", "new", "again", "code", "credential", "token"})
#: The session is written this seldom, in seconds.
STEP = 15


class IdleMiddleware:
    """Ends a session that stood still; stands after the middleware that knows who acts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead to the sign-in page."""
        if request.user.is_authenticated:
            limit = idle_seconds(getattr(request, "acting", None))
            still = time.time() - request.session.get(SEEN, time.time())
            if limit is not None and still > limit:
                return _locked(request)
            if still > STEP and not _is_poll(request):
                mark_seen(request)
        return self.get_response(request)


def idle_seconds(actor: Actor | None) -> int | None:
    """After how many seconds of doing nothing one is locked out; ``None`` where no rule says so."""
    code = IDLE_MINUTES_ADMINISTRATOR if actor and actor.administers else IDLE_MINUTES
    minutes = number(code, on=timezone.localdate())
    return None if minutes is None else minutes * 60


def mark_seen(request: HttpRequest, **_given: Any) -> None:
    """Somebody did something just now."""
    request.session[SEEN] = time.time()
    if request.session.session_key:
        services.mark_session_seen(
            by=getattr(request, "acting", None), session_key=request.session.session_key
        )


def begin(request: HttpRequest, **_given: Any) -> None:
    """Called when somebody has signed in: from now on the clock runs."""
    request.session[SEEN] = time.time()


def _is_poll(request: HttpRequest) -> bool:
    """A page that asks again by itself is nobody's doing."""
    return request.headers.get("X-Asks-Itself") == "yes"


def hold(
    request: HttpRequest, *, path: str, fields: list[tuple[str, str]], is_draft: bool
) -> dict[str, Any] | None:
    """What was typed, for its owner after signing in again; a draft goes back into its form."""
    kept = [(name, value) for name, value in fields if _is_kept(name)]
    if not any(value for _name, value in kept):
        return None
    return {"account": request.user.pk, "path": path, "fields": kept, "is_draft": is_draft}


def lock(request: HttpRequest, held: dict[str, Any] | None) -> None:
    """End the session; the next one knows what was typed."""
    logout(request)
    if held:
        request.session[HELD] = held


def _locked(request: HttpRequest) -> HttpResponse:
    wanted = request.get_full_path()
    held = hold(request, path=request.path, fields=_typed(request), is_draft=False)
    lock(request, held)
    if request.headers.get("HX-Request"):
        wanted = request.headers.get("HX-Current-URL", "/")
        return HttpResponseClientRedirect(f"{reverse('sign-in')}?next={_path_of(wanted)}")
    if request.method != "POST":
        return redirect_to_login(wanted)
    return redirect_to_login(reverse("held") if held else "/")


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent with a form, but no file."""
    if request.method != "POST":
        return []
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    return typed if sum(len(value) for _name, value in typed) <= MOST_HELD else []


def _is_kept(name: str) -> bool:
    """Passwords, codes and tokens are not."""
    return name not in NOT_KEPT and "password" not in name


def _path_of(address: str) -> str:
    parts = urlsplit(address)
    return quote(f"{parts.path}?{parts.query}" if parts.query else parts.path)
