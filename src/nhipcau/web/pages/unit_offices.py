"""Offices: a unit begins to keep registers of its own, or keeps none any more."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nhipcau.records.foundation.actors import office_of
from nhipcau.records.foundation.models import Grant, Office
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.organisations import selectors as reads
from nhipcau.records.organisations import services
from nhipcau.web.pages.unit_act import Act, ActForm, Before, Form
from nhipcau.web.pages.unit_days import written


class OfficeForm(ActForm):
    """Nothing but the day and the paper, which an office may not have."""

    needs_paper = False
    has_decision = False


def _open(form: Form) -> Office:
    return services.open_office(
        by=form.by, unit=form.unit, opened_on=form.cleaned_data["on"], why=form.cleaned_data["legal"]
    )


def _will_open(form: Form, office: Office) -> str:
    values = {"day": form.day, "unit": office.unit.name}
    first = _("From %(day)s “%(unit)s” keeps registers of its own; who works there enters papers in them.")
    above = _above(form)
    if above is None:
        return first % values
    stays = _("What was entered before stays in the registers of “%(above)s”.") % {"above": above.unit.name}
    return f"{first % values} {stays}"


def _close(form: Form) -> Office:
    return services.close_office(
        by=form.by, office=form.unit.office, on=form.cleaned_data["on"], why=form.cleaned_data["legal"]
    )


def _will_close(form: Form, office: Office) -> str:
    """Closed, who works there, and what each of them finds from that day on."""
    day = form.cleaned_data["on"]
    values = {"day": form.day, "unit": office.unit.name}
    said = [_("From %(day)s “%(unit)s” keeps no registers of its own.") % values]
    said.append(_("What was registered there can still be read by who works there; nobody changes it."))
    above = _above(form)
    if above is not None:
        said.append(_("New papers go into the registers of “%(above)s”.") % {"above": above.unit.name})
    else:
        said.append(_("No office stands above it: who works there can enter nothing any more."))
    count = Grant.objects.filter(in_force(day), unit=form.unit).values("account").distinct().count()
    told = ngettext("%(n)s person who works there is told.", "%(n)s people who work there are told.", count)
    return " ".join([*said, told % {"n": count}] if count else said)


def _above(form: Form) -> Office | None:
    """The nearest office above the unit on the day, leaving out its own."""
    day = form.cleaned_data["on"]
    line = reads.path(by=form.by, unit=form.unit, on=day)[:-1]
    return office_of(line[-1], on=day) if line else None


def _before_opening(form: Form) -> Before:
    office = Office.objects.filter(unit=form.unit).first()
    if office is None:
        return Before()
    if office.closed_on is None:
        day = written(office.opened_on)
        return Before(obstacle=_("This unit keeps registers of its own since %(day)s.") % {"day": day})
    values = {"day": written(office.closed_on)}
    return Before(
        [_("Its office was closed on %(day)s. It can go on from that very day, as if never closed.") % values]
    )


def _before_closing(form: Form) -> Before:
    office = Office.objects.filter(unit=form.unit).first()
    if office is None:
        return Before(obstacle=_("This unit keeps no registers of its own; there is no office to close."))
    if office.closed_on is not None:
        day = written(office.closed_on)
        return Before(obstacle=_("This office was closed on %(day)s.") % {"day": day})
    return Before([_("Its office is open since %(day)s.") % {"day": written(office.opened_on)}])


ACTS = {
    "mo-so": Act(
        gettext_lazy("Open an office"),
        gettext_lazy("Open the office"),
        OfficeForm,
        _open,
        _will_open,
        before=_before_opening,
        done=gettext_lazy("The office is open from that day on."),
    ),
    "dong-so": Act(
        gettext_lazy("Close the office"),
        gettext_lazy("Close the office"),
        OfficeForm,
        _close,
        _will_close,
        before=_before_closing,
        done=gettext_lazy("The office is closed from that day on. Who works there is told on the desk."),
    ),
}
