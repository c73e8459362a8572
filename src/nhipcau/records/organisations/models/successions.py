"""What became of units: who took over from whom, how much, on which day."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.records.foundation.models import Unit, versioned
from nhipcau.records.organisations.models.changes import Change


@versioned()
class Succession(models.Model):
    """``successor`` took over the whole or a part of ``predecessor``; days and paper stand in the act.

    ``share`` is the part by which figures of the predecessor are divided (0 to 1), empty where unknown.
    ``is_default`` marks the successor that is proposed where one must be chosen among several.
    """

    class Kind(models.TextChoices):
        """What was handed over."""

        MERGE = "merge", _("merged into")
        SPLIT = "split", _("divided into")
        TERRITORY = "transfer_territory", _("gave territory to")
        FUNCTION = "transfer_function", _("gave functions to")
        OBLIGATION = "transfer_obligation", _("gave obligations to")

    class Extent(models.TextChoices):
        """How much of the predecessor."""

        WHOLE = "whole", _("whole")
        PART = "part", _("part")
        UNCERTAIN = "uncertain", _("uncertain")

    change = models.ForeignKey(
        Change, verbose_name=_("change of units"), on_delete=models.PROTECT, related_name="successions"
    )
    predecessor = models.ForeignKey(
        Unit, verbose_name=_("predecessor"), on_delete=models.PROTECT, related_name="successions_out"
    )
    successor = models.ForeignKey(
        Unit, verbose_name=_("successor"), on_delete=models.PROTECT, related_name="successions_in"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    in_force_on = models.DateField(_("in force on"))
    extent = models.CharField(_("extent"), max_length=10, choices=Extent.choices, default=Extent.WHOLE)
    share = models.DecimalField(_("share"), max_digits=9, decimal_places=8, null=True, blank=True)
    is_default = models.BooleanField(_("proposed successor"), default=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "kind", "in_force_on"], name="succession_once"
            ),
            models.CheckConstraint(name="succession_of_two", condition=~models.Q(predecessor=F("successor"))),
            models.CheckConstraint(
                name="succession_share_is_part",
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} > {self.successor_id} ({self.in_force_on})"


#: The kinds that move boundaries; functions and obligations pass without a square metre.
BOUNDARIES = (Succession.Kind.MERGE, Succession.Kind.SPLIT, Succession.Kind.TERRITORY)
