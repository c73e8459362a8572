"""Acts on units, in two steps: fill in and look at what will happen, then write it.

The first step carries the act out and takes it back, so that every refusal is told before anything is asked
to be confirmed, and the sentence is that of the very act.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.models import Unit
from nhipcau.records.foundation.policies import UNITS
from nhipcau.records.organisations.policies import require_reach
from nhipcau.web.acting import DeskRequest, signed_in
from nhipcau.web.kit.forms import add_errors
from nhipcau.web.pages import unit_codes, unit_duties, unit_handing, unit_offices, unit_shaping, unit_undoing
from nhipcau.web.pages.unit_act import Act, Form

LONGEST = 200
ACTS: dict[str, Act] = {
    **unit_shaping.ACTS,
    **unit_handing.ACTS,
    **unit_codes.ACTS,
    **unit_duties.ACTS,
    **unit_offices.ACTS,
    **unit_undoing.ACTS,
}


@require_http_methods(["GET", "POST"])
@never_cache
@signed_in
def found(request: DeskRequest) -> HttpResponse:
    """A new unit."""
    UNITS.require(request.acting, Permission.UNIT_MANAGE)
    parent = request.GET.get("cha", "")
    initial = {"parent": UNITS.fetch(request.acting, parent)} if parent else {}
    return _step(request, unit_shaping.FOUND, None, initial)


@require_http_methods(["GET", "POST"])
@never_cache
@signed_in
def act(request: DeskRequest, public_id: UUID, slug: str) -> HttpResponse:
    """One of the acts on a unit; ``?muc=`` names what of it the form begins with."""
    row = UNITS.fetch(request.acting, public_id)
    require_reach(request.acting, row)
    if slug not in ACTS:
        raise Http404
    wanted = request.GET.get("muc", "")[:LONGEST]
    return _step(request, ACTS[slug], row, {"item": wanted} if wanted else {})


def _step(request: DeskRequest, act: Act, row: Unit | None, initial: dict[str, Any]) -> HttpResponse:
    sent = request.method == "POST"
    form = act.form(request.POST if sent else None, by=request.acting, unit=row, initial=initial)
    step = request.POST.get("step", "")
    if sent and step != "back" and form.is_valid():
        try:
            if step == "write":
                return _written(request, act, form, row)
            return _will(request, act, form, row)
        except ValidationError as error:
            add_errors(form, error)
    status = 422 if sent and step != "back" else 200
    context = {"act": act, "form": form, "unit": row, "before": act.before(form)}
    return render(request, "units/act.html", context, status=status)


def _will(request: DeskRequest, act: Act, form: Form, row: Unit | None) -> HttpResponse:
    """Carry it out, tell what happened, take it back."""
    with transaction.atomic():
        sentence = act.sentence(form, act.do(form))
        transaction.set_rollback(True)
    kept = [
        (name, value) for name, value in request.POST.items() if name not in {"csrfmiddlewaretoken", "step"}
    ]
    context = {"act": act, "form": form, "unit": row, "sentence": sentence, "kept": kept}
    return render(request, "units/confirm.html", context)


def _written(request: DeskRequest, act: Act, form: Form, row: Unit | None) -> HttpResponse:
    done = act.do(form)
    said = act.done or _("Done. It can be undone as long as nothing is built on it.")
    messages.success(request, str(said), extra_tags="good")
    shown = row or done
    return redirect("unit", shown.public_id)
