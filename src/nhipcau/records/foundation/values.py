"""The values that a column takes within scope, for the filters of a register.

They are read from an index by leaping from one value to the next, so that ten values among a million rows
cost eleven looks into the index. A table of values kept beside the rows would have to be locked by every
service; this needs no keeping and is never stale.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

# Where a leap lands: behind the value itself, or behind the year in which a day lies.
_BEHIND_VALUE = "walk.value"
_BEHIND_YEAR = "(date_trunc('year', walk.value) + interval '1 year' - interval '1 day')::date"


def texts(rows: QuerySet[Any], field: str, *, most: int) -> list[str]:
    """The texts of a column other than the empty one, in the order of the database; at most ``most``."""
    return [str(value) for value in _run(rows, leaps(rows.filter(**{f"{field}__gt": ""}), field, most=most))]


def years(rows: QuerySet[Any], field: str, *, most: int) -> list[int]:
    """The years of the days of a column, oldest first; at most ``most``."""
    dated = rows.filter(**{f"{field}__isnull": False})
    return [value.year for value in _run(rows, leaps(dated, field, most=most, behind=_BEHIND_YEAR))]


def often(rows: QuerySet[Any], field: str, *, most: int, among: int, order: list[str]) -> list[str]:
    """The most frequent texts of a column among the first ``among`` rows of an order, most frequent first."""
    first = rows.order_by(*order).values("pk")[:among]
    counted = rows.model._default_manager.filter(pk__in=first).exclude(**{field: ""}).values_list(field)
    return [value for value, _n in counted.annotate(n=models.Count("pk")).order_by("-n", field)[:most]]


def leaps(
    rows: QuerySet[Any], field: str, *, most: int, behind: str = _BEHIND_VALUE
) -> tuple[str, list[Any]]:
    """The query that leaps, with its parameters; no text and no parameters where no row is within scope."""
    ordered = rows.order_by(field).values_list(field)
    try:
        first, of_first = ordered[:1].query.sql_with_params()
        further = ordered.filter(**{f"{field}__gt": RawSQL(behind, ())})  # noqa: S611 (a constant)
        then, of_then = further[:1].query.sql_with_params()
    except EmptyResultSet:
        return "", []
    sql = (
        f"WITH RECURSIVE walk(value) AS (({first}) UNION ALL "  # noqa: S608 (made by the mapper)
        f"SELECT ({then}) FROM walk WHERE walk.value IS NOT NULL) "
        "SELECT value FROM walk WHERE value IS NOT NULL LIMIT %s"
    )
    return sql, [*of_first, *of_then, most]


def _run(rows: QuerySet[Any], query: tuple[str, list[Any]]) -> list[Any]:
    sql, parameters = query
    if not sql:
        return []
    with connections[rows.db].cursor() as cursor:
        cursor.execute(sql, parameters)
        return [value for (value,) in cursor.fetchall()]
