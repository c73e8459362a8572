"""Addresses of the pages of units, which carry the day and the hierarchy along."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from nhipcau.records.foundation.models import Unit
from nhipcau.web.pages.unit_days import Asked

register = template.Library()


@register.simple_tag
def tree_at(said: Asked, root: Unit | None = None, start: int = 0) -> str:
    """The tree as of the day asked, below a unit where one is named, from a row on."""
    more = {"tu": str(root.public_id) if root else "", "bat-dau": str(start) if start else ""}
    return reverse("units") + said.address(**more)


@register.simple_tag
def unit_at(said: Asked, unit: Unit, **more: Any) -> str:
    """The page of a unit as of the day asked."""
    return reverse("unit", args=[unit.public_id]) + said.address(**{name: str(v) for name, v in more.items()})


@register.simple_tag
def branch_at(said: Asked, unit: Unit) -> str:
    """What stands below a unit on the day asked, as a piece of the tree."""
    return reverse("unit-branch", args=[unit.public_id]) + said.address()
