"""Who may see and change units: everybody sees them; an office's part of the tree is its own to change.

A unit in no office's part of the tree (a province, a ministry) may be changed by any administrator.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import ADMINISTRATIVE, Ancestor, Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.foundation.policies import UNITS, Forbidden, SharedPolicy
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
