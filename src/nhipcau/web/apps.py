"""The pages as an application: templates, static files, template tags."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """Label ``web``; it has no tables."""

    name = "nhipcau.web"
    label = "web"
    verbose_name = _("Pages")

    def ready(self) -> None:
        """From signing in on, the clock of the idle lock runs; the work of files brought in is made known."""
        from django.contrib.auth.signals import user_logged_in

        from nhipcau.interchange.incoming import work  # noqa: F401 (registers the work of imports)
        from nhipcau.web.signing.idle import begin

        user_logged_in.connect(_begin(begin), weak=False, dispatch_uid="nhipcau.idle")


def _begin(begin: Callable[..., None]) -> Callable[..., None]:
    """Django sends the request by name."""

    def receiver(*, request: HttpRequest, **_given: Any) -> None:
        begin(request)

    return receiver
