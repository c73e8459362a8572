"""The shipped units in this installation's database: for the command, and for the demo."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.records.foundation.actors import system
from nhipcau.records.organisations.services import Brought, load_edition
from nhipcau.records.organisations.shipped import edition, shipped_acts


def load(*, is_trial: bool = False) -> Brought:
    """Bring in what of the shipped edition is not there; raises ``ValidationError`` where it cannot stand."""
    by = system(door="cli", on=timezone.localdate())
    return load_edition(by=by, acts=shipped_acts(), edition=edition(), is_trial=is_trial)
