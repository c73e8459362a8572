"""What forms of all pages share: days as they are written here, and what a service refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

DAY = "%d/%m/%Y"


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """A day, written 01/07/2025."""
    widget = forms.DateInput(format=DAY, attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.DateField(label=label, required=required, input_formats=[DAY], widget=widget)


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put each sentence to its field, and what has none above the form."""
    told = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    for name, sentences in told.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
