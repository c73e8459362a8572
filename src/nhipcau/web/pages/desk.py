"""The desk: what waits for a person comes first, then what came in lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from nhipcau.records.documents import selectors
from nhipcau.records.documents.models import Document, Paper
from nhipcau.records.documents.policies import DOCUMENTS
from nhipcau.records.foundation.access import Permission
from nhipcau.web.acting import DeskRequest, signed_in
from nhipcau.web.pages.waiting import Waiting, mention_row, rows_of, waiting_papers

SHOWN = 12


@dataclass(frozen=True, slots=True)
class DeskView:
    """Everything that ``desk/desk.html`` shows."""

    counts: dict[str, int]
    waiting: list[Waiting]
    failed: list[Paper]
    recent: list[Document]
    mentions: list[dict[str, Any]]


@require_GET
@signed_in
def desk(request: DeskRequest) -> HttpResponse:
    """The first page after signing in."""
    by = request.acting
    view = DeskView(
        counts=selectors.counts(by=by, on=timezone.localdate()),
        waiting=rows_of(waiting_papers(by=by)[:SHOWN]),
        failed=list(selectors.papers(by=by, state=Paper.State.FAILED)[:SHOWN]),
        recent=_recent(request),
        mentions=[mention_row(row) for row in selectors.open_mentions(by=by)[:SHOWN]],
    )
    may = Permission.PAPER_RECEIVE in by.permissions
    context = {
        "view": view,
        "sentence": _sentence(view.counts),
        "more_waiting": view.counts["papers_read"] + view.counts["papers_waiting"] > SHOWN,
        "closed": by.closed,
        "office": by.office,
        "way": "desk",
        "may_receive": may,
    }
    return render(request, "desk/desk.html", context)


def _recent(request: DeskRequest) -> list[Document]:
    rows = DOCUMENTS.kept(request.acting).filter(state=Document.State.REGISTERED)
    return list(rows.order_by("-register_year", "-register_number")[:SHOWN])


def _sentence(counts: dict[str, int]) -> str:
    waiting, unread = counts["parts_waiting"], counts["papers_waiting"]
    failed, today = counts["papers_failed"], counts["registered_today"]
    parts = [
        ngettext("%d document waits to be confirmed.", "%d documents wait to be confirmed.", waiting)
        % waiting
        if waiting
        else _("No paper waits to be confirmed.")
    ]
    if unread:
        parts.append(ngettext("%d is being read.", "%d are being read.", unread) % unread)
    if failed:
        parts.append(ngettext("%d could not be read.", "%d could not be read.", failed) % failed)
    if today:
        parts.append(ngettext("%d registered today.", "%d registered today.", today) % today)
    return " ".join(parts)
