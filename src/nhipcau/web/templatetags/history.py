"""``{% history_of record %}``: what was done to a record, for whom its policy lets see it."""

from __future__ import annotations

from typing import Any

from django import template
from django.db import models
from django.utils.translation import gettext as _

from nhipcau.records.foundation.models import Event
from nhipcau.records.foundation.selectors import Change, history
from nhipcau.web.kit.history import Line, heading, sentence
from nhipcau.web.templatetags.cells import OTHER_FIELDS, VERBS, short_value

register = template.Library()


@register.inclusion_tag("kit/history_lines.html", takes_context=True)
def history_of(context: dict[str, Any], record: models.Model) -> dict[str, Any]:
    """The panel; empty where the policy of the record's kind does not let the actor see it."""
    acting = context["request"].acting
    return {"lines": [_line(event, changes) for event, changes in history(by=acting, record=record)]}


def _line(event: Event, changes: list[Change]) -> Line:
    return Line(event.at, sentence(event, VERBS), [_changed(event, one) for one in changes], event.why)


def _changed(event: Event, change: Change) -> str:
    name = heading(event, change.field, OTHER_FIELDS)
    old, new = short_value(change.old, {}), short_value(change.new, {})
    if change.old is None and change.new is None:
        gone = _("erased")
        return f"{name}: {gone}"
    emptied = _("emptied")
    return f"{name}: {old} → {new}" if old and new else f"{name}: {new or emptied}"
