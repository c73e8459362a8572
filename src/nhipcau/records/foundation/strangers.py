"""Whose names are told: those of colleagues. Of people of other offices their unit stands instead."""

from __future__ import annotations

from django.utils.translation import gettext as _

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Event, Unit
from nhipcau.records.foundation.policies import offices_below


def units_of_strangers(*, by: Actor, events: list[Event]) -> dict[int, str]:
    """For each event by somebody who is no colleague (its id): the name of the unit, told instead.

    Colleagues are oneself, who acted in the own office, and who acted in a unit at or below the own one:
    shared reference is for all to see, who of another office wrote it is not.
    """
    me = by.account.public_id if by.account else None
    office = by.office.unit.public_id if by.office else None
    others = [one for one in events if one.account_id not in (None, me)]
    others = [one for one in others if office is None or one.office_id != office]
    if by.is_system or not others:
        return {}
    units = Unit.objects.filter(public_id__in={one.unit_id for one in others if one.unit_id})
    below = set(units.filter(pk__in=offices_below(by)).values_list("public_id", flat=True))
    names = dict(units.values_list("public_id", "name"))
    told = [one for one in others if one.unit_id not in below]
    return {one.pk: names.get(one.unit_id) or _("another office") for one in told}  # type: ignore[arg-type]
