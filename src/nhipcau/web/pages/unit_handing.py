"""Handing over: territory, functions or obligations pass from one unit to another, and both live on."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.records.organisations import services
from nhipcau.records.organisations.models import Succession
from nhipcau.web.pages.unit_act import Act, ActForm, Form
from nhipcau.web.pages.unit_forms import PERCENT
from nhipcau.web.pages.unit_picker import UnitField

Kind, Extent = Succession.Kind, Succession.Extent
WHAT = {
    Kind.TERRITORY: gettext_lazy("territory"),
    Kind.FUNCTION: gettext_lazy("functions"),
    Kind.OBLIGATION: gettext_lazy("obligations, agreements"),
}
#: What becomes of that which stood under the giver, by what is handed over.
THEN = {
    Kind.TERRITORY: gettext_lazy(
        "Figures of earlier days follow the territory; units below stay where they are until they are moved."
    ),
    Kind.FUNCTION: gettext_lazy("The boundaries of both stay as they are; papers keep the name they bear."),
    Kind.OBLIGATION: gettext_lazy(
        "What was signed stays signed by “%(giver)s”; “%(taker)s” answers for it from that day."
    ),
}


class TransferForm(ActForm):
    """What is handed over, to whom, and how much of it."""

    kind = forms.ChoiceField(label=gettext_lazy("What is handed over"), choices=list(WHAT.items()))
    target = UnitField(label=gettext_lazy("To the unit"))
    extent = forms.ChoiceField(
        label=gettext_lazy("How much of it"), choices=Extent.choices, initial=Extent.PART
    )
    share = forms.DecimalField(
        label=gettext_lazy("Share in % (if known)"), min_value=0, max_value=100, required=False
    )
    note = forms.CharField(
        label=gettext_lazy("What exactly (may stay empty)"), max_length=300, required=False
    )
    parts = ("kind", "target", "extent", "share", "note")


def _transfer(form: Form) -> Succession:
    given = form.cleaned_data
    share = given["share"]
    return services.transfer(
        by=form.by,
        source=form.unit,
        target=given["target"],
        on=given["on"],
        kind=given["kind"],
        extent=given["extent"],
        share=None if share is None else share / PERCENT,
        note=given["note"],
        basis=form.basis,
    )


def _will_transfer(form: Form, row: Succession) -> str:
    values = {
        "day": form.day,
        "giver": form.unit.name,
        "taker": row.successor.name,
        "what": WHAT[Kind(row.kind)],
        "extent": row.get_extent_display(),
    }
    first = _("From %(day)s “%(giver)s” hands over to “%(taker)s”: %(what)s (%(extent)s). Both live on.")
    then = str(THEN[Kind(row.kind)])
    return f"{first % values} {then % values}"


ACTS = {
    "ban-giao": Act(
        gettext_lazy("Hand over"), gettext_lazy("Hand it over"), TransferForm, _transfer, _will_transfer
    ),
}
