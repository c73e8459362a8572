"""The data kept on a person: seen, handed over as a copy, asked about with the days of the law, erased."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.models import PersonRequest
from nhipcau.records.foundation.personal import services
from nhipcau.records.foundation.personal.clocks import DONE
from nhipcau.records.foundation.personal.named import Named
from nhipcau.records.foundation.personal.sheet import Asked, copy, person_account, request_of, sheet
from nhipcau.records.foundation.references import public_id_of
from nhipcau.records.foundation.rules import rule
from nhipcau.web.acting import DeskRequest, signed_in


@require_GET
@never_cache
@signed_in
def person_data(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """The sheet of one person: one's own, or anybody's for who manages accounts."""
    found = sheet(by=request.acting, public_id=public_id)
    law = rule(DONE, on=request.acting.on)
    context = {
        "sheet": found,
        "account": found.account,
        "asked": [_asked(request, one) for one in found.asked],
        "asks": PersonRequest.Ask.choices,
        "named": [_named(one) for one in found.named],
        "article": law.law if law else "",
        "may": Permission.ACCOUNT_MANAGE in request.acting.permissions,
        "years": found.retention.get("events", 0) // 12,
        "months": found.retention.get("access_log", 0),
    }
    return render(request, "people/data.html", context)


@require_GET
@never_cache
@signed_in
def person_copy(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """The same as a file."""
    told = copy(by=request.acting, public_id=public_id)
    answer = HttpResponse(json.dumps(told, ensure_ascii=False, indent=2), content_type="application/json")
    name = f"du-lieu-ca-nhan-{request.acting.on:%Y-%m-%d}.json"
    answer.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    return answer


@require_POST
@signed_in
def person_data_act(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Enter a request, move it on, or erase."""
    account = person_account(by=request.acting, public_id=public_id)
    act, why = request.POST.get("act", ""), request.POST.get("why", "")
    try:
        if act == "erase":
            article = request.POST.get("article", "")
            services.erase(by=request.acting, account=account, article=article, why=why)
            messages.success(request, _("Erased. It cannot be brought back."), extra_tags="good")
        elif act in ("answered", "extended", "done"):
            asked = request_of(by=request.acting, account=account, public_id=request.POST.get("request", ""))
            services.move_request(by=request.acting, request=asked, step=act, why=why)
        else:
            ask = request.POST.get("ask", "")
            services.enter_request(by=request.acting, account=account, ask=ask, note=why)
            messages.success(
                request, _("Entered; the days by which to answer stand here."), extra_tags="good"
            )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages), extra_tags="bad")
    return redirect("person-data", account.public_id)


def _named(one: Named) -> dict[str, Any]:
    """Records of one kind in which the name stands, with their addresses."""
    rows = [(str(row), reverse(one.kind.url_name, args=[public_id_of(row)])) for row in one.records]
    return {"count": one.count, "rows": rows, "hidden": one.count - len(rows)}


def _asked(request: DeskRequest, one: Asked) -> dict[str, Any]:
    """A request as its row shows it."""
    on = request.acting.on
    shown = [
        {
            "words": _("first answer") if number == 0 else _("done"),
            "due": clock.due,
            "law": clock.rule.law,
            "met": clock.met_on,
            "css": "done"
            if clock.met_on and not clock.is_late(on)
            else "late"
            if clock.is_late(on)
            else "soon",
        }
        for number, clock in enumerate(one.clocks)
    ]
    return {"request": one.request, "clocks": shown}
