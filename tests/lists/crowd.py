"""An office among many like it: everything that it owns stands once more in each of the others.

Copied table by table, because doing the work of two dozen offices through the services would take minutes.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import models

from nhipcau.records.documents.models import Series
from nhipcau.records.foundation.actors import system
from nhipcau.records.foundation.models import Account, Attachment, Event, Grant, Office, Owned
from nhipcau.records.foundation.models.personal import AccessLog
from nhipcau.records.foundation.models.signing import Attempt
from tests import world as cast

#: Whole tables of people: each row is of who works in one office.
OF_PEOPLE: tuple[type[models.Model], ...] = (Account, Grant, Attempt)
Copies = dict[tuple[type[models.Model], Any], models.Model]


def owned() -> list[type[models.Model]]:
    """Every table whose rows are an office's, each after those to which it refers."""
    left: list[type[models.Model]] = [row for row in apps.get_models() if issubclass(row, Owned)]
    left.append(Series)
    found: list[type[models.Model]] = []
    while left:
        ready = [row for row in left if not _asks(row) & ({*left} - {row})]
        assert ready, "these tables refer to each other in a circle"
        found += ready
        left = [row for row in left if row not in ready]
    return found


def tables() -> set[str]:
    """The names of the tables in which a page may touch no row of another office."""
    beside: tuple[type[models.Model], ...] = (*OF_PEOPLE, Event, AccessLog)
    return {row._meta.db_table for row in (*owned(), *beside)}


def neighbours(like: Office, parent: Any, *, count: int) -> None:
    """So many offices beside this one, with as many rows of everything."""
    from nhipcau.records.organisations import services as organisations

    by = system(door="system", on=cast.FOUNDED)
    for number in range(count):
        unit = organisations.found_unit(
            by=by,
            name=f"Hội Giao lưu Nhân dân tỉnh Bãi Bồi {number}",
            level="province",
            founded_on=cast.FOUNDED,
            parent=parent,
        )
        _copied(like, organisations.open_office(by=by, unit=unit, opened_on=cast.FOUNDED), number)


def _copied(like: Office, to: Office, number: int) -> None:
    copies: Copies = {(Office, like.pk): to}
    _people(like, to, number, copies)
    for kind in owned():
        _table(kind, kind._default_manager.filter(office=like).order_by("pk"), copies, number)
    _events(like, to, copies)


def _people(like: Office, to: Office, number: int, copies: Copies) -> None:
    accounts = Account.objects.filter(grants__unit=like.unit).distinct()
    made = [_like(row, username=f"{row.username}-{number}") for row in accounts]
    for old, new in zip(accounts, Account.objects.bulk_create(made), strict=True):
        copies[Account, old.pk] = new
    grants = Grant.objects.filter(unit=like.unit)
    Grant.objects.bulk_create(
        [_like(row, unit=to.unit, account=copies[Account, row.account_id]) for row in grants]
    )
    named = [new.username for new in made]
    Attempt.objects.bulk_create(
        Attempt(name_key=name, account=account, outcome=Attempt.Outcome.FAILED)
        for name, account in zip(named, made, strict=True)
        for _time in range(3)
    )


def _table(kind: type[models.Model], rows: Any, copies: Copies, number: int) -> None:
    left = list(rows)
    while left:
        # Rows that refer to others of their own table come after those.
        ready = [row for row in left if not _fellows(row) & {one.pk for one in left}]
        made = [_like(row, **_moved(row, copies, number)) for row in ready]
        for old, new in zip(ready, kind._default_manager.bulk_create(made), strict=True):
            copies[kind, old.pk] = new
        left = [row for row in left if row not in ready]


def _fellows(row: Any) -> set[Any]:
    """The keys of rows of its own table to which a row refers."""
    fields = row._meta.concrete_fields
    return {getattr(row, field.attname) for field in fields if field.related_model is type(row)} - {None}


def _moved(row: Any, copies: Copies, number: int) -> dict[str, Any]:
    """What differs in a copy: what it refers to, and its content's digest."""
    values: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.is_relation and (key := getattr(row, field.attname)) is not None:
            told = copies.get((field.related_model, key))
            if told is not None:
                values[field.attname] = told.pk
    if isinstance(row, Attachment):
        values["sha256"] = f"{number:04}{row.sha256[4:]}"
    return values


def _like(row: Any, **changes: Any) -> Any:
    """A new row with the values of another, but for ``changes`` and what the database gives."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and not isinstance(field, models.GeneratedField)
    }
    if "public_id" in values:
        values["public_id"] = uuid4()
    made = type(row)(**{**values, **{name: value for name, value in changes.items() if name in values}})
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def _events(like: Office, to: Office, copies: Copies) -> None:
    """The trail of the other office, of the copied records."""
    ids = {
        getattr(row, "public_id", None): copies[kind, row.pk].public_id  # type: ignore[attr-defined]
        for kind in owned()
        if kind is not Series
        for row in kind._default_manager.filter(office=like)
    }
    rows = Event.objects.filter(office_id=like.unit.public_id).order_by("id")
    Event.objects.bulk_create(
        Event(
            **{
                name: getattr(row, name)
                for name in ("account_name", "role", "door", "verb", "kind", "title", "why")
            },
            office_id=to.unit.public_id,
            record=ids.get(row.record, uuid4()),
        )
        for row in rows
    )


def _asks(kind: type[models.Model]) -> set[Any]:
    return {field.related_model for field in kind._meta.concrete_fields if field.is_relation}
