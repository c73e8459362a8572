"""Letting another unit read along in a record of the office, and ending it, whatever kind the record is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from nhipcau.records.foundation import services
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.models import Owned
from nhipcau.records.foundation.policies import UNIT_ROLES, NotFound
from nhipcau.records.foundation.references import Kind, kind_named, kinds, lending
from nhipcau.web.acting import DeskRequest, signed_in
from nhipcau.web.kit.forms import add_errors, day_field
from nhipcau.web.pages.unit_picker import UnitField


class ShareForm(forms.Form):
    """Who reads along, until when, and why."""

    unit = UnitField(label=gettext_lazy("Unit"))
    valid_to = day_field(gettext_lazy("Until before (may stay empty)"), required=False)
    why = forms.CharField(label=gettext_lazy("Why"), max_length=500)

    def __init__(self, *given: Any, request: DeskRequest, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["unit"].by = request.acting  # type: ignore[attr-defined]


@require_POST
@signed_in
def share(request: DeskRequest, public_id: UUID, kind: str) -> HttpResponse:
    """Let a unit in."""
    shown, record = _record(request, public_id, kind)
    form = ShareForm(request.POST, request=request)
    if form.is_valid():
        try:
            services.share_record(by=request.acting, record=record, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("This unit reads along from now on."), extra_tags="good")
            return redirect(shown.url_name, public_id)
    # A page of its own, on which what was typed stands beside what is wrong.
    context = {"form": form, "record": record, "kind": shown, "back": shown.url_name}
    return render(request, "kit/share.html", context, status=422)


@require_POST
@signed_in
def end(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Let a unit out again, at once."""
    shared = UNIT_ROLES.fetch(request.acting, public_id)
    try:
        services.end_sharing(by=request.acting, shared=shared, why=request.POST.get("why", "").strip())
        messages.success(request, _("This unit reads along no more."), extra_tags="good")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages), extra_tags="bad")
    return redirect(kind_named(shared.record.kind).url_name, shared.record.record)


def _record(request: DeskRequest, public_id: UUID, code: str) -> tuple[Kind, Owned]:
    """A record within scope that the actor may share; ``NotFound`` also where there is no such kind."""
    kind = next((one for one in kinds() if one.code == code), None)
    if kind is None:
        raise NotFound
    policy = lending(kind)
    record: Owned = policy.fetch(request.acting, public_id)
    policy.require(request.acting, Permission.RECORD_SHARE, record)
    return kind, record
