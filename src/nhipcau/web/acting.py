"""Who acts through the pages, and what the pages answer when a service refuses.

The middleware turns the signed-in account into the ``Actor`` that every service asks for. A record outside
scope and an address that does not exist get the same answer; what is inside but not allowed gets its reason.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.records.foundation.actors import Actor, Post, act_in, posts
from nhipcau.records.foundation.models import Account
from nhipcau.records.foundation.policies import Forbidden, NotFound
from nhipcau.web.signing.duties import duty

P = ParamSpec("P")


#: Where the session keeps in which unit somebody chose to work.
POST = "nhipcau_post"


class DeskRequest(HttpRequest):
    """A request of somebody who is signed in and holds a role; ``posts`` are all that are held today."""

    acting: Actor
    posts: list[Post]


class ActingMiddleware:
    """Sets ``request.acting``: the actor, or ``None`` for nobody and for who holds no role today."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the actor, then answer."""
        request.posts = _posts(request)  # type: ignore[attr-defined]
        request.acting = _actor(request, request.posts)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.user.is_authenticated:
            # PCs are shared: after signing out, "back" must show nothing.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Put refusals of the policies into the two answers of the house."""
        if isinstance(error, NotFound):
            return not_found(request, error)
        if isinstance(error, Forbidden):
            return _forbidden(request, str(error))
        return None


def signed_in(
    view: Callable[Concatenate[DeskRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Send nobody to the sign-in page, and who owes a password or a second factor to where that is done."""
    return _guarded(view, is_duty_first=True)


def signed_in_for_duties(
    view: Callable[Concatenate[DeskRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """The same for the pages on which such a duty is done."""
    return _guarded(view, is_duty_first=False)


def _guarded(
    view: Callable[Concatenate[DeskRequest, P], HttpResponseBase], *, is_duty_first: bool
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        actor: Actor | None = request.acting  # type: ignore[attr-defined]
        if actor is None:
            return _forbidden(request, _("You hold no role today. Ask the administrator of your office."))
        if is_duty_first and (name := duty(request, actor)):
            return redirect(name)
        if _holds_nul(request):
            return unclear(request)
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return guarded


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 (Django's handler)
    """The one answer for what does not exist and for what is outside scope, byte for byte."""
    words = {
        "title": _("There is no such page"),
        "what": _("The address is wrong, or what it names is not yours to see."),
    }
    return render(request, "frame/error.html", words, status=404)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django's handler)
    """A form without our token: sent by another site, or from a page that stood open too long."""
    words = {
        "title": _("The form was not accepted"),
        "what": _(
            "The page stood open too long, or it was sent from elsewhere. Load it anew and send it again."
        ),
        "safe": _("Nothing was changed."),
    }
    return render(request, "frame/error.html", words, status=403)


def unclear(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 (Django's handler)
    """A request that no page of ours would send."""
    words = {
        "title": _("The request is not clear"),
        "what": _("The address or what was sent with it is wrong."),
    }
    return render(request, "frame/error.html", words, status=400)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 (Django's handler)
    """More requests in a minute than people make."""
    words = {
        "title": _("Too many requests"),
        "what": _("Wait a minute, then try again."),
    }
    return render(request, "frame/error.html", words, status=429)


def broken(request: HttpRequest) -> HttpResponse:
    """What a fault of ours looks like: what is safe, and what to do.

    A database that does not answer is no fault of the page: it is started again, and waiting helps.
    """
    if isinstance(sys.exception(), OperationalError):
        return _away(request)
    words = {
        "title": _("Something broke here"),
        "what": _("The fault is ours and was written down. Go back and try once more."),
        "safe": _("What was saved before stays saved."),
        "code": timezone.localtime().strftime("%H%M%S"),
    }
    return render(request, "frame/error.html", words, status=500)


def _away(request: HttpRequest) -> HttpResponse:
    words = {
        "title": _("The database does not answer"),
        "what": _("It is being started again, which may take some minutes. Then go back and try once more."),
        "safe": _("What was saved before stays saved; what was being sent was not kept by halves."),
    }
    answer = render(request, "frame/error.html", words, status=503)
    answer.headers["Retry-After"] = "30"
    return answer


def _holds_nul(request: HttpRequest) -> bool:
    """Whether something was sent that no keyboard writes and no database keeps."""
    given = (values for sent in (request.GET, request.POST) for _name, values in sent.lists())
    return any("\0" in value for values in given for value in values)


def _forbidden(request: HttpRequest, reason: str) -> HttpResponse:
    words = {"title": _("Not allowed"), "what": reason}
    return render(request, "frame/error.html", words, status=403)


def work_in(request: DeskRequest, unit: str) -> bool:
    """Work in another of one's posts from now on; ``False`` where none is held there today.

    Pages that stand open act for the post they were opened in: their forms are refused from here on, so that
    nothing is written into the register of another office.
    """
    post = _chosen(request.posts, unit)
    if post is None:
        return False
    request.session[POST] = str(post.unit.public_id)
    rotate_token(request)
    return True


def _posts(request: HttpRequest) -> list[Post]:
    account: Any = request.user
    if not isinstance(account, Account) or not account.is_authenticated:
        return []
    return posts(account, on=timezone.localdate())


def _actor(request: HttpRequest, held: list[Post]) -> Actor | None:
    """Who acts: in the post chosen in this session while it is held, else in the oldest."""
    if not held:
        return None
    account: Any = request.user
    post = _chosen(held, request.session.get(POST, "")) or held[0]
    # The person, not the promise of one that a request carries: its class tells the kind of record.
    return act_in(getattr(account, "_wrapped", account), post, door="web", on=timezone.localdate())


def _chosen(held: list[Post], unit: str) -> Post | None:
    return next((post for post in held if str(post.unit.public_id) == unit), None)
