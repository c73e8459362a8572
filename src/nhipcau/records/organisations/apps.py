"""The application of units and their tree."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Label ``organisations``; without tables of its own, it alone writes foundation's ancestor table."""

    name = "nhipcau.records.organisations"
    label = "organisations"
    verbose_name = _("Organisations")
    default_auto_field = "django.db.models.BigAutoField"
