"""Long lists are turned page by page, newest first: no list ends before its rows do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from nhipcau.records.foundation.listing import page

M = TypeVar("M", bound=models.Model)
SIZE = 50


@dataclass(frozen=True, slots=True)
class Turned(Generic[M]):
    """The rows of one page; ``newer`` and ``older`` are addresses, empty where there is nothing further."""

    rows: list[M]
    newer: str
    older: str


def turned(request: HttpRequest, rows: QuerySet[M], *, size: int = SIZE) -> Turned[M]:
    """The page of ``rows`` that the address asks for (``at``); the first where it asks for none."""
    shown = page(rows, key=("id",), size=size, cursor=request.GET.get("at", ""))
    newer, older = (f"?at={cursor}" if cursor else "" for cursor in (shown.previous, shown.next))
    return Turned(shown.rows, newer, older)
