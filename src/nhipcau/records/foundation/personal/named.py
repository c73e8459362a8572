"""Where a person's name stands in records that repeat an official paper: found for that person's own sheet.

Only exact names, only in the office's own records, and only from the sheet of somebody with an account here:
there is no search by name over records, and nothing links one person's papers with one another.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Account
from nhipcau.records.foundation.references import Kind, kinds

#: So many records are named; the count tells of all.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Named:
    """The records of one kind in which the name stands: how many the office keeps, and those one may read."""

    kind: Kind
    count: int
    records: list[models.Model]


def named(*, by: Actor, account: Account) -> list[Named]:
    """Records of the actor's office in which just this name stands; a name alone does not tell who it is."""
    name = account.display_name.strip()
    if by.office is None or not name:
        return []
    found = (_named(by, kind, name) for kind in kinds() if kind.names and kind.policy is not None)
    return [one for one in found if one.count]


def _named(by: Actor, kind: Kind, name: str) -> Named:
    fits = Q()
    for field in kind.names:
        fits |= Q(**{f"{field}__iexact": name})
    kept = kind.model._default_manager.filter(fits, office=by.office)
    seen = kind.policy.scope(by, kept) if kind.policy else kept.none()
    return Named(kind, kept.count(), list(seen.order_by("-pk")[:SHOWN]))
