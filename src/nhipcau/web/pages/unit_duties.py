"""Focal points: who handles a subject for a unit from a day on; named and ended by form, told by subject."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.records.organisations import selectors as reads
from nhipcau.records.organisations import services
from nhipcau.records.organisations.models import FocalPoint
from nhipcau.web.pages.unit_act import Act, ActForm, Before, Form
from nhipcau.web.pages.unit_picker import UnitField

Subject = FocalPoint.Subject


class DutyForm(ActForm):
    """A subject, and the unit that handles it."""

    item = forms.ChoiceField(label=gettext_lazy("What is handled"), choices=Subject.choices)
    holder = UnitField(label=gettext_lazy("Handled by"))
    parts = ("item", "holder")
    needs_paper = False


class EndDutyForm(ActForm):
    """Which subject nobody handles any more."""

    item = forms.ChoiceField(label=gettext_lazy("What is handled"))
    parts = ("item",)
    needs_paper = False

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        rows = reads.focal_points(by=self.by, unit=self.unit, on=self.by.on) if self.unit else ()
        self.rows = {row.subject: row for row in rows}
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            (subject, f"{row.get_subject_display()}: {row.holder.name}") for subject, row in self.rows.items()
        ]


def _name(form: Form) -> FocalPoint:
    given = form.cleaned_data
    return services.set_focal_point(
        by=form.by,
        subject=given["item"],
        unit=form.unit,
        holder=given["holder"],
        on=given["on"],
        basis=form.basis,
    )


def _will_name(form: Form, new: FocalPoint) -> str:
    values = {
        "day": form.day,
        "holder": new.holder.name,
        "subject": new.get_subject_display(),
        "unit": form.unit.name,
    }
    first = _("From %(day)s “%(holder)s” handles %(subject)s for “%(unit)s”.") % values
    ended = FocalPoint.objects.filter(closed_by=new.opened_by, subject=new.subject, unit=new.unit)
    before = ended.select_related("holder").first()
    if before is None:
        return first
    return f"{first} " + _("Until then it is “%(holder)s”.") % {"holder": before.holder.name}


def _end(form: Form) -> FocalPoint:
    row = form.rows[form.cleaned_data["item"]]
    return services.end_focal_point(by=form.by, focal_point=row, on=form.cleaned_data["on"], basis=form.basis)


def _will_end(form: Form, row: FocalPoint) -> str:
    return _(
        "From %(day)s nobody is named who handles %(subject)s for “%(unit)s”; until then “%(holder)s”."
    ) % {
        "day": form.day,
        "subject": row.get_subject_display(),
        "unit": form.unit.name,
        "holder": row.holder.name,
    }


def _before_end(form: Form) -> Before:
    return Before(obstacle="" if form.rows else _("Nobody is named for this unit today, so nothing can end."))


ACTS = {
    "dau-moi": Act(gettext_lazy("Name a focal point"), gettext_lazy("Name it"), DutyForm, _name, _will_name),
    "thoi-dau-moi": Act(
        gettext_lazy("End a focal point"),
        gettext_lazy("End its duty"),
        EndDutyForm,
        _end,
        _will_end,
        before=_before_end,
    ),
}
