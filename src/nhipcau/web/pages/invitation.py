"""The page behind a link: take the account over with a password, or with another house's sign-in."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import get_adapter as get_house_adapter
from django.contrib import messages
from django.contrib.auth import logout, password_validation
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nhipcau.records.foundation import services
from nhipcau.records.foundation.actors import arriving
from nhipcau.web.signing.adapters import INVITATION
from nhipcau.web.signing.passwords import TypedTwice


@require_http_methods(["GET", "POST"])
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show whose account it is, and let it be taken over; a used link and an invented one say the same."""
    found = services.open_invitation(token)
    if found is None:
        return render(request, "signin/no_invitation.html", status=404)
    form = TypedTwice(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = arriving(found.account, door="web", on=timezone.localdate())
        try:
            services.accept_invitation(by=by, token=token, password=form.cleaned_data["new"])
        except ValidationError as error:
            form.add_error("new", error)
        else:
            logout(request)
            messages.success(
                request, _("The account is yours. Sign in with your new password."), extra_tags="good"
            )
            return redirect("sign-in")
    # Who goes to another house comes back without this address: the session knows it.
    request.session[INVITATION] = token
    return render(request, "signin/invitation.html", _context(request, found, form))


def _context(request: HttpRequest, found: Any, form: TypedTwice) -> dict[str, Any]:
    return {
        "account": found.account,
        "expires_at": found.expires_at,
        "form": form,
        "houses": get_house_adapter().list_apps(request, provider="openid_connect"),
        "rules": password_validation.password_validators_help_texts()[-2:],
    }
