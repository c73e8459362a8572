"""Thousands of rows at once: a draft that a loader made is written, the ancestor table rebuilt once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from nhipcau.records.foundation import events
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.organisations.policies import require_reach
from nhipcau.records.organisations.services.drafting import Draft
from nhipcau.records.organisations.services.standing import ask_places
from nhipcau.records.organisations.services.writing import lock_tree, write


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows a load wrote."""

    units: int = 0
    changes: int = 0
    versions: int = 0
    links: int = 0
    codes: int = 0
    duties: int = 0
    successions: int = 0
    ended: int = 0
    ancestors: int = 0


@transaction.atomic
def load_units(*, by: Actor, draft: Draft, title: str) -> Loaded:
    """Write a whole draft or nothing; one event, on its first act, tells the counts under ``title``.

    A draft without acts writes nothing. Raises ``ValidationError`` where any row cannot be.
    """
    rows = [*draft.dated, *(end.row for end in draft.ends)]
    touched = {row.unit for row in rows if row.unit.pk}
    require_reach(by, *touched)
    if not draft.changes:
        return Loaded()
    lock_tree()
    ask_places(by, draft)
    with _many_rows():
        done = write(draft)
    loaded = Loaded(
        units=len(draft.units),
        changes=len(draft.changes),
        versions=len(draft.versions),
        links=len(draft.links),
        codes=len(draft.codes),
        duties=len(draft.duties),
        successions=len(draft.successions),
        ended=len(draft.ends),
        ancestors=done.come,
    )
    counts = {name: (None, getattr(loaded, name) or None) for name in Loaded.__dataclass_fields__}
    events.record(by=by, verb="load", record=draft.changes[0], changes=counts, why=title)
    return loaded


def analyze() -> None:
    """Let the database count what a load brought, so that what is asked next is planned by it.

    By itself it would do so in a minute or later, and until then walk through whole tables.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT organisations_analyze()")


@contextmanager
def _many_rows() -> Iterator[None]:
    """Tell the database what to expect, for as long as tens of thousands of rows are written.

    It joins by hash and by order: it does not know how many rows this transaction wrote, and would walk a
    table once for each of them. And the triggers that keep row versions are told that none of them is to be
    ignored: told nothing, each call raises an error inside, and ending that looks through all checks that
    wait for the end of the transaction, a hundred thousand times a hundred thousand.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL enable_nestloop = off; SET LOCAL jit = off; SET LOCAL pgtrigger.ignore = '{}'"
        )
        yield
        cursor.execute("SET LOCAL enable_nestloop TO DEFAULT; SET LOCAL jit TO DEFAULT")
