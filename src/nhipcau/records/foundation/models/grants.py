"""Who holds which role in which unit, and when."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.records.foundation.models.accounts import Account
from nhipcau.records.foundation.models.base import Addressed, is_period, versioned
from nhipcau.records.foundation.models.units import Unit, Validity


@versioned()
class Grant(Addressed):
    """``account`` holds the role (a short code of ``access.ROLES``) in ``unit`` for a half-open period."""

    account = models.ForeignKey(
        Account, verbose_name=_("account"), on_delete=models.PROTECT, related_name="grants"
    )
    role = models.CharField(_("role"), max_length=30)
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="grants")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until before"), null=True, blank=True)
    # Empty only for the grants made at first start, when there is nobody yet who could give them.
    given_by = models.ForeignKey(
        Account, verbose_name=_("given by"), on_delete=models.PROTECT, null=True, related_name="grants_given"
    )

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [
            is_period("grant_is_period"),
            ExclusionConstraint(
                name="grant_once_a_day",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    (Validity(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.role} @ {self.unit_id}"
