"""``{% readers_of record %}`` draws which units read along in a record, and the form that lets one in."""

from __future__ import annotations

from typing import Any

from django import template

from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.models import Owned
from nhipcau.records.foundation.references import kind_of, lending
from nhipcau.records.foundation.selectors import readers
from nhipcau.web.pages.sharing import ShareForm

register = template.Library()


@register.inclusion_tag("kit/readers.html", takes_context=True)
def readers_of(context: dict[str, Any], record: Owned) -> dict[str, Any]:
    """The panel of who keeps the record; for who reads along it says whose record this is."""
    by = context["request"].acting
    kind = kind_of(record)
    is_kept = lending(kind).keeps(by, record)
    return {
        "csrf_token": context.get("csrf_token"),
        "record": record,
        "kind": kind,
        "is_kept": is_kept,
        "rows": readers(by=by, record=record),
        "form": ShareForm(request=context["request"]),
        "may_share": is_kept and Permission.RECORD_SHARE in by.permissions,
    }
