"""How a value of a register stands in a cell of its list."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import date_format, localize
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.records.foundation.models import Event
from nhipcau.records.foundation.register import Column, Register
from nhipcau.records.foundation.selectors import Change
from nhipcau.web.kit.history import sentence

register = template.Library()

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# What events tell besides the fields of a register.
OTHER_FIELDS = {
    "paper": gettext_lazy("Paper"),
    "papers": gettext_lazy("Papers"),
    "register_number": gettext_lazy("Register no."),
    "attached_to": gettext_lazy("Came attached to"),
    "made_known": gettext_lazy("Made known"),
    "proposed": gettext_lazy("Relations proposed"),
    "state": gettext_lazy("Status"),
    "folded": gettext_lazy("Merged record"),
    "confirmed": gettext_lazy("Relations confirmed"),
    "rejected": gettext_lazy("Rejected"),
    "document": gettext_lazy("Document"),
}

# What services did, as history tells it; a verb that is missing here stands as it is.
VERBS = {
    "receive": gettext_lazy("received it"),
    "read": gettext_lazy("it was read"),
    "fail_reading": gettext_lazy("it could not be read"),
    "confirm": gettext_lazy("confirmed the card and registered it"),
    "save_card": gettext_lazy("kept the card for later"),
    "set_aside": gettext_lazy("set it aside"),
    "correct": gettext_lazy("corrected it"),
    "void": gettext_lazy("took it out of use"),
    "merge": gettext_lazy("merged another record into it"),
    "undo_merge": gettext_lazy("undid a merge"),
    "link": gettext_lazy("linked a citation"),
    "unlink": gettext_lazy("took a link back"),
    "reject": gettext_lazy("rejected a candidate"),
    "make_known": gettext_lazy("kept it as known from a citation"),
    "propose_relations": gettext_lazy("proposed relations"),
    "decide": gettext_lazy("decided a relation"),
    "decide_all": gettext_lazy("decided its relations"),
    "relate": gettext_lazy("related it by hand"),
    "bring": gettext_lazy("brought it in"),
    "name_columns": gettext_lazy("named its columns"),
    "import": gettext_lazy("brought a file in"),
}


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


@register.filter
def told(event: Event) -> str:
    """Who did what, as a sentence: "Nguyễn Văn A (văn thư) đã xác nhận"."""
    return sentence(event, VERBS)


@register.simple_tag
def changed(change: Change, declared: Register) -> str:
    """One field that changed, under the heading of its register: what it was and what it became."""
    fields = {field.name: field for field in declared.fields}
    field = fields.get(change.field)
    heading = str(field.heading) if field else str(OTHER_FIELDS.get(change.field, change.field))
    choices = {value: str(words) for value, words in field.choices} if field else {}
    old, new = (short_value(value, choices) for value in (change.old, change.new))
    return f"{heading}: {old} → {new}" if old and new else f"{heading}: {new or _('emptied')}"


def short_value(value: Any, choices: dict[str, str]) -> str:
    """A value of an event in a few words: days as people write them, records by their titles."""
    if isinstance(value, list):
        return ", ".join(short_value(item, choices) for item in value)
    if isinstance(value, dict):
        return str(value.get("title", ""))
    words = "" if value is None else str(value)
    if ISO_DAY.fullmatch(words):
        return date_format(date.fromisoformat(words), "SHORT_DATE_FORMAT")
    return choices.get(words, words)[:160]
