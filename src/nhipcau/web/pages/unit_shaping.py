"""Acts that found, name, place, merge, divide and end units."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nhipcau.records.foundation.models import Unit
from nhipcau.records.organisations import selectors as reads
from nhipcau.records.organisations import services
from nhipcau.web.pages import unit_forms as forms
from nhipcau.web.pages.unit_act import Act, Form
from nhipcau.web.pages.unit_days import HIERARCHIES


def _found(form: Form) -> Unit:
    given = form.cleaned_data
    return services.found_unit(
        by=form.by,
        founded_on=given["on"],
        parent=given["parent"],
        hierarchy=given["hierarchy"],
        basis=form.basis,
        **form.names(),
    )


def _will_found(form: Form, unit: Unit) -> str:
    parent = form.cleaned_data["parent"]
    values = {"day": form.day, "name": unit.name, "level": form.level_words()}
    if parent is None:
        return _("From %(day)s there is a new unit “%(name)s” (%(level)s), at the top of its tree.") % values
    values["parent"] = parent.name
    return _("From %(day)s there is a new unit “%(name)s” (%(level)s), below “%(parent)s”.") % values


def _rename(form: Form) -> Any:
    return services.rename_unit(
        by=form.by, unit=form.unit, on=form.cleaned_data["on"], basis=form.basis, **form.names()
    )


def _will_rename(form: Form, new: Any) -> str:
    values = {"day": form.day, "old": form.unit.name, "new": new.name, "level": new.get_level_display()}
    kind = new.type or "—"
    if form.version is not None and form.version.name == new.name:
        return _("From %(day)s “%(old)s” keeps its name and is %(kind)s, %(level)s.") % {
            **values,
            "kind": kind,
        }
    return _("From %(day)s “%(old)s” is called “%(new)s” (%(kind)s, %(level)s).") % {**values, "kind": kind}


def _move(form: Form) -> Any:
    given = form.cleaned_data
    return services.move_unit(
        by=form.by,
        unit=form.unit,
        parent=given["parent"],
        on=given["on"],
        hierarchy=given["hierarchy"],
        basis=form.basis,
    )


def _will_move(form: Form, _new: Any) -> str:
    given = form.cleaned_data
    below = (
        reads.subtree(by=form.by, unit=form.unit, on=given["on"], hierarchy=given["hierarchy"]).count() - 1
    )
    values = {
        "day": form.day,
        "name": form.unit.name,
        "parent": given["parent"].name if given["parent"] else _("no unit"),
        "tree": HIERARCHIES[given["hierarchy"]],
    }
    first = _("From %(day)s “%(name)s” stands below “%(parent)s” (tree: %(tree)s).") % values
    with_it = ngettext("%(n)s unit below goes with it.", "%(n)s units below go with it.", max(below, 0))
    return f"{first} {with_it % {'n': below}}" if below > 0 else first


def _merge(form: Form) -> Unit:
    given = form.cleaned_data
    version = form.version
    into = given["into"] or services.Facts(
        given["new_name"].strip(),
        version.level if version else form.unit.level,
        version.type if version else "",
        "",
        version.pillar if version else "",
    )
    return services.merge_units(by=form.by, units=form.merged(), into=into, on=given["on"], basis=form.basis)


def _will_merge(form: Form, successor: Unit) -> str:
    values = {
        "day": form.day,
        "names": ", ".join(f"“{one.name}”" for one in form.merged()),
        "new": successor.name,
    }
    return (
        _("From %(day)s %(names)s end and are merged into “%(new)s”; what stands below them stands below it.")
        % values
    )


def _split(form: Form) -> Any:
    version, below = form.version, reads.children(by=form.by, unit=form.unit, on=form.cleaned_data["on"])
    kept = form.cleaned_data["survives"]
    portions = [
        services.Portion(
            services.Facts(
                name, form.unit.level, version.type if version else "", "", version.pillar if version else ""
            ),
            share=share,
            is_default=not place,
            takes=() if place or kept else tuple(node.unit for node in below),
        )
        for place, (name, share) in enumerate(form.portions())
    ]
    return services.split_unit(
        by=form.by,
        unit=form.unit,
        into=portions,
        on=form.cleaned_data["on"],
        survives=kept,
        basis=form.basis,
    )


def _will_split(form: Form, made: list[Unit]) -> str:
    values = {
        "day": form.day,
        "name": form.unit.name,
        "new": ", ".join(f"“{one.name}”" for one in made),
        "first": made[0].name,
    }
    if form.cleaned_data["survives"]:
        return _("From %(day)s “%(name)s” gives parts of itself to %(new)s and lives on.") % values
    return (
        _("From %(day)s “%(name)s” ends and is divided into %(new)s; all below it goes to “%(first)s”.")
        % values
    )


def _close(form: Form) -> Any:
    return services.close_unit(
        by=form.by, unit=form.unit, closed_on=form.cleaned_data["on"], basis=form.basis
    )


def _will_close(form: Form, _unit: Any) -> str:
    values = {"day": form.day, "name": form.unit.name}
    return _("From %(day)s “%(name)s” exists no more and nobody takes over from it.") % values


FOUND = Act(gettext_lazy("Found a unit"), gettext_lazy("Found it"), forms.FoundForm, _found, _will_found)
ACTS = {
    "doi-ten": Act(
        gettext_lazy("Rename"), gettext_lazy("Rename it"), forms.RenameForm, _rename, _will_rename
    ),
    "chuyen": Act(gettext_lazy("Move"), gettext_lazy("Move it"), forms.MoveForm, _move, _will_move),
    "nhap": Act(gettext_lazy("Merge"), gettext_lazy("Merge them"), forms.MergeForm, _merge, _will_merge),
    "tach": Act(gettext_lazy("Divide"), gettext_lazy("Divide it"), forms.SplitForm, _split, _will_split),
    "ket-thuc": Act(gettext_lazy("End"), gettext_lazy("End it"), forms.CloseForm, _close, _will_close),
}
