"""Who may see and change units: everybody sees them; an office's part of the tree is its own to change.

A unit in no office's part of the tree (a province, a ministry) may be changed by any administrator.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext as _

from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import ADMINISTRATIVE, Ancestor, Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.foundation.policies import UNITS, Forbidden, SharedPolicy, offices_below
from nhipcau.records.organisations.models import (
    Change,
    FocalPoint,
    ParentLink,
    Succession,
    UnitCode,
    UnitVersion,
)

CHANGES = SharedPolicy(Change, view=Permission.UNIT_VIEW)
VERSIONS = SharedPolicy(UnitVersion, view=Permission.UNIT_VIEW)
PLACES = SharedPolicy(ParentLink, view=Permission.UNIT_VIEW)
CODES = SharedPolicy(UnitCode, view=Permission.UNIT_VIEW)
SUCCESSIONS = SharedPolicy(Succession, view=Permission.UNIT_VIEW)
FOCAL_POINTS = SharedPolicy(FocalPoint, view=Permission.UNIT_VIEW)


def require_reach(by: Actor, *units: Unit) -> None:
    """Raise ``Forbidden`` where no role manages units, or one stands in another office's part of the tree."""
    UNITS.require(by, Permission.UNIT_MANAGE)
    if by.is_system:
        return
    above = Ancestor.objects.filter(in_force(by.on), unit__in=units, hierarchy=ADMINISTRATIVE)
    own = above.filter(ancestor=by.unit).values("unit_id")
    foreign = (
        above.filter(ancestor__office__isnull=False).exclude(unit__in=own).select_related("unit").first()
    )
    if foreign is not None:
        raise Forbidden(_("“%(unit)s” stands in another office's part of the tree.") % {"unit": foreign.unit})


def require_places(by: Actor, *, moved: Collection[Unit], parents: Collection[Unit]) -> None:
    """Raise ``Forbidden`` where units may not be placed anew below these parents.

    Who may see and manage people follows from the tree. So nobody places a unit in another office's part of
    it, takes one out of there, or moves a unit below which another office keeps registers or has people.
    """
    if by.is_system:
        return
    require_reach(by, *(parent for parent in parents if parent.pk))
    # From today on: a place that is entered for a later day goes along, too.
    below = Ancestor.objects.exclude(valid_to__lte=by.on).filter(
        ancestor__in=[unit for unit in moved if unit.pk], hierarchy=ADMINISTRATIVE
    )
    lived_in = below.filter(Q(unit__office__isnull=False) | Q(unit__grants__isnull=False))
    foreign = lived_in.exclude(unit__in=offices_below(by)).select_related("ancestor").first()
    if foreign is not None:
        raise Forbidden(
            _("Below “%(unit)s” other offices work. Who stands above all of them may move it.")
            % {"unit": foreign.ancestor}
        )
