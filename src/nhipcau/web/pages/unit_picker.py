"""The field that finds a unit as one types its name; forms of any page may ask for a unit by it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Unit
from nhipcau.records.foundation.policies import UNITS, offices_below
from nhipcau.records.organisations import selectors as reads

CANDIDATES = 8
#: What a field asks for that offers only the own unit and those below it.
OWN = "quyen"


class Picker(forms.Widget):
    """A field into which a name is typed; the server offers units, or candidates on the way back.

    ``day`` is the id of the field with the day of which units are asked; ``within`` narrows what is offered.
    """

    def __init__(self, *, day: str = "id_on", within: str = "") -> None:
        super().__init__()
        self.day, self.within = day, within

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str]:  # noqa: ARG002
        """The unit that was chosen (public id), and the words that stand in the field."""
        return data.get(name, "").strip(), data.get(f"{name}_words", "").strip()[:300]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002
        """The field with its list; where words fitted several units, these to choose from."""
        if isinstance(value, Unit):
            value = (str(value.pk and value.public_id), value.name)
        chosen, words = value or ("", "")
        context = {
            "name": name,
            "id": (attrs or {}).get("id", f"id_{name}"),
            "chosen": chosen,
            "words": words,
            "candidates": getattr(self, "candidates", []),
            "asks": reverse("units-choices"),
            "day": self.day,
            "within": self.within,
            "invalid": "aria-invalid" in (attrs or {}),
        }
        return mark_safe(render_to_string("units/picker.html", context))  # noqa: S308 (our own template)


class UnitField(forms.Field):
    """A unit, chosen from the list or named so that no other fits; ``is_own``: the own one or one below."""

    widget = Picker
    by: Actor

    def __init__(self, *, is_own: bool = False, day: str = "id_on", **named: Any) -> None:
        super().__init__(widget=Picker(day=day, within=OWN if is_own else ""), **named)
        self.is_own = is_own

    def clean(self, value: tuple[str, str]) -> Unit | None:
        """The unit; ``ValidationError`` where the words fit none, or several."""
        chosen, words = value
        if chosen:
            return self._fetched(chosen)
        if not words:
            if self.required:
                raise ValidationError(_("Name a unit."))
            return None
        within = offices_below(self.by) if self.is_own else None
        exact = reads.named(by=self.by, name=words, on=self.by.on, within=within)
        if len(exact) == 1:
            return exact[0]
        found = reads.picker(by=self.by, words=words, on=self.by.on, within=within, limit=CANDIDATES)
        self.widget.candidates = found  # type: ignore[attr-defined]
        if not found:
            raise ValidationError(_("No unit has such a name: “%(words)s”.") % {"words": words})
        raise ValidationError(_("Choose one of these units."))

    def _fetched(self, chosen: str) -> Unit:
        try:
            rows = UNITS.scope(self.by).filter(public_id=UUID(chosen))
            row = (rows.filter(pk__in=offices_below(self.by)) if self.is_own else rows).first()
        except ValueError:
            row = None
        if row is None:
            raise ValidationError(_("There is no such unit; choose one from the list."))
        return row
