"""Other houses at which people may sign in (OpenID Connect), as the environment names them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from nhipcau.site import environment

if TYPE_CHECKING:
    from collections.abc import Mapping

#: In addresses and in rows; one house is enough for an office.
PROVIDER_ID = "co-quan"


def providers(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Allauth's setting for the house named in ``NHIPCAU_OIDC_SERVER``; empty where none is named.

    Raises ``BadSettingError`` where the server is named without the client's identity, or not by https.
    """
    server = environ.get("NHIPCAU_OIDC_SERVER", "").strip()
    if not server:
        return {}
    client = environ.get("NHIPCAU_OIDC_CLIENT", "").strip()
    secret = environment.secret("NHIPCAU_OIDC_SECRET", environ=environ)
    if not client or not secret:
        raise environment.BadSettingError(
            "NHIPCAU_OIDC_SERVER needs NHIPCAU_OIDC_CLIENT and NHIPCAU_OIDC_SECRET beside it"
        )
    if not server.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise environment.BadSettingError("NHIPCAU_OIDC_SERVER must begin with https://")
    app = {
        "provider_id": PROVIDER_ID,
        "name": environ.get("NHIPCAU_OIDC_NAME", "").strip() or "OpenID Connect",
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": server, "fetch_userinfo": False, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}


def origins(environ: Mapping[str, str] = os.environ) -> list[str]:
    """Where the sign-in pages of the named house stand."""
    server = urlsplit(environ.get("NHIPCAU_OIDC_SERVER", "").strip())
    return [f"{server.scheme}://{server.netloc}"] if server.netloc else []
