"""My second factors: a telephone that shows codes, passkeys, and recovery codes for when both are lost."""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from allauth.mfa.webauthn.internal import auth as passkeys
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.records.foundation import services
from nhipcau.records.foundation.factors import FACTORS, factors, is_asked_of
from nhipcau.web.acting import DeskRequest, signed_in_for_duties
from nhipcau.web.pages.account import OwnPassword, own
from nhipcau.web.pages.signin import has_host_name
from nhipcau.web.signing.duties import forget


class CodeForm(OwnPassword):
    """The code that proves that the telephone was bound."""

    code = forms.CharField(
        label=gettext_lazy("Code that the telephone shows"),
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class PasskeyForm(OwnPassword):
    """The browser's answer, and a name by which the key is known."""

    name = forms.CharField(label=gettext_lazy("Name of the key"), max_length=80, required=False)
    credential = forms.JSONField(widget=forms.HiddenInput)

    def clean_credential(self) -> dict[str, Any]:
        """What the browser says must answer what it was asked."""
        credential = self.cleaned_data["credential"]
        if not isinstance(credential, dict):
            raise ValidationError(_("The browser's answer is not clear. Try again."))
        try:
            passkeys.parse_registration_response(credential)
            passkeys.complete_registration(credential)
        except (ValidationError, ValueError, KeyError, TypeError) as error:
            raise ValidationError(_("The browser's answer is not clear. Try again.")) from error
        return credential


@require_GET
@signed_in_for_duties
def overview(request: DeskRequest) -> HttpResponse:
    """What there is, and what can be added."""
    return _overview(request, PasskeyForm(request=request))


@require_http_methods(["GET", "POST"])
@signed_in_for_duties
def telephone(request: DeskRequest) -> HttpResponse:
    """Bind a telephone: scan, type the code, keep the recovery codes."""
    form = CodeForm(request.POST or None, request=request)
    secret = get_totp_secret()
    if request.method == "POST" and form.is_valid():
        try:
            services.add_totp(by=request.acting, secret=secret, code=form.cleaned_data["code"])
        except ValidationError as error:
            form.add_error("code", error)
        else:
            clear_totp_secret(request)
            return _with_codes(request)
    adapter = get_adapter()
    address = adapter.build_totp_url(request.user, secret)
    context = {"form": form, "secret": _grouped(secret), "drawing": _drawing(adapter.build_totp_svg(address))}
    return render(request, "account/telephone.html", context)


@require_POST
@signed_in_for_duties
def add_passkey(request: DeskRequest) -> HttpResponse:
    """Bind the passkey that the browser made."""
    form = PasskeyForm(request.POST, request=request)
    if not form.is_valid():
        return _overview(request, form)
    name = form.cleaned_data["name"] or get_adapter().generate_authenticator_name(
        request.user, Authenticator.Type.WEBAUTHN
    )
    services.add_passkey(by=request.acting, name=name, credential=form.cleaned_data["credential"])
    return _with_codes(request)


@require_POST
@signed_in_for_duties
def codes(request: DeskRequest) -> HttpResponse:
    """New recovery codes, shown once."""
    form = OwnPassword(request.POST, request=request)
    if not form.is_valid() or not _has_factor(request):
        return _refused(request, form)
    return _codes(request, services.make_codes(by=request.acting))


@require_POST
@signed_in_for_duties
def remove(request: DeskRequest, factor: int) -> HttpResponse:
    """Take a factor away."""
    form = OwnPassword(request.POST, request=request)
    if not form.is_valid():
        return _refused(request, form)
    services.remove_factor(by=request.acting, factor=factor)
    forget(request)
    messages.success(request, _("It was taken away."), extra_tags="good")
    return redirect("account-factors")


def _overview(request: DeskRequest, form: PasskeyForm) -> HttpResponse:
    mine = own(request)
    rows = factors(mine)
    kept = [row for row in rows if row.type in FACTORS]
    context = {
        "form": form,
        "factors": kept,
        "has_telephone": any(row.type == Authenticator.Type.TOTP for row in rows),
        "codes_left": _codes_left(rows),
        "is_due": is_asked_of(request.acting) and not kept,
        "has_host_name": has_host_name(request),
        "has_password": mine.has_usable_password(),
        "options": json.loads(json.dumps(passkeys.begin_registration(mine, passwordless=True), default=dict)),
    }
    return render(request, "account/factors.html", context)


def _with_codes(request: DeskRequest) -> HttpResponse:
    """After the first factor the recovery codes are shown; later ones keep those there are."""
    mine = own(request)
    if any(row.type == Authenticator.Type.RECOVERY_CODES for row in factors(mine)):
        messages.success(request, _("The second factor is bound."), extra_tags="good")
        return redirect("account-factors")
    return _codes(request, services.make_codes(by=request.acting))


def _codes(request: DeskRequest, shown: list[str]) -> HttpResponse:
    return render(request, "account/codes.html", {"codes": [f"{code[:4]} {code[4:]}" for code in shown]})


def _refused(request: DeskRequest, form: forms.Form) -> HttpResponse:
    sentences = [str(error) for errors in form.errors.values() for error in errors]
    messages.error(request, " ".join(sentences) or _("Nothing was changed."), extra_tags="bad")
    return redirect("account-factors")


def _has_factor(request: DeskRequest) -> bool:
    mine = own(request)
    return any(row.type in FACTORS for row in factors(mine))


def _codes_left(rows: list[Authenticator]) -> int | None:
    row = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    return len(row.wrap().get_unused_codes()) if row else None


def _grouped(secret: str) -> str:
    """In fours, as people read it over to the telephone."""
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))


def _drawing(svg: str) -> SafeString:
    """The square to scan: drawn by a library, of the secret and the sign-in name."""
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308 (the address is encoded as modules of the square)
