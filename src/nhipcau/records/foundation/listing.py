"""Lists of a register: search that ignores marks and case, filters, and keyset paging.

A page begins after the key of a row, so that the ten-thousandth page costs what the first does and rows
that come in meanwhile shift nothing. A cursor that was tampered with is as good as none.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import QuerySet

from nhipcau.reading.text import fold
from nhipcau.records.foundation import values
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.register import Register

M = TypeVar("M", bound=models.Model)
SEARCH_WORDS = 12
# Rows in which the most frequent values are looked for, where a column has more than a list can show.
NEWEST = 2_000


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """One page of rows; ``next`` and ``previous`` are cursors, empty where there is nothing further."""

    rows: list[M]
    next: str
    previous: str


def listed(
    register: Register, actor: Actor, *, search: str = "", filters: Mapping[str, str] | None = None
) -> QuerySet[Any]:
    """The rows that the office keeps in a register and that match every word of ``search`` and every filter.

    The order is the register's key, newest first. A filter value that cannot be (the year "x") gives no rows.
    """
    given = {name: value for name, value in (filters or {}).items() if value}
    rows = _base(register, actor, given).select_related(*register.related)
    for word in fold(search).split()[:SEARCH_WORDS]:
        rows = rows.filter(**{f"{register.search}__contains": word})
    for name, value in given.items():
        rows = _filtered(register, rows, name, value)
    return rows.order_by(*(f"-{field}" for field in register.key))


def page(
    rows: QuerySet[M], *, key: tuple[str, ...], size: int, cursor: str = "", ascending: bool = False
) -> Page[M]:
    """The page at a cursor (empty: the first), rows in the order of ``key``, descending unless told."""
    place = _place(cursor, key, rows.model)
    backwards = bool(place and place["back"])
    rising = ascending != backwards
    order = [field if rising else f"-{field}" for field in key]
    chosen = rows.order_by(*order)
    if place:
        chosen = _after(chosen, key, place["at"], rising=rising)
    found = list(chosen[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next = bool(found) and (backwards or more)
    has_previous = bool(found) and (more if backwards else place is not None)
    return Page(
        found,
        _cursor(found[-1], key, back=False) if has_next else "",
        _cursor(found[0], key, back=True) if has_previous else "",
    )


def choices(register: Register, actor: Actor, name: str, *, limit: int = 200) -> list[tuple[str, str]]:
    """The values that a filter can take within scope, with labels: years newest first, texts in their order.

    Where a column has more than ``limit`` texts, those that are most frequent in the newest rows.
    """
    wanted = register.filter_named(name)
    if wanted.choices:
        return [(value, str(label)) for value, label in wanted.choices]
    rows = register.policy.kept(actor)
    if wanted.shape == "year":
        return [(str(year), str(year)) for year in values.years(rows, wanted.field, most=limit)[::-1]]
    found = values.texts(rows, wanted.field, most=limit + 1)
    if len(found) > limit:
        order = [f"-{field}" for field in register.key]
        found = values.often(rows, wanted.field, most=limit, among=NEWEST, order=order)
    return [(value, value) for value in sorted(found, key=fold)]


def _base(register: Register, actor: Actor, given: Mapping[str, str]) -> QuerySet[Any]:
    """The rows that the office keeps, or those of others where the filter by keeper is set."""
    others = any(register.filter_named(name).shape == "keeper" for name in given)
    return register.policy.lent(actor) if others else register.policy.kept(actor)


def _filtered(register: Register, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
    wanted = register.filter_named(name)
    if wanted.shape == "year":
        return rows.filter(**{f"{wanted.field}__year": int(value)}) if _is_year(value) else rows.none()
    if wanted.shape == "keeper":
        return rows if value in dict(wanted.choices) else rows.none()
    return rows.filter(**{wanted.field: value})


def _is_year(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) == 4 and value >= "0001"  # noqa: PLR2004


def _after(rows: QuerySet[M], key: tuple[str, ...], at: list[Any], *, rising: bool) -> QuerySet[M]:
    """Rows strictly beyond ``at`` in the order of ``key``.

    Compared as rows, ``ROW(a, b) < ROW(x, y)``: so the database enters its index in place.
    """
    held = [
        models.Value(value, output_field=_field(rows.model, name))
        for name, value in zip(key, at, strict=True)
    ]
    sides = (models.Func(*key, function="ROW"), models.Func(*held, function="ROW"))
    joiner = " > " if rising else " < "
    return rows.filter(
        models.Func(*sides, template="%(expressions)s", arg_joiner=joiner, output_field=models.BooleanField())
    )


def _cursor(row: models.Model, key: tuple[str, ...], *, back: bool) -> str:
    at = [getattr(row, field) for field in key]
    plain = json.dumps({"at": at, "back": back}, cls=DjangoJSONEncoder)
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def _place(cursor: str, key: tuple[str, ...], model: type[models.Model]) -> dict[str, Any] | None:
    if not cursor:
        return None
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return None
    sound = isinstance(place, dict) and isinstance(place.get("at"), list) and len(place["at"]) == len(key)
    if not sound or not isinstance(place.get("back"), bool):
        return None
    at = _held(model, key, place["at"])
    return {"at": at, "back": place["back"]} if at is not None else None


def _held(model: type[models.Model], key: tuple[str, ...], at: list[Any]) -> list[Any] | None:
    """The values of a cursor as the fields of the key hold them; None where one of them cannot be."""
    fields = [_field(model, name) for name in key]
    try:
        return [field.clean(value, None) for field, value in zip(fields, at, strict=True)]
    except (ValueError, TypeError, OverflowError, ValidationError):
        return None


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    """The field that holds a value of the key; of a computed one, what its computing gives."""
    field = cast("models.Field[Any, Any]", model._meta.get_field(name))
    if isinstance(field, models.GeneratedField):
        return cast("models.Field[Any, Any]", field.output_field)
    return field
