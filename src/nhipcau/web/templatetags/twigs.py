"""One unit of a level of the tree, as a line. A level shows two hundred of them, so it is put together here.

As a template, with three addresses looked up for each, the lines took most of the page's time.
"""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django import template
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils.formats import localize
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from nhipcau.records.organisations.selectors.comparing import Twig
from nhipcau.web.pages.unit_days import Asked

register = template.Library()
_ANY = str(UUID(int=0))


@register.simple_tag
def twig_line(twig: Twig, day: Asked, is_other: bool = False) -> SafeString:
    """The line of a unit as it is on ``day``: opened a level further down, named, counted, what differs."""
    name, public_id = escape(twig.version.name), str(twig.unit.public_id)
    page, tree, branch = (one.replace(_ANY, public_id) for one in _addresses(day, get_script_prefix()))
    line = f'<a class="name" href="{page}">{name}</a>'
    if twig.below:
        count = localize(twig.below)
        words = ngettext("Open %(n)s unit below %(name)s", "Open %(n)s units below %(name)s", twig.below)
        line = (
            f'<a class="twist" href="{tree}" data-opens="{branch}"><span aria-hidden="true">▸</span>'
            f'<span class="unseen">{words % {"n": count, "name": name}}</span></a> '
            f'{line} <span class="below">{count}</span>'
        )
    if twig.difference:
        turns = render_to_string("units/turns.html", {"one": twig.difference})
        line += f' <span class="turns">{turns}</span>'
    begin = '<li class="twig other">' if is_other else '<li class="twig">'
    return mark_safe(f"{begin}{line}</li>")  # noqa: S308 (names and addresses are escaped)


@lru_cache(maxsize=256)
def _addresses(day: Asked, prefix: str) -> tuple[str, str, str]:  # noqa: ARG001 (addresses begin with it)
    """The page of a unit, the tree below it and its branch, on a day, for the id that stands for any."""
    page, branch = (reverse(name, args=[_ANY]) + day.address() for name in ("unit", "unit-branch"))
    return escape(page), escape(reverse("units") + day.address(tu=_ANY)), escape(branch)
