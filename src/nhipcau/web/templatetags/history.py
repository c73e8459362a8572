"""``{% history_of record %}`` draws what was done to a record; ``event|told`` is one event as a sentence."""

from __future__ import annotations

from typing import Any

from django import template
from django.db import models

from nhipcau.web.history import lines, sentence

register = template.Library()
register.filter("told", sentence)


@register.inclusion_tag("kit/history.html", takes_context=True)
def history_of(context: dict[str, Any], record: models.Model, only: Any = None) -> dict[str, Any]:
    """The panel; empty where the policy of the record's kind does not let the actor see it."""
    return {"lines": lines(by=context["request"].acting, record=record, only=only)}
