"""How a value of a register stands in a cell of its list."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import date_format, localize
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nhipcau.records.foundation.register import Column, Register

register = template.Library()


@register.simple_tag
def cell(declared: Register, row: Any, column: Column) -> SafeString:
    """The cell of ``row`` under ``column``; a link makes it the head of its row."""
    value = getattr(row, column.name)
    value = value() if callable(value) else value
    narrow = "" if column.narrow else " first-only"
    if column.shape == "link":
        url = reverse(f"{declared.slug}:detail", args=[row.public_id])
        return format_html('<th scope="row"><a href="{}">{}</a></th>', url, value or row)
    if column.shape == "state":
        return _state(row, column, value)
    if column.shape in ("date", "number"):
        return format_html('<td class="figures{}">{}</td>', narrow, written(value))
    own_line = " own-line" if column.shape == "long" and column.narrow else narrow
    return format_html('<td class="{}">{}</td>', own_line.strip(), written(value))


@register.filter
def written(value: Any) -> str:
    """A value as people write it: 05/01/2026, 1.234,5; nothing for nothing."""
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        return date_format(value, "SHORT_DATE_FORMAT")
    return str(localize(value))


def _state(row: Any, column: Column, words: Any) -> SafeString:
    value = getattr(row, column.name.removeprefix("get_").removesuffix("_display"))
    return format_html('<td class="own-line"><span class="state is-{}">{}</span></td>', value, words)
