"""Units (identity only), offices, and the dated ancestor table that every scope joins.

Versions, parent links, successions and codes are kept by ``organisations``, the only writer of ``Ancestor``.
"""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _

from nhipcau.records.foundation.models.base import Addressed, is_period, versioned

ADMINISTRATIVE = "administrative"


class Validity(Func):
    """``daterange(valid_from, valid_to, '[)')``: the half-open period of a row, for exclusion constraints."""

    function = "daterange"
    output_field = DateRangeField()

    def __init__(self) -> None:
        super().__init__(F("valid_from"), F("valid_to"), RangeBoundary())

    # The expression takes no argument of its own, so its path in a migration needs none.
    def deconstruct(self) -> tuple[str, tuple[()], dict[str, object]]:
        """How a migration writes it."""
        return ("nhipcau.records.foundation.models.units.Validity", (), {})


@versioned("folded")
class Unit(Addressed):
    """A body in the hierarchy, as an identity that outlives its names. Shared reference for all offices."""

    class Level(models.TextChoices):
        """Where in the State's or the Party's ladder a unit stands."""

        CENTRE = "centre", _("centre")
        PROVINCE = "province", _("province")
        DISTRICT = "district", _("district (until 30/06/2025)")
        COMMUNE = "commune", _("commune")
        GRASSROOTS = "grassroots", _("grassroots")

    class Pillar(models.TextChoices):
        """The three pillars of diplomacy."""

        PARTY = "party", _("Party")
        STATE = "state", _("State")
        PEOPLE = "people", _("people's")

    name = models.CharField(_("name"), max_length=300)
    short_name = models.CharField(_("short name"), max_length=120, blank=True)
    level = models.CharField(_("level"), max_length=20, choices=Level.choices)
    pillar = models.CharField(_("pillar"), max_length=20, choices=Pillar.choices, blank=True)
    folded = models.CharField(_("name without marks"), max_length=450, editable=False, db_index=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        return self.name


@versioned()
class Office(models.Model):
    """The mark of a unit that keeps its own registers; every owned record belongs to one."""

    unit = models.OneToOneField(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, primary_key=True, related_name="office"
    )
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    def __str__(self) -> str:
        return self.unit.name


@versioned()
class Ancestor(models.Model):
    """``ancestor`` stands ``depth`` steps above ``unit`` from ``valid_from`` until before ``valid_to``.

    Every unit is its own ancestor at depth 0 while it exists, so that one join answers "here or below".
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="ancestor_rows"
    )
    ancestor = models.ForeignKey(
        Unit, verbose_name=_("ancestor"), on_delete=models.PROTECT, related_name="descendant_rows"
    )
    hierarchy = models.CharField(_("hierarchy"), max_length=30, default=ADMINISTRATIVE)
    depth = models.PositiveSmallIntegerField(_("steps above"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until before"), null=True, blank=True)

    class Meta:
        verbose_name = _("ancestor")
        verbose_name_plural = _("ancestors")
        indexes = [models.Index(fields=["ancestor", "hierarchy", "unit"], name="ancestor_below_idx")]
        constraints = [
            is_period("ancestor_is_period"),
            models.CheckConstraint(
                name="ancestor_self_is_depth_0",
                condition=models.Q(depth=0, unit=F("ancestor"))
                | (models.Q(depth__gt=0) & ~models.Q(unit=F("ancestor"))),
            ),
            ExclusionConstraint(
                name="ancestor_once_a_day",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("ancestor", RangeOperators.EQUAL),
                    ("hierarchy", RangeOperators.EQUAL),
                    (Validity(), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="ancestor_one_parent_a_day",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("hierarchy", RangeOperators.EQUAL),
                    ("depth", RangeOperators.EQUAL),
                    (Validity(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.ancestor_id} ({self.depth})"
