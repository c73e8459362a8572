"""The shipped units brought in: what is new is added as acts, what an office entered itself stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from nhipcau.records.foundation import events
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.organisations import models
from nhipcau.records.organisations.models import Change
from nhipcau.records.organisations.policies import require_reach
from nhipcau.records.organisations.services.carrying import Carrying
from nhipcau.records.organisations.services.drafting import Draft
from nhipcau.records.organisations.services.loading import load_units
from nhipcau.records.organisations.services.writing import lock_tree
from nhipcau.records.organisations.shipped.acts import Act, name_of_act
from nhipcau.records.organisations.shipped.tables import Edition


@dataclass(frozen=True, slots=True)
class Brought:
    """What a load did to units: so many new, changed by new acts, unchanged.

    ``kept`` tells in sentences what stays as an office has it; ``differing`` names acts (by their keys) that
    were entered with another day or basis than the edition now gives: they are told, never overwritten.
    """

    edition: Edition
    new: int
    changed: int
    unchanged: int
    acts: int
    kept: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()


@transaction.atomic
def load_edition(*, by: Actor, acts: Iterable[Act], edition: Edition, is_trial: bool = False) -> Brought:
    """Carry out the acts that were not carried out before, all or none; a second time does nothing.

    ``is_trial`` writes nothing and tells what would be done. Raises ``ValidationError`` where what the acts
    make cannot stand beside what an office entered (a unit of its own below one that ends).
    """
    require_reach(by)
    if not is_trial:
        lock_tree()
    told = list(acts)
    known = _known(told)
    coming = [act for act in told if act.key not in known]
    carrying = Carrying(coming)
    kept = []
    for act in coming:
        if obstacle := carrying.obstacle(act):
            kept.append(obstacle)
        else:
            carrying.carry_out(act)
    if not is_trial:
        load_units(by=by, draft=carrying.draft, title=f"{edition.dataset_version}, {edition.latest_decree}")
        _keep(by, edition, carrying.draft)
    differing = (act.key for act in told if act.key in known and known[act.key] != _days(act))
    return _brought(edition, told, carrying, tuple(dict.fromkeys(kept)), tuple(differing))


def _brought(
    edition: Edition, told: list[Act], carrying: Carrying, kept: tuple[str, ...], differing: tuple[str, ...]
) -> Brought:
    units = {names.unit for act in told for names in act.names}
    new = carrying.founded & units
    changed = carrying.touched - new
    return Brought(
        edition=edition,
        new=len(new),
        changed=len(changed),
        unchanged=len(units - new - changed),
        acts=len(carrying.draft.changes),
        kept=kept,
        differing=differing,
    )


def _keep(by: Actor, edition: Edition, draft: Draft) -> None:
    """Note the edition, once; where it brought no act, the event stands at the latest one there is."""
    _row, is_new = models.Edition.objects.get_or_create(
        dataset_version=edition.dataset_version,
        defaults={
            "latest_decree": edition.latest_decree,
            "generated_at": edition.generated_at,
            "acts": len(draft.changes),
        },
    )
    if is_new and not draft.changes:
        said = {"dataset_version": (None, edition.dataset_version)}
        events.record(by=by, verb="load", record=Change.objects.latest("pk"), changes=said)


def _days(act: Act) -> tuple[object, ...]:
    """What an act was entered with, as far as a later edition may correct it."""
    return act.day, act.decided_on, act.working_from, act.legal_basis


def _known(acts: list[Act]) -> dict[str, tuple[object, ...]]:
    """The acts that were carried out before (also those undone since), with what they were entered with."""
    keys = {name_of_act(act.key): act.key for act in acts}
    rows = Change.objects.filter(public_id__in=keys).values_list(
        "public_id", "in_force_on", "decided_on", "working_from", "legal_basis"
    )
    return {keys[name]: tuple(said) for name, *said in rows.iterator()}
