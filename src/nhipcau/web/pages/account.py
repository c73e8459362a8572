"""My account: who I am here, my password, my sessions, and the last attempts to sign in with my name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import password_validation, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.records.foundation import people, services
from nhipcau.records.foundation.access import ROLES
from nhipcau.records.foundation.factors import factors, is_asked_of
from nhipcau.records.foundation.models import Account, Attempt
from nhipcau.records.foundation.personal.reach import attempts_of
from nhipcau.records.foundation.policies import NotFound
from nhipcau.web.acting import DeskRequest, signed_in, signed_in_for_duties, work_in
from nhipcau.web.signing.adapters import address_of, locked_sentence
from nhipcau.web.signing.duties import must_change
from nhipcau.web.signing.idle import MOST_HELD, hold, lock
from nhipcau.web.signing.passwords import TypedTwice

#: So many attempts to sign in are shown.
ATTEMPTS = 10
#: Browsers name themselves at length; these few words are what people know them by.
BROWSERS = (
    ("Edg/", "Edge"),
    ("CocCoc", "Cốc Cốc"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def own(request: DeskRequest) -> Account:
    """The account of who is signed in."""
    if request.acting.account is None:
        raise NotFound
    return request.acting.account


class OwnPassword(forms.Form):
    """Asks for the password again, where the account has one: a session alone changes nothing of it."""

    current = forms.CharField(
        label=gettext_lazy("Your password now"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    def __init__(self, *given: Any, request: DeskRequest, **named: Any) -> None:
        super().__init__(*given, **named)
        self.request = request
        self.account = own(request)
        if not self.account.has_usable_password():
            del self.fields["current"]

    def clean_current(self) -> str:
        """Wrong ones count like failed sign-ins."""
        current: str = self.cleaned_data["current"]
        if sentence := locked_sentence(self.account.username):
            raise ValidationError(sentence)
        if not self.account.check_password(current):
            services.keep_failure(
                by=self.request.acting,
                username=self.account.username,
                way=Attempt.Way.PASSWORD,
                address=address_of(self.request),
            )
            raise ValidationError(_("This is not your password."))
        return current


class NewPassword(TypedTwice, OwnPassword):
    """One's password, and the new one."""

    field_order = ("current", "new", "again")


@require_GET
@signed_in_for_duties
def account(request: DeskRequest) -> HttpResponse:
    """The page."""
    mine = own(request)
    context = {
        "account": mine,
        "grants": mine.grants.exclude(valid_to__lte=request.acting.on).select_related("unit", "given_by"),
        "posts": request.posts,
        "here": request.acting.unit,
        "roles": {code: role.name for code, role in ROLES.items()},
        "factors": factors(mine),
        "needs_factor": is_asked_of(request.acting),
        "sessions": [_session(request, row) for row in people.sessions_of(mine)],
        "attempts": attempts_of(by=request.acting, account=mine)[:ATTEMPTS],
    }
    return render(request, "account/account.html", context)


@require_POST
@signed_in_for_duties
def choose_post(request: DeskRequest) -> HttpResponse:
    """Work in another of one's units from now on, in this session."""
    if work_in(request, request.POST.get("unit", "")):
        return redirect("desk")
    messages.error(request, _("You hold no role there today."), extra_tags="bad")
    return redirect("account")


@require_http_methods(["GET", "POST"])
@signed_in_for_duties
def password(request: DeskRequest) -> HttpResponse:
    """Take a new password; other sessions end by it."""
    form = NewPassword(request.POST or None, request=request)
    mine = own(request)
    if request.method == "POST" and form.is_valid():
        try:
            changed = services.change_password(
                by=request.acting, account=mine, password=form.cleaned_data["new"]
            )
        except ValidationError as error:
            form.add_error("new", error)
        else:
            update_session_auth_hash(request, changed)
            messages.success(
                request, _("The new password holds. Other sessions were ended."), extra_tags="good"
            )
            return redirect("desk")
    context = {
        "form": form,
        "is_due": must_change(mine, request.acting),
        "rules": password_validation.password_validators_help_texts()[-2:],
    }
    return render(request, "account/password.html", context)


@require_POST
@signed_in_for_duties
def end_sessions(request: DeskRequest) -> HttpResponse:
    """End one session, or all but this one."""
    mine = own(request)
    only = request.POST.get("session", "")
    ended = services.end_sessions(
        by=request.acting,
        account=mine,
        only=int(only) if only.isdecimal() else None,
        but=request.session.session_key,
    )
    words = ngettext("%d session was ended.", "%d sessions were ended.", ended) % ended
    messages.success(request, words, extra_tags="good")
    return redirect("account")


@require_POST
@signed_in
def still_here(request: DeskRequest) -> HttpResponse:  # noqa: ARG001 (the middleware kept that somebody is there)
    """Somebody types: a page that is being filled in is not idle."""
    return HttpResponse(status=204)


@require_POST
@signed_in
def lock_now(request: DeskRequest) -> HttpResponse:
    """The page saw that nobody does anything: keep what was typed, and end the session."""
    names, values = request.POST.getlist("name"), request.POST.getlist("value")
    fields = list(zip(names, values, strict=False))
    if sum(map(len, values)) > MOST_HELD:
        fields = []
    lock(request, hold(request, path=request.POST.get("path", "/"), fields=fields, is_draft=True))
    return HttpResponse(status=204)


def _session(request: DeskRequest, row: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "words": _words(row.user_agent),
        "address": row.ip,
        "since": row.created_at,
        "seen": row.last_seen_at,
        "is_this": row.session_key == request.session.session_key,
    }


def _words(agent: str) -> str:
    """The browser and the system in two words."""
    browser = next((name for mark, name in BROWSERS if mark in agent), _("another browser"))
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return f"{browser}, {system}" if system else browser
