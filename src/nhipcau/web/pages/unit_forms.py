"""The forms of the acts that found, name, place, merge, divide and end units."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.records.foundation.models import ADMINISTRATIVE, Unit
from nhipcau.web.pages.unit_act import ActForm
from nhipcau.web.pages.unit_days import HIERARCHIES
from nhipcau.web.pages.unit_picker import UnitField

PERCENT = Decimal(100)


class NamesForm(ActForm):
    """What a unit is called."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=300)
    short_name = forms.CharField(label=gettext_lazy("Short name"), max_length=120, required=False)
    type = forms.CharField(
        label=gettext_lazy("Type"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"placeholder": gettext_lazy("the word of the law: department, ward, union")}),
    )
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=Unit.Level.choices)
    pillar = forms.ChoiceField(
        label=gettext_lazy("Pillar"), choices=[("", "—"), *Unit.Pillar.choices], required=False
    )

    def names(self) -> dict[str, Any]:
        """The five fields."""
        return {name: self.cleaned_data[name] for name in ("name", "short_name", "type", "level", "pillar")}

    def level_words(self) -> str:
        """The level as it is called."""
        return str(Unit.Level(self.cleaned_data["level"]).label)


class FoundForm(NamesForm):
    """A new unit and its place."""

    hierarchy = forms.ChoiceField(
        label=gettext_lazy("Hierarchy"), choices=list(HIERARCHIES.items()), initial=ADMINISTRATIVE
    )
    parent = UnitField(label=gettext_lazy("Stands below (empty: at the top)"), required=False)
    parts = ("name", "short_name", "type", "level", "pillar", "hierarchy", "parent")


class RenameForm(NamesForm):
    """Another name, type, level or pillar."""

    parts = ("name", "short_name", "type", "level", "pillar")


class MoveForm(ActForm):
    """Another place in one hierarchy."""

    hierarchy = forms.ChoiceField(
        label=gettext_lazy("Hierarchy"), choices=list(HIERARCHIES.items()), initial=ADMINISTRATIVE
    )
    parent = UnitField(label=gettext_lazy("New parent (empty: at the top)"), required=False)
    parts = ("hierarchy", "parent")


class MergeForm(ActForm):
    """Who goes along, and into what."""

    other_1 = UnitField(label=gettext_lazy("Together with"), required=False)
    other_2 = UnitField(label=gettext_lazy("and with"), required=False)
    other_3 = UnitField(label=gettext_lazy("and with"), required=False)
    into = UnitField(label=gettext_lazy("Into a unit that lives on"), required=False)
    new_name = forms.CharField(
        label=gettext_lazy("or into a new one of this name"), max_length=300, required=False
    )
    parts = ("other_1", "other_2", "other_3", "into", "new_name")

    def clean(self) -> dict[str, Any]:
        """Exactly one successor."""
        given = super().clean() or self.cleaned_data
        if "into" in given and bool(given["into"]) == bool(given.get("new_name")):
            self.add_error("into", _("Name either the unit that lives on or the new one."))
        return given

    def merged(self) -> list[Unit]:
        """All that end."""
        others = (self.cleaned_data[f"other_{place}"] for place in (1, 2, 3))
        return [self.unit, *(one for one in others if one)]


class SplitForm(ActForm):
    """Into which units, with which shares."""

    survives = forms.BooleanField(
        label=gettext_lazy("The unit itself lives on with the rest"), required=False
    )
    name_1 = forms.CharField(label=gettext_lazy("First new unit"), max_length=300)
    share_1 = forms.DecimalField(
        label=gettext_lazy("Share in % (if known)"), min_value=0, max_value=100, required=False
    )
    name_2 = forms.CharField(label=gettext_lazy("Second new unit"), max_length=300, required=False)
    share_2 = forms.DecimalField(
        label=gettext_lazy("Share in % (if known)"), min_value=0, max_value=100, required=False
    )
    name_3 = forms.CharField(label=gettext_lazy("Third new unit"), max_length=300, required=False)
    share_3 = forms.DecimalField(
        label=gettext_lazy("Share in % (if known)"), min_value=0, max_value=100, required=False
    )
    parts = ("survives", "name_1", "share_1", "name_2", "share_2", "name_3", "share_3")

    def portions(self) -> Iterable[tuple[str, Decimal | None]]:
        """Name and share (0 to 1) of each."""
        for place in (1, 2, 3):
            name, share = self.cleaned_data[f"name_{place}"], self.cleaned_data[f"share_{place}"]
            if name:
                yield name, None if share is None else share / PERCENT


class CloseForm(ActForm):
    """Nothing but the day and the paper."""
