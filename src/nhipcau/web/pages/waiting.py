"""What waits for a person, whole: papers to confirm, papers that could not be read, citations to place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nhipcau.records.documents import selectors
from nhipcau.records.documents.models import Mention, Paper, Part
from nhipcau.records.foundation.actors import Actor
from nhipcau.web.acting import DeskRequest, signed_in
from nhipcau.web.pages.marked import day_words
from nhipcau.web.turning import turned


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


@require_GET
@signed_in
def waiting(request: DeskRequest) -> HttpResponse:
    """Every paper that is being read or waits to be confirmed."""
    shown = turned(request, waiting_papers(by=request.acting))
    context = {"turned": shown, "rows": rows_of(shown.rows), "way": "desk"}
    return render(request, "desk/waiting.html", context)


@require_GET
@signed_in
def failed(request: DeskRequest) -> HttpResponse:
    """Every paper that could not be read, with its reason."""
    shown = turned(request, selectors.papers(by=request.acting, state=Paper.State.FAILED))
    return render(request, "desk/failed.html", {"turned": shown, "rows": shown.rows, "way": "desk"})


@require_GET
@signed_in
def unplaced(request: DeskRequest) -> HttpResponse:
    """Every citation that means nothing certain yet."""
    shown = turned(request, selectors.open_mentions(by=request.acting))
    context = {"turned": shown, "rows": [mention_row(row) for row in shown.rows], "way": "desk"}
    return render(request, "desk/unplaced.html", context)


def waiting_papers(*, by: Actor) -> QuerySet[Paper]:
    """The office's papers that are being read or wait to be confirmed, with their parts."""
    rows = selectors.papers(by=by).filter(state__in=[Paper.State.WAITING, Paper.State.READ])
    return rows.prefetch_related("parts")


def rows_of(papers: Iterable[Paper]) -> list[Waiting]:
    """One row for each document that waits; a paper that is not read yet is one row."""
    rows = []
    for paper in papers:
        parts = [part for part in paper.parts.all() if part.state == Part.State.PROPOSED]
        rows += [_row(paper, part) for part in parts] or [_unread(paper)]
    return rows


def mention_row(row: Mention) -> dict[str, Any]:
    """A citation that waits: its place in its paper, its words, the document that holds it."""
    return {
        "place": row.index + 1,
        "surface": row.surface,
        "where": str(row.part.document or ""),
        "url": reverse("documents:mention", args=[row.public_id]),
    }


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
