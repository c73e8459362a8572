"""What passes over when units merge or divide: the place in the trees, who stood below, duties for others."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from nhipcau.records.foundation.models import ADMINISTRATIVE, Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.organisations.models import Change, FocalPoint, ParentLink
from nhipcau.records.organisations.services.drafting import Draft, Facts
from nhipcau.records.organisations.services.standing import children_on, shown, version_on


def successor_in(draft: Draft, to: Unit | Facts) -> Unit:
    """The living unit itself, or a new one in the draft; its version is opened by ``place_like``."""
    if isinstance(to, Unit):
        return to
    unit = draft.unit(to)
    unit.full_clean()
    draft.waiting[id(unit)] = to
    return unit


def place_like(
    draft: Draft, change: Change, unit: Unit, like: Sequence[Unit], parent: Unit | None = None
) -> None:
    """Open a new unit's first version, and place it in each hierarchy where all of ``like`` had one parent.

    ``parent`` is its parent in the administrative hierarchy, whatever theirs was.
    """
    day = change.in_force_on
    draft.version(change, unit, draft.waiting.pop(id(unit)))
    ids = [each.pk for each in like]
    links = ParentLink.objects.filter(Q(valid_from__lt=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    above: dict[str, set[Unit]] = {}
    for link in links.filter(unit__in=ids).exclude(parent__in=ids).select_related("parent"):
        above.setdefault(link.hierarchy, set()).add(link.parent)
    if parent is not None:
        version_on(parent, day)
        above[ADMINISTRATIVE] = {parent}
    for hierarchy, parents in sorted(above.items()):
        if len(parents) == 1:
            draft.place(change, unit, next(iter(parents)), hierarchy)


def hand_on_children(
    draft: Draft,
    change: Change,
    units: Sequence[Unit],
    successor: Unit,
    *,
    only: Sequence[Unit] | None = None,
) -> set[int]:
    """Place all that stands directly below ``units`` (or ``only`` these) below the successor; their ids."""
    chosen = None if only is None else {unit.pk for unit in only}
    merged = {unit.pk for unit in units}
    gone: set[int] = set()
    for unit in units:
        for link in children_on(unit, change.in_force_on):
            if chosen is None or link.unit_id in chosen:
                gone.add(link.unit_id)
                if link.unit_id not in merged:
                    _hand_on(draft, change, link, successor)
    if chosen is not None and (lost := chosen - gone):
        raise ValidationError(
            _("“%(unit)s” does not stand directly below “%(parent)s” on that day.")
            % {"unit": Unit.objects.get(pk=min(lost)), "parent": units[0]}
        )
    return gone


def hand_on_duties(draft: Draft, change: Change, units: Sequence[Unit], successor: Unit) -> None:
    """Let the successor handle for others what ``units`` handled."""
    held = FocalPoint.objects.filter(in_force(change.in_force_on), holder__in=units)
    for row in held.exclude(unit__in=units).select_related("unit"):
        draft.duty(change, row.subject, row.unit, successor, until=row.valid_to)


def _hand_on(draft: Draft, change: Change, link: ParentLink, successor: Unit) -> None:
    day = change.in_force_on
    if link.valid_from >= day:
        raise ValidationError(
            _("“%(unit)s” has a later change, of %(day)s; undo that one first.")
            % {"unit": link.unit, "day": shown(link.valid_from)}
        )
    until, closed_by = link.valid_to, link.closed_by
    draft.end(link, change)
    above: Unit | None = successor
    if link.unit_id == successor.pk:
        # It stood below one that is merged into it: it takes that one's place.
        up = ParentLink.objects.filter(in_force(day), unit=link.parent_id, hierarchy=link.hierarchy).first()
        above = up.parent if up else None
    if above is not None:
        new = draft.place(change, link.unit, above, link.hierarchy, until=until)
        new.closed_by = closed_by
