"""What every act on a unit has: its words, its form with day and paper, what it does, what it tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Unit
from nhipcau.records.organisations import selectors as reads
from nhipcau.records.organisations.models import UnitVersion
from nhipcau.records.organisations.services import Basis
from nhipcau.web.kit.forms import day_field
from nhipcau.web.pages.unit_days import read, written
from nhipcau.web.pages.unit_picker import UnitField

Form = Any


@dataclass(frozen=True, slots=True)
class Before:
    """What is told above the empty form: sentences, and why it cannot be done at all (else empty)."""

    sentences: Sequence[str] = ()
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One act: how it is called, its form, what carries it out, and the sentence of what will happen."""

    title: Any
    button: Any
    form: type[Any]
    do: Callable[[Form], Any]
    sentence: Callable[[Form, Any], str]
    before: Callable[[Form], Before] = lambda _form: Before()
    #: Said when it is written; empty: the words of all acts that can be undone.
    done: Any = ""


class ActForm(forms.Form):
    """What every act is asked: its day and its paper. ``parts`` are the fields of the act itself."""

    parts: tuple[str, ...] = ()
    #: Codes and duties may be named without a paper; what changes units may not.
    needs_paper = True
    has_decision = True
    on = day_field(gettext_lazy("In force on"))
    decided_on = day_field(gettext_lazy("Decided on (may stay empty)"), required=False)
    legal = forms.CharField(
        label=gettext_lazy("Legal basis"),
        max_length=500,
        widget=forms.TextInput({"placeholder": gettext_lazy("number and symbol of the decision")}),
    )

    def __init__(self, *given: Any, by: Actor, unit: Unit | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        self.by, self.unit = by, unit
        if not self.needs_paper:
            self.fields["legal"].required = False
            self.fields["legal"].label = gettext_lazy("Legal basis (may stay empty)")
        if not self.has_decision:
            del self.fields["decided_on"]
        self.version = self._version()
        for field in self.fields.values():
            if isinstance(field, UnitField):
                field.by = by
        if self.version is not None:
            self.fill(self.version)

    def fill(self, version: UnitVersion) -> None:
        """Put what the unit is today into the fields."""
        for name in ("name", "short_name", "type", "level", "pillar"):
            if name in self.fields:
                self.fields[name].initial = getattr(version, name)

    def clean_on(self) -> Any:
        """Only days of these centuries: others are slips of the keyboard."""
        day = self.cleaned_data["on"]
        if read(written(day)) is None:
            raise ValidationError(_("The year cannot be right."))
        return day

    @property
    def basis(self) -> Basis:
        """The paper."""
        return Basis(legal=self.cleaned_data["legal"], decided_on=self.cleaned_data["decided_on"])

    @property
    def day(self) -> str:
        """The day, as sentences write it."""
        return written(self.cleaned_data["on"])

    def _version(self) -> UnitVersion | None:
        if self.unit is None:
            return None
        called = reads.called_on(by=self.by, units=[self.unit.pk], on=self.by.on)
        return called.get(self.unit.pk)
