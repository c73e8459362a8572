"""Undoing the last act: what it will take back is told before, and why it cannot be where it cannot."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Unit
from nhipcau.records.foundation.policies import Forbidden
from nhipcau.records.organisations import selectors as reads
from nhipcau.records.organisations import services
from nhipcau.records.organisations.models import Change
from nhipcau.web.pages.unit_act import Act, Before, Form
from nhipcau.web.pages.unit_days import written

#: Sentences that are told of one act; a load of thousands is told by its number.
TOLD = 12


class UndoForm(forms.Form):
    """Only why."""

    parts: tuple[str, ...] = ()
    why = forms.CharField(label=gettext_lazy("Why"), max_length=300)

    def __init__(self, *given: Any, by: Actor, unit: Unit | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        self.by, self.unit = by, unit


def _undo(form: Form) -> Any:
    return services.undo_last(by=form.by, unit=form.unit, why=form.cleaned_data["why"])


def _will_undo(form: Form, change: Any) -> str:  # noqa: ARG001 (the same for all acts)
    values = {"act": str(change), "day": written(change.in_force_on)}
    return (
        _("The act “%(act)s” of %(day)s is taken back; all units that it touched are as they were before.")
        % values
    )


def _before(form: Form) -> Before:
    """The act in sentences, and the refusal of the service where there is one: it is tried and taken back."""
    change = services.last_change(form.unit)
    if change is None:
        return Before(obstacle=_("Nothing of “%(unit)s” can be undone.") % {"unit": form.unit})
    head = _head(change)
    sentences = _told(reads.done_by(by=form.by, change=change))
    try:
        with transaction.atomic():
            services.undo_last(by=form.by, unit=form.unit)
            transaction.set_rollback(True)
    except ValidationError as error:
        return Before([head], " ".join(error.messages))
    except Forbidden as error:
        return Before([head], str(error))
    return Before([head, *sentences])


def _head(change: Change) -> str:
    values = {
        "act": str(change),
        "day": written(change.in_force_on),
        "entered": written(change.entered_at.date()),
    }
    said = _("The last act is “%(act)s”, in force on %(day)s, entered on %(entered)s.") % values
    if not change.legal_basis:
        return said
    return f"{said} " + _("Legal basis: %(words)s") % {"words": change.legal_basis}


def _told(done: reads.Done) -> list[str]:
    """What will be so again, row by row."""
    said = [
        *(_("“%(unit)s” (as of %(day)s) will not be there.") % _named(row) for row in done.founded),
        *(_("“%(name)s” is no longer called so from %(day)s.") % _named(row) for row in done.renamed),
        *(_("“%(unit)s” is called “%(name)s” again from %(day)s on.") % _was(row) for row in done.called),
        *(_("“%(unit)s” no longer stands below “%(parent)s”.") % _place(row) for row in done.placed),
        *(_("“%(unit)s” stands below “%(parent)s” again.") % _place(row) for row in done.left),
        *(_("The code %(code)s of “%(unit)s” goes.") % _code(row) for row in done.coded),
        *(_("“%(unit)s” bears the code %(code)s again.") % _code(row) for row in done.uncoded),
        *(_("“%(holder)s” no longer handles %(subject)s for “%(unit)s”.") % _duty(row) for row in done.named),
        *(_("“%(holder)s” handles %(subject)s for “%(unit)s” again.") % _duty(row) for row in done.released),
        *(_("“%(giver)s” did not hand over to “%(taker)s”.") % _handed(row) for row in done.handed),
        *(_("The office in “%(unit)s” keeps its registers again.") % {"unit": row} for row in done.offices),
    ]
    more = len(said) - TOLD
    if more > 0:
        said = said[:TOLD]
        said.append(ngettext("And %(n)s more row.", "And %(n)s more rows.", more) % {"n": more})
    return said


def _named(row: Any) -> dict[str, str]:
    return {"unit": row.name, "name": row.name, "day": written(row.valid_from)}


def _was(row: Any) -> dict[str, str]:
    return {"unit": row.unit.name, "name": row.name, "day": written(row.valid_to)}


def _place(row: Any) -> dict[str, str]:
    return {"unit": row.unit.name, "parent": row.parent.name}


def _code(row: Any) -> dict[str, str]:
    return {"unit": row.unit.name, "code": str(row)}


def _duty(row: Any) -> dict[str, str]:
    return {"unit": row.unit.name, "holder": row.holder.name, "subject": row.get_subject_display()}


def _handed(row: Any) -> dict[str, str]:
    return {"giver": row.predecessor.name, "taker": row.successor.name}


ACTS = {
    "hoan-tac": Act(
        gettext_lazy("Undo the last act"),
        gettext_lazy("Take it back"),
        UndoForm,
        _undo,
        _will_undo,
        before=_before,
        done=gettext_lazy("Taken back. All units that it touched are as they were before."),
    ),
}
