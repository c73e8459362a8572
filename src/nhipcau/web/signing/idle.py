"""The idle lock: who did nothing for as long as the rule allows signs in again, and loses nothing typed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

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
#: The session is written this seldom, in seconds.
STEP = 30


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


def _locked(request: HttpRequest) -> HttpResponse:
    held = _typed(request)
    wanted = request.get_full_path()
    account = request.user.pk
    logout(request)
    if held:
        request.session[HELD] = {"account": account, "path": request.path, "fields": held}
    if request.headers.get("HX-Request"):
        wanted = request.headers.get("HX-Current-URL", "/")
        return HttpResponseClientRedirect(f"{reverse('sign-in')}?next={_path_of(wanted)}")
    return redirect_to_login(reverse("held") if request.method == "POST" else wanted)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent with a form, but no password and no file."""
    if request.method != "POST":
        return []
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]
    return typed if sum(len(value) for _name, value in typed) <= MOST_HELD else []


def _path_of(address: str) -> str:
    from urllib.parse import quote, urlsplit

    parts = urlsplit(address)
    return quote(f"{parts.path}?{parts.query}" if parts.query else parts.path)
