"""Which units have to do with a record that another office keeps."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.records.foundation.models.base import Owned, versioned
from nhipcau.records.foundation.models.references import Reference
from nhipcau.records.foundation.models.units import Unit, Validity


@versioned()
class UnitRole(Owned):
    """``unit`` has a role in ``record``, which ``office`` keeps: its people may read the record meanwhile.

    Co-ordination is a role that somebody gave on purpose; the others say who does the work of the record.
    A period may be empty: what was given by mistake and taken back on the same day never held.
    """

    class Role(models.TextChoices):
        """Stored by its short code; all but the last one say who works."""

        LEAD = "lead", _("leads")
        JOINT = "joint", _("takes part in leading")
        HOST = "host", _("receives guests")
        PARTICIPANT = "participant", _("takes part")
        COORDINATION = "coordination", _("reads along")

    record = models.ForeignKey(
        Reference, verbose_name=_("record"), on_delete=models.PROTECT, related_name="unit_roles"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="record_roles"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until before"), null=True, blank=True)

    class Meta:
        verbose_name = _("role of a unit")
        verbose_name_plural = _("roles of units")
        constraints = [
            models.CheckConstraint(
                name="unit_role_is_period",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
            ExclusionConstraint(
                name="unit_role_once_a_day",
                expressions=[
                    ("record", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Validity(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.role} @ {self.record_id}"
