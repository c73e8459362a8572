"""The desk: what waits for a person comes first, then what came in lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from nhipcau.records.documents import selectors
from nhipcau.records.documents.models import Document, Mention, Paper, Part
from nhipcau.records.documents.policies import DOCUMENTS
from nhipcau.records.foundation.access import Permission
from nhipcau.web.acting import DeskRequest, signed_in
from nhipcau.web.pages.marked import day_words

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document of a paper that waits for a person."""

    title: str
    subject: str
    issuer: str
    day: str
    received: date
    url: str
    css: str
    words: str


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
        waiting=_waiting(request),
        failed=list(selectors.papers(by=by, state=Paper.State.FAILED)[:SHOWN]),
        recent=_recent(request),
        mentions=[_mention(row) for row in selectors.open_mentions(by=by)[:SHOWN]],
    )
    may = Permission.PAPER_RECEIVE in by.permissions
    context = {"view": view, "sentence": _sentence(view.counts), "way": "desk", "may_receive": may}
    return render(request, "desk/desk.html", context)


def _waiting(request: DeskRequest) -> list[Waiting]:
    papers = selectors.papers(by=request.acting).filter(state__in=[Paper.State.WAITING, Paper.State.READ])
    rows = []
    for paper in papers.prefetch_related("parts")[:SHOWN]:
        parts = [part for part in paper.parts.all() if part.state == Part.State.PROPOSED]
        rows += [_row(paper, part) for part in parts] or [_unread(paper)]
    return rows


def _row(paper: Paper, part: Part) -> Waiting:
    card = part.card
    name = " ".join(filter(None, (card.get("type_name"), card.get("number"))))
    doubt = part.warnings > 0
    return Waiting(
        title=name or card.get("subject", "")[:90] or paper.name,
        subject=card.get("subject", ""),
        issuer=card.get("issuer_name") or card.get("author_name", ""),
        day=day_words(card.get("date")),
        received=paper.received_on,
        url=reverse("documents:part", args=[paper.public_id, part.index]),
        css="soon" if doubt else "waiting",
        words=_("a warning to look at") if doubt else part.get_state_display(),
    )


def _unread(paper: Paper) -> Waiting:
    url = reverse("documents:reading", args=[paper.public_id])
    return Waiting(paper.name, "", "", "", paper.received_on, url, "begun", paper.get_state_display())


def _recent(request: DeskRequest) -> list[Document]:
    rows = DOCUMENTS.scope(request.acting).filter(state=Document.State.REGISTERED)
    return list(rows.order_by("-register_year", "-register_number")[:SHOWN])


def _mention(row: Mention) -> dict[str, Any]:
    return {
        "place": row.index + 1,
        "surface": row.surface,
        "where": str(row.part.document or ""),
        "url": reverse("documents:mention", args=[row.public_id]),
    }


def _sentence(counts: dict[str, int]) -> str:
    read, failed, today = counts["papers_read"], counts["papers_failed"], counts["registered_today"]
    parts = [
        ngettext("%d paper waits to be confirmed.", "%d papers wait to be confirmed.", read) % read
        if read
        else _("No paper waits to be confirmed.")
    ]
    if failed:
        parts.append(ngettext("%d could not be read.", "%d could not be read.", failed) % failed)
    if today:
        parts.append(ngettext("%d registered today.", "%d registered today.", today) % today)
    return " ".join(parts)
