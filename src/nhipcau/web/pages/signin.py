"""Sign in and out: name and password, then the second factor where the account has one."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.flows.logout import logout
from allauth.account.models import Login
from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from allauth.socialaccount.adapter import get_adapter as get_house_adapter
from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.records.foundation import services
from nhipcau.records.foundation.actors import arriving, system
from nhipcau.records.foundation.attempts import obstacle
from nhipcau.records.foundation.models import Account, Attempt
from nhipcau.web.acting import DeskRequest, signed_in
from nhipcau.web.signing.adapters import address_of, locked_sentence, turn_away
from nhipcau.web.signing.idle import HELD


class SignInForm(forms.Form):
    """Name and password, and one sentence where they do not fit, which does not tell which of them."""

    username = forms.CharField(
        label=_("sign-in name"),
        max_length=80,
        widget=forms.TextInput({"autofocus": True, "autocapitalize": "none", "autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    def __init__(self, *given: Any, request: HttpRequest, **named: Any) -> None:
        super().__init__(*given, **named)
        self.request = request
        self.account: Account | None = None

    def clean(self) -> dict[str, Any]:
        """Who it is. A locked name is refused before the password is looked at."""
        values = super().clean() or {}
        username, password = values.get("username"), values.get("password")
        if username and password:
            self._require_unlocked(username)
            self.account = self._known(username, password)
        return values

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Hand over to allauth, which asks for the second factor where there is one."""
        login = Login(user=self.account, redirect_url=redirect_url)
        typed = {"username": self.cleaned_data["username"]}
        answer: HttpResponse = perform_password_login(request, typed, login)
        return answer

    def _require_unlocked(self, username: str) -> None:
        if sentence := locked_sentence(username):
            raise ValidationError(sentence)

    def _known(self, username: str, password: str) -> Account:
        account = authenticate(self.request, username=username, password=password)
        if isinstance(account, Account):
            if sentence := obstacle(account):
                raise ValidationError(sentence)
            return account
        by = system(door="web", on=timezone.localdate())
        services.keep_failure(
            by=by, username=username, way=Attempt.Way.PASSWORD, address=address_of(self.request)
        )
        self._require_unlocked(username)
        raise ValidationError(
            _("The sign-in name and the password do not belong together. Check both and try again.")
        )


class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    """The sign-in page."""

    template_name = "signin/signin.html"
    form_class = SignInForm

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        """Also the other houses at which one may sign in."""
        context: dict[str, Any] = super().get_context_data(**given)
        apps = get_house_adapter().list_apps(self.request, provider="openid_connect")
        return {**context, "houses": apps, "has_host_name": has_host_name(self.request)}


class SecondFactor(AuthenticateView):  # type: ignore[misc]  # the same
    """The code of the telephone, a recovery code, or a passkey."""

    template_name = "signin/factor.html"

    def dispatch(self, request: HttpRequest, *given: Any, **named: Any) -> Any:
        """Failed codes lock the name like failed passwords."""
        stage = getattr(request, "_login_stage", None)
        if stage and (sentence := locked_sentence(stage.login.user.username)):
            return turn_away(request, sentence)
        return super().dispatch(request, *given, **named)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Count it."""
        account = self.stage.login.user
        by = arriving(account, door="web", on=timezone.localdate())
        services.keep_failure(
            by=by, username=account.username, way=Attempt.Way.FACTOR, address=address_of(self.request)
        )
        if sentence := locked_sentence(account.username):
            return turn_away(self.request, sentence)
        answer: HttpResponse = super().form_invalid(form)
        return answer

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        """Whether the browser can use a passkey here."""
        return {**super().get_context_data(**given), "has_host_name": has_host_name(self.request)}


class PasskeySignIn(LoginWebAuthnView):  # type: ignore[misc]  # the same
    """Signing in with a passkey alone: allauth checks it, our adapter lets in."""


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, or the half of one that waits for a code, and go to the sign-in page."""
    logout(request, show_message=False)
    request.session.flush()
    return redirect("sign-in")


@require_http_methods(["GET", "POST"])
@signed_in
def held(request: DeskRequest) -> HttpResponse:
    """What was typed before the idle lock: send it after all, or leave it."""
    kept = request.session.get(HELD)
    if not kept or kept["account"] != request.user.pk or request.method == "POST":
        request.session.pop(HELD, None)
        return redirect("desk")
    fields = [(name, value) for name, value in kept["fields"]]
    return render(request, "signin/held.html", {"path": kept["path"], "fields": fields})


def has_host_name(request: HttpRequest) -> bool:
    """Whether a passkey can be bound to this address: browsers bind none to a bare number."""
    host = request.get_host().partition(":")[0]
    return bool(host) and not host.startswith("[") and not host.replace(".", "").isdigit()
