"""The people of the office, for who administers it: who works here, in which roles, who may come in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.records.foundation import people as reads
from nhipcau.records.foundation import services
from nhipcau.records.foundation.access import ROLES, SENTENCES, Permission
from nhipcau.records.foundation.models import Account, Grant
from nhipcau.records.foundation.personal.reach import alone_since, attempts_of
from nhipcau.records.foundation.personal.services import note_reading, note_readings
from nhipcau.records.foundation.policies import ACCOUNTS, GRANTS
from nhipcau.web.acting import DeskRequest, signed_in
from nhipcau.web.kit.forms import add_errors, day_field
from nhipcau.web.pages.account import ATTEMPTS, own
from nhipcau.web.pages.unit_picker import UnitField
from nhipcau.web.signing.names import count_refusal, require_not_guessing

#: How each standing is drawn and called.
STANDINGS = {
    "works": ("done", gettext_lazy("works")),
    "invited": ("waiting", gettext_lazy("invited, has not come yet")),
    "locked": ("late", gettext_lazy("locked after failed attempts")),
    "unused": ("soon", gettext_lazy("off: not used for too long")),
    "off": ("none", gettext_lazy("switched off")),
    "ended": ("none", gettext_lazy("ended with the last role")),
}


class GrantForm(forms.Form):
    """A role in a unit, from a day, until before another."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))
    unit = UnitField(label=gettext_lazy("Unit: your own, or one below it"), is_own=True, day="id_valid_from")
    valid_from = day_field(gettext_lazy("From"))
    valid_to = day_field(gettext_lazy("Until before (may stay empty)"), required=False)

    def __init__(self, *given: Any, request: DeskRequest, **named: Any) -> None:
        super().__init__(*given, **named)
        by = request.acting
        choices = [(role.code, f"{role.name}: {role.sentence}") for role in reads.roles_to_give(by=by)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        self.fields["unit"].by = by  # type: ignore[attr-defined]
        self.fields["unit"].initial = by.unit
        self.fields["valid_from"].initial = by.on


class InviteForm(GrantForm):
    """Who it is, and the first role."""

    display_name = forms.CharField(label=gettext_lazy("Name shown"), max_length=120)
    username = forms.RegexField(
        r"^[a-z0-9](?:[a-z0-9.\-]*[a-z0-9])?$",
        label=gettext_lazy("Sign-in name: small letters without marks, digits, dots"),
        max_length=80,
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off"}),
    )

    field_order = ("display_name", "username", "role", "unit", "valid_from", "valid_to")


@require_GET
@signed_in
def people(request: DeskRequest) -> HttpResponse:
    """The list."""
    ACCOUNTS.require(request.acting, Permission.ACCOUNT_VIEW)
    found = reads.people(by=request.acting)
    note_readings(by=request.acting, records=[one.account for one in found], act="list")
    rows = [(one, *STANDINGS[one.standing]) for one in found]
    context = {
        "rows": rows,
        "roles": _role_names(),
        "may": Permission.ACCOUNT_MANAGE in request.acting.permissions,
    }
    return render(request, "people/people.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@signed_in
def invite(request: DeskRequest) -> HttpResponse:
    """Make an account and the link by which its person takes it over."""
    ACCOUNTS.require(request.acting, Permission.ACCOUNT_MANAGE)
    form = InviteForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        me = own(request)
        try:
            require_not_guessing(me)
            account, token = services.invite(by=request.acting, **form.cleaned_data)
        except ValidationError as error:
            count_refusal(me, error)
            add_errors(form, error)
        else:
            return _link(request, account, token)
    return render(request, "people/invite.html", {"form": form})


@require_GET
@signed_in
def rights(request: DeskRequest) -> HttpResponse:
    """All roles and all permissions in words: what docs/access.md shows, as the product holds it."""
    ACCOUNTS.require(request.acting, Permission.ACCOUNT_VIEW)
    rows = [
        (SENTENCES[permission], [permission in role.permissions for role in ROLES.values()])
        for permission in Permission
    ]
    return render(request, "people/rights.html", {"roles": ROLES.values(), "rows": rows})


@require_GET
@signed_in
def person(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """One person: roles, how the account stands, and what can be done about it."""
    account = ACCOUNTS.fetch(request.acting, public_id)
    note_reading(by=request.acting, record=account)
    return _person(request, account, GrantForm(request=request))


@require_POST
@signed_in
def give(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Give a role."""
    account = ACCOUNTS.fetch(request.acting, public_id)
    GRANTS.require(request.acting, Permission.GRANT_GIVE)
    form = GrantForm(request.POST, request=request)
    if form.is_valid():
        try:
            services.give_grant(by=request.acting, account=account, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The role was given."), extra_tags="good")
            return redirect("person", account.public_id)
    return _person(request, account, form)


@require_POST
@signed_in
def end(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """End a role today."""
    grant = GRANTS.fetch(request.acting, public_id)
    try:
        services.end_grant(
            by=request.acting, grant=grant, valid_to=request.acting.on, why=request.POST.get("why", "")
        )
        messages.success(request, _("The role has ended."), extra_tags="good")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages), extra_tags="bad")
    return redirect("person", grant.account.public_id)


@require_POST
@signed_in
def cancel(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Take a role back that has not begun."""
    grant = GRANTS.fetch(request.acting, public_id)
    try:
        services.cancel_grant(by=request.acting, grant=grant, why=request.POST.get("why", ""))
        words = _("The role was taken back before it began; the history keeps that it had been given.")
        messages.success(request, words, extra_tags="good")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages), extra_tags="bad")
    # Its person may have had no other role: then nobody of this office sees the account any more.
    is_seen = ACCOUNTS.scope(request.acting).filter(pk=grant.account_id).exists()
    return redirect("person", grant.account.public_id) if is_seen else redirect("people")


@require_POST
@never_cache
@signed_in
def act(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """One of the acts on an account; each asks for its reason."""
    account = ACCOUNTS.fetch(request.acting, public_id)
    ACCOUNTS.require(request.acting, Permission.ACCOUNT_MANAGE, account)
    why = request.POST.get("why", "").strip()
    name = request.POST.get("act", "")
    if not why:
        messages.error(request, _("Say why; the reason stands in the history."), extra_tags="bad")
    elif name == "link":
        return _link(request, account, services.make_link(by=request.acting, account=account, why=why))
    elif name in ACTS:
        messages.success(request, ACTS[name](request, account, why), extra_tags="good")
    return redirect("person", account.public_id)


def _unlock(request: DeskRequest, account: Account, why: str) -> str:
    services.unlock(by=request.acting, account=account, why=why)
    return _("The account is unlocked.")


def _off(request: DeskRequest, account: Account, why: str) -> str:
    services.set_active(by=request.acting, account=account, is_active=False, why=why)
    return _("The account is switched off, and its sessions were ended.")


def _on(request: DeskRequest, account: Account, why: str) -> str:
    services.set_active(by=request.acting, account=account, is_active=True, why=why)
    return _("The account may sign in again.")


def _factors(request: DeskRequest, account: Account, why: str) -> str:
    services.clear_factors(by=request.acting, account=account, why=why)
    return _("The second factors are gone; the person binds new ones.")


def _sessions(request: DeskRequest, account: Account, why: str) -> str:
    services.end_sessions(by=request.acting, account=account, why=why)
    return _("All sessions were ended.")


ACTS: dict[str, Callable[[DeskRequest, Account, str], str]] = {
    "unlock": _unlock,
    "off": _off,
    "on": _on,
    "factors": _factors,
    "sessions": _sessions,
}


def _person(request: DeskRequest, account: Account, form: GrantForm) -> HttpResponse:
    standing = reads.standing(account)
    shape, words = STANDINGS[standing]
    held = list(reads.grants_of(by=request.acting, account=account))
    context = {
        "account": account,
        "standing": standing,
        "shape": shape,
        "words": words,
        "grants": [(grant, _phase(grant, request.acting.on)) for grant in held],
        "roles": _role_names(),
        "attempts": attempts_of(by=request.acting, account=account)[:ATTEMPTS],
        "is_elsewhere": alone_since(by=request.acting, account=account) is None,
        "form": form,
        "may": Permission.ACCOUNT_MANAGE in request.acting.permissions,
        "is_me": account.pk == request.user.pk,
    }
    return render(request, "people/person.html", context, status=422 if form.errors else 200)


def _phase(grant: Grant, on: date) -> str:
    """Where a grant stands on a day: it is still to begin, holds, or has ended."""
    if grant.valid_to is not None and grant.valid_to <= on:
        return "ended"
    return "coming" if grant.valid_from > on else "holds"


def _link(request: DeskRequest, account: Account, token: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("invitation", args=[token]))
    return render(request, "people/link.html", {"account": account, "address": address})


def _role_names() -> dict[str, Any]:
    return {code: role.name for code, role in ROLES.items()}
