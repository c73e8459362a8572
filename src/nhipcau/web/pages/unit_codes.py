"""Codes of a unit: it bears one of a list from a day on, and bears it no longer from another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.records.organisations import selectors as reads
from nhipcau.records.organisations import services
from nhipcau.records.organisations.models import UnitCode
from nhipcau.web.kit.forms import day_field
from nhipcau.web.pages.unit_act import Act, ActForm, Before, Form
from nhipcau.web.pages.unit_days import written


class Suggested(forms.TextInput):
    """A field of words in which those that are in use already are offered; others may be typed."""

    offered: tuple[str, ...] = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The field with its list, which the browser shows."""
        attrs = {**(attrs or {}), "list": f"{name}-offered", "autocomplete": "off"}
        options = format_html_join("", '<option value="{}"></option>', ((one,) for one in self.offered))
        field = super().render(name, value, attrs, renderer)
        return format_html('{}<datalist id="{}-offered">{}</datalist>', field, name, options)


class CodeForm(ActForm):
    """A code is the three together: list, version of the list, code."""

    code_list = forms.CharField(
        label=gettext_lazy("List of codes"),
        max_length=60,
        widget=Suggested({"placeholder": gettext_lazy("as it is called in your office")}),
    )
    list_version = forms.CharField(
        label=gettext_lazy("Version of the list"),
        max_length=60,
        widget=Suggested({"placeholder": gettext_lazy("the year, for instance")}),
    )
    code = forms.CharField(label=gettext_lazy("Code"), max_length=60)
    until = day_field(gettext_lazy("Until before (may stay empty)"), required=False)
    parts = ("code_list", "list_version", "code")
    field_order = ("code_list", "list_version", "code", "on", "until", "decided_on", "legal")
    needs_paper = False

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        lists = reads.code_lists(by=self.by)
        self._offer("code_list", (name for name, _version in lists))
        self._offer("list_version", (version for _name, version in lists))

    def _offer(self, name: str, words: Any) -> None:
        self.fields[name].widget.offered = tuple(dict.fromkeys(words))


class EndCodeForm(ActForm):
    """Which of the codes that it bears, and from when no longer."""

    item = forms.ChoiceField(label=gettext_lazy("Code that ends"))
    parts = ("item",)
    needs_paper = False

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        rows = reads.codes(by=self.by, unit=self.unit).exclude(valid_to__lte=self.by.on) if self.unit else ()
        self.rows = {key_of(row): row for row in rows}
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            (key, _("%(code)s, since %(day)s") % {"code": row, "day": written(row.valid_from)})
            for key, row in self.rows.items()
        ]


def key_of(row: UnitCode) -> str:
    """What names a code of a unit in an address: no number of a row."""
    return f"{row.code_list}/{row.list_version}/{row.code}/{row.valid_from.isoformat()}"


def _add(form: Form) -> UnitCode:
    given = form.cleaned_data
    return services.add_code(
        by=form.by,
        unit=form.unit,
        code_list=given["code_list"],
        list_version=given["list_version"],
        code=given["code"],
        on=given["on"],
        until=given["until"],
        basis=form.basis,
    )


def _will_add(form: Form, new: UnitCode) -> str:
    values = {
        "day": form.day,
        "unit": form.unit.name,
        "code": new.code,
        "list": new.code_list,
        "version": new.list_version,
    }
    first = _("From %(day)s “%(unit)s” bears the code %(code)s of the list “%(list)s”, version %(version)s.")
    if new.valid_to is None:
        return first % values
    until = _("It bears it until before %(day)s.") % {"day": written(new.valid_to)}
    return f"{first % values} {until}"


def _end(form: Form) -> UnitCode:
    row = form.rows[form.cleaned_data["item"]]
    return services.end_code(by=form.by, code=row, on=form.cleaned_data["on"], basis=form.basis)


def _will_end(form: Form, row: UnitCode) -> str:
    return _("From %(day)s “%(unit)s” no longer bears the code %(code)s; what was kept under it stays.") % {
        "day": form.day,
        "unit": form.unit.name,
        "code": row,
    }


def _before_end(form: Form) -> Before:
    return Before(obstacle="" if form.rows else _("This unit bears no code that could end."))


ACTS = {
    "ma": Act(gettext_lazy("Give it a code"), gettext_lazy("Give the code"), CodeForm, _add, _will_add),
    "bo-ma": Act(
        gettext_lazy("End a code"),
        gettext_lazy("End the code"),
        EndCodeForm,
        _end,
        _will_end,
        before=_before_end,
    ),
}
