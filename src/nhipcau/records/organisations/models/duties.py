"""Who handles a subject for a territory on a day: letters are addressed to the duty, not to a name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.records.foundation.models import Addressed, Unit, versioned
from nhipcau.records.foundation.models.base import is_period
from nhipcau.records.organisations.models.changes import Dated
from nhipcau.records.organisations.models.units import once_a_day


@versioned()
class FocalPoint(Addressed, Dated):
    """``holder`` handles ``subject`` for the territory or body ``unit``."""

    class Subject(models.TextChoices):
        """What is handled."""

        FOREIGN_AFFAIRS = "foreign_affairs", _("foreign affairs in general")
        DELEGATIONS = "delegations", _("delegations")
        EVENTS = "events", _("conferences and events")
        AID = "aid", _("foreign non-governmental aid")
        AGREEMENTS = "agreements", _("international agreements")
        OVERSEAS = "overseas", _("Vietnamese overseas")
        INFORMATION = "information", _("information for abroad")

    subject = models.CharField(_("subject"), max_length=30, choices=Subject.choices)
    unit = models.ForeignKey(
        Unit, verbose_name=_("for the unit"), on_delete=models.PROTECT, related_name="focal_points"
    )
    holder = models.ForeignKey(
        Unit, verbose_name=_("handled by"), on_delete=models.PROTECT, related_name="duties"
    )

    class Meta:
        verbose_name = _("focal point")
        verbose_name_plural = _("focal points")
        constraints = [
            is_period("focal_point_is_period"),
            once_a_day("focal_point_once_a_day", "subject", "unit"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.holder_id}"
