"""Reads of the foundation: jobs, the history of a record, counts for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, Q, QuerySet

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Event, EventValue, Job, Owned, Refusal, UnitRole
from nhipcau.records.foundation.policies import EVENTS, JOBS
from nhipcau.records.foundation.references import kind_of, public_id_of


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one event: its values, ``None`` where there was nothing or where they were erased."""

    field: str
    old: Any
    new: Any


def jobs(*, by: Actor, state: str = "") -> QuerySet[Job]:
    """The office's jobs, newest first, with who asked for them."""
    rows = JOBS.scope(by).select_related("created_by", "result").order_by("-id")
    return rows.filter(state=state) if state else rows


def job_counts(*, by: Actor) -> dict[str, int]:
    """How many of the office's jobs stand in each state; every state has its number."""
    found = dict(JOBS.scope(by).values_list("state").annotate(n=Count("pk")))
    return {state: found.get(state, 0) for state in Job.State.values}


def history(*, by: Actor, record: models.Model) -> list[tuple[Event, list[Change]]]:
    """The events of a record within scope, newest first, each with its changes.

    Whose office keeps the record sees what was done to it: the policy of its kind is asked, not that of the
    trail. Who only reads along does not. Everybody sees what was done to the own account.
    """
    kind = kind_of(record)
    is_own = by.account is not None and record == by.account
    if not is_own and (kind.policy is None or not kind.policy.kept(by).filter(pk=record.pk).exists()):
        return []
    rows = Event.objects.filter(kind=kind.code, record=public_id_of(record)).order_by("-id")
    return [(event, _changes(event)) for event in rows.prefetch_related("values_kept__text")]


def readers(*, by: Actor, record: Owned) -> list[UnitRole]:
    """The roles of units in a record that hold or will hold; for who keeps the record only."""
    kind = kind_of(record)
    if kind.policy is None or not kind.policy.kept(by).filter(pk=record.pk).exists():
        return []
    rows = UnitRole.objects.filter(record__kind=kind.code, record__record=record.public_id)
    ended = Q(valid_to__lte=by.on)
    return list(rows.exclude(ended).select_related("unit").order_by("valid_from", "id"))


def trail(*, by: Actor) -> QuerySet[Event]:
    """The events of the office, newest first."""
    return EVENTS.scope(by).order_by("-id")


def refusal_count(*, by: Actor) -> int:
    """How many papers of the actor were refused for their secrecy mark."""
    return Refusal.objects.filter(account=by.account).count() if by.account else 0


def _changes(event: Event) -> list[Change]:
    sides: dict[str, dict[str, Any]] = {}
    for value in event.values_kept.all():
        text = getattr(value, "text", None)
        sides.setdefault(value.field, {})[value.side] = text.value if text else None
    old, new = EventValue.Side.OLD, EventValue.Side.NEW
    return [Change(field, both.get(old), both.get(new)) for field, both in sides.items()]
