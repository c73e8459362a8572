"""The pages as an application: templates, static files, template tags."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """Label ``web``; it has no tables."""

    name = "nhipcau.web"
    label = "web"
    verbose_name = _("Pages")
