"""What a unit is called, where it stands, and by which codes it is known, each for a half-open period."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from nhipcau.records.foundation.models import ADMINISTRATIVE, Unit, versioned
from nhipcau.records.foundation.models.base import is_period
from nhipcau.records.foundation.models.units import Validity
from nhipcau.records.organisations.models.changes import Dated


class Hierarchy(models.TextChoices):
    """The trees in which a unit may have its place; in each it has one parent a day."""

    ADMINISTRATIVE = ADMINISTRATIVE, _("administrative")
    PARTY = "party", _("Party")
    FRONT = "front", _("Fatherland Front")
    PROFESSIONAL = "professional", _("professional")
    MEMBERSHIP = "membership", _("membership of a Union")
    EMULATION = "emulation", _("emulation cluster")


def once_a_day(name: str, *fields: str) -> ExclusionConstraint:
    """A constraint named ``name``: no two rows of one day have the same values in ``fields``."""
    same = [(field, RangeOperators.EQUAL) for field in fields]
    return ExclusionConstraint(name=name, expressions=[*same, (Validity(), RangeOperators.OVERLAPS)])


@versioned("folded", "sort_key")
class UnitVersion(Dated):
    """Name, type, level and pillar of a unit; the unit exists on the days on which it has a version.

    ``folded`` are the words of both names without marks, each after a blank, so that " ben" finds the
    beginning of a word; ``sort_key`` is the Vietnamese order of the name.
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="version_rows"
    )
    name = models.CharField(_("name"), max_length=300)
    short_name = models.CharField(_("short name"), max_length=120, blank=True)
    type = models.CharField(_("type"), max_length=60, blank=True)
    level = models.CharField(_("level"), max_length=20, choices=Unit.Level.choices)
    pillar = models.CharField(_("pillar"), max_length=20, choices=Unit.Pillar.choices, blank=True)
    folded = models.CharField(_("words without marks"), max_length=450, editable=False)
    sort_key = models.CharField(_("place in the alphabet"), max_length=1200, editable=False, db_collation="C")

    class Meta:
        verbose_name = _("unit as it was")
        verbose_name_plural = _("units as they were")
        constraints = [is_period("unit_version_is_period"), once_a_day("unit_version_once_a_day", "unit")]
        indexes = [
            # Without a list of what waits to be sorted in: after a load, the next search would read it all.
            GinIndex(
                fields=["folded"],
                name="unit_version_words_idx",
                opclasses=["gin_trgm_ops"],
                fastupdate=False,
            )
        ]

    def __str__(self) -> str:
        return self.name


@versioned()
class ParentLink(Dated):
    """``unit`` stands directly below ``parent`` in one hierarchy."""

    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="parent_links"
    )
    parent = models.ForeignKey(
        Unit, verbose_name=_("parent unit"), on_delete=models.PROTECT, related_name="child_links"
    )
    hierarchy = models.CharField(
        _("hierarchy"), max_length=30, choices=Hierarchy.choices, default=Hierarchy.ADMINISTRATIVE
    )

    class Meta:
        verbose_name = _("place in the tree")
        verbose_name_plural = _("places in the tree")
        constraints = [
            is_period("parent_link_is_period"),
            once_a_day("parent_link_once_a_day", "unit", "hierarchy"),
            models.CheckConstraint(name="parent_link_of_two", condition=~models.Q(unit=F("parent"))),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.parent_id} ({self.hierarchy})"


@versioned()
class UnitCode(Dated):
    """The code of a unit in one version of a list: only the three together are a key."""

    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="codes")
    code_list = models.CharField(_("list"), max_length=60)
    list_version = models.CharField(_("version of the list"), max_length=60)
    code = models.CharField(_("code"), max_length=60)

    class Meta:
        verbose_name = _("code of a unit")
        verbose_name_plural = _("codes of units")
        constraints = [
            is_period("unit_code_is_period"),
            once_a_day("unit_code_once_a_day", "code_list", "list_version", "code"),
        ]
        indexes = [models.Index(fields=["code_list", "list_version", "code"], name="unit_code_idx")]

    def __str__(self) -> str:
        return f"{self.code_list} {self.list_version}: {self.code}"
