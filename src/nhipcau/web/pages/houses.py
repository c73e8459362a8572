"""To another house and back: OpenID Connect by allauth, of which nothing is kept but the identity."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from nhipcau.web.acting import not_found


class HouseClient(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """Forgets names and addresses that the other house tells: accounts here have their own."""

    def complete_login(self, *given: Any, **named: Any) -> Any:
        """Who it is, and no more."""
        login = super().complete_login(*given, **named)
        login.account.extra_data = {}
        login.email_addresses = []
        return login


@require_POST
def go(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the other house."""
    return _view(OAuth2LoginView, request, provider_id)


@require_GET
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take what the other house says."""
    return _view(OAuth2CallbackView, request, provider_id)


def _view(kind: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = kind.adapter_view(HouseClient(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        return not_found(request)
    return answer
