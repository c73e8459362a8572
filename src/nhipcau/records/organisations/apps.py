"""The application of units and their tree."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Label ``organisations``; it alone writes foundation's ancestor table."""

    name = "nhipcau.records.organisations"
    label = "organisations"
    verbose_name = _("Organisations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the kinds of this area known."""
        from nhipcau.records.foundation.references import Kind, register
        from nhipcau.records.organisations import models, policies

        register(Kind("unit_change", models.Change, policies.CHANGES))
        register(Kind("focal_point", models.FocalPoint, policies.FOCAL_POINTS))
