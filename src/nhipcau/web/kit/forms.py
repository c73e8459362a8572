"""What a service refused, beside the fields of a form."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put each sentence to its field, and what has none above the form."""
    told = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    for name, sentences in told.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
