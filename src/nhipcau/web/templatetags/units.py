"""Addresses of the pages of units, which carry the day and the hierarchy along."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.records.foundation.models import Unit
from nhipcau.records.organisations.models import Succession, UnitCode
from nhipcau.records.organisations.selectors.telling import Chapter
from nhipcau.web.pages.unit_codes import key_of
from nhipcau.web.pages.unit_days import Asked

register = template.Library()
TAKEN = {
    Succession.Kind.MERGE: gettext_lazy("Takes in"),
    Succession.Kind.SPLIT: gettext_lazy("Takes a part"),
    Succession.Kind.TERRITORY: gettext_lazy("Takes over territory"),
    Succession.Kind.FUNCTION: gettext_lazy("Takes over functions"),
    Succession.Kind.OBLIGATION: gettext_lazy("Takes over obligations"),
}
GIVEN = {
    Succession.Kind.MERGE: gettext_lazy("Goes into another"),
    Succession.Kind.SPLIT: gettext_lazy("Is divided"),
    Succession.Kind.TERRITORY: gettext_lazy("Hands over territory"),
    Succession.Kind.FUNCTION: gettext_lazy("Hands over functions"),
    Succession.Kind.OBLIGATION: gettext_lazy("Hands over obligations"),
}

ONTO = {
    Succession.Kind.FUNCTION: gettext_lazy("its functions go to"),
    Succession.Kind.OBLIGATION: gettext_lazy("what it signed goes to"),
}


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
def other_side(row: Succession, side: str) -> Unit:
    """The predecessor or the successor."""
    return row.predecessor if side == "predecessor" else row.successor


@register.filter
def taken(row: Succession) -> str:
    """What a unit does that takes over."""
    return str(TAKEN[Succession.Kind(row.kind)])


@register.filter
def given(row: Succession) -> str:
    """What a unit does that hands over."""
    return str(GIVEN[Succession.Kind(row.kind)])


@register.simple_tag
def branch_at(said: Asked, unit: Unit) -> str:
    """What stands below a unit on the day asked, as a piece of the tree."""
    return reverse("unit-branch", args=[unit.public_id]) + said.address()


@register.simple_tag
def onto(chapter: Chapter) -> str:
    """How the units are named to which something went: of a unit that ends, what of it that was."""
    kinds = {row.kind for row in chapter.heirs}
    words = ONTO.get(Succession.Kind(kinds.pop())) if chapter.is_end and len(kinds) == 1 else None
    return str(words or _("to"))


@register.filter
def code_key(row: UnitCode) -> str:
    """What names a code of the unit in the address of a form."""
    return key_of(row)
