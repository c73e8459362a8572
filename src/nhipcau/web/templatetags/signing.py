"""What the pages of signing in need in templates."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """A value as JSON in an attribute that a script of ours reads: no script may stand in a page."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter
def named(names: dict[str, Any], code: str) -> Any:
    """The name of a code; the code itself where nobody named it."""
    return names.get(code, code)
