"""Reads of the documents desk: a document's page, papers waiting, what is open, counts for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from nhipcau.records.documents import recognition
from nhipcau.records.documents.cards import Card, from_plain
from nhipcau.records.documents.levels import is_unplaced
from nhipcau.records.documents.models import Document, MarkedStub, Mention, Merge, Paper, Part, Relation
from nhipcau.records.documents.policies import (
    DOCUMENTS,
    MENTIONS,
    MERGES,
    PAPERS,
    RELATIONS_POLICY,
    STUBS,
)
from nhipcau.records.documents.recognition import Likeness
from nhipcau.records.foundation.actors import Actor


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that another cites, with the places where it does."""

    document: Document
    mentions: list[Mention]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One document with everything around it.

    ``open_mentions`` are those of its papers that mean nothing yet. Each part knows its file's ``pages``.
    """

    document: Document
    parts: list[Part]
    cites: list[Cited]
    cited_by: list[Cited]
    open_mentions: list[Mention]
    sources: list[Relation]
    derivations: list[Relation]
    merges: list[Merge]


@dataclass(frozen=True, slots=True)
class PartPage:
    """One document of a paper as it waits to be confirmed: its reading, card, mentions and likely doubles."""

    part: Part
    reading: dict[str, Any]
    card: Card
    mentions: list[Mention]
    twins: list[Likeness]
    is_unplaced: bool


def document(*, by: Actor, public_id: UUID | str) -> Document:
    """A document by its address; ``NotFound`` outside scope."""
    return DOCUMENTS.fetch(by, public_id)


def document_page(*, by: Actor, public_id: UUID | str) -> DocumentPage:
    """A document with its papers, what it cites, what cites it, and its edges."""
    row = DOCUMENTS.fetch(by, public_id)
    # A reading holds the whole text of a paper; of all of it, this page needs the number of pages.
    around = MENTIONS.scope(by).select_related("part__paper").defer("part__paper__reading")
    mine = around.filter(part__document=row).select_related("document")
    of_me = around.filter(document=row, part__document__isnull=False)
    # Who may read the card of another office's document has not been sent its file.
    papers = PAPERS.kept(by)
    parts = row.parts.filter(paper__in=papers).select_related("paper__attachment").defer("paper__reading")
    return DocumentPage(
        document=row,
        parts=list(parts.annotate(pages=F("paper__reading__source__pages"))),
        cites=_grouped((mention.document, mention) for mention in mine if mention.document is not None),
        cited_by=_grouped(
            (mention.part.document, mention) for mention in of_me.select_related("part__document")
        ),
        open_mentions=[mention for mention in mine if mention.document is None],
        sources=list(edges(by=by).filter(derived=row)),
        derivations=list(edges(by=by).filter(source=row)),
        merges=list(MERGES.scope(by).filter(kept=row, undone_at__isnull=True).select_related("folded")),
    )


def edges(*, by: Actor) -> QuerySet[Relation]:
    """The edges within scope that were not rejected, between documents that live."""
    rows = RELATIONS_POLICY.scope(by).exclude(state=Relation.State.REJECTED)
    rows = rows.exclude(derived__state=Document.State.VOID).exclude(source__state=Document.State.VOID)
    # A reading holds the whole text of a paper; a list of edges needs none of them.
    rows = rows.select_related("derived", "source", "part__paper").defer("part__paper__reading")
    return rows.order_by("id")


def paper(*, by: Actor, public_id: UUID | str) -> Paper:
    """A paper by its address, with its file; ``NotFound`` outside scope."""
    return PAPERS.fetch(by, public_id, rows=Paper.objects.select_related("attachment__office__unit"))


def papers(*, by: Actor, state: str = "") -> QuerySet[Paper]:
    """The office's papers, newest first, without their readings; of one state where it is named."""
    rows = PAPERS.scope(by).defer("reading").select_related("attachment").order_by("-id")
    return rows.filter(state=state) if state else rows


def part_page(*, by: Actor, paper: Paper, index: int) -> PartPage | None:
    """One document of a paper for the reading page; ``None`` where the paper holds no such document yet."""
    part = paper.parts.select_related("document").filter(index=index).first()
    if part is None or not paper.reading or not PAPERS.allows(by, PAPERS.view, paper):
        return None
    card = from_plain(part.card)
    mentions = part.mentions.select_related("document", "refers_to").prefetch_related("candidates__document")
    waiting = part.state == Part.State.PROPOSED
    return PartPage(
        part=part,
        reading=paper.reading["documents"][index],
        card=card,
        mentions=list(mentions),
        twins=recognition.twins(paper.office, card) if waiting else [],
        is_unplaced=is_unplaced(card.issuer_name),
    )


def open_mentions(*, by: Actor) -> QuerySet[Mention]:
    """The list where mentions wait that mean nothing known, or several things; of confirmed papers only."""
    rows = MENTIONS.scope(by).exclude(state=Mention.State.LINKED)
    rows = rows.filter(part__state=Part.State.CONFIRMED, refers_to__isnull=True)
    return rows.select_related("part__document").prefetch_related("candidates__document").order_by("-id")


def stubs(*, by: Actor) -> QuerySet[MarkedStub]:
    """The stubs of marked papers, newest first."""
    return STUBS.scope(by).order_by("-id")


def counts(*, by: Actor, on: date) -> dict[str, int]:
    """For the desk.

    Papers by state, documents of read papers that wait, documents by state, edges and mentions that wait,
    registered on the day.
    """
    found = dict(PAPERS.scope(by).values_list("state").annotate(n=Count("pk")))
    # Of what is joined the office is asked, too: in long tables whole offices would be read along.
    ends = {"derived__office": by.office, "source__office": by.office}
    documents = dict(DOCUMENTS.kept(by).values_list("state").annotate(n=Count("pk")))
    by_name = {f"papers_{state}": found.get(state, 0) for state in Paper.State.values}
    by_name |= {f"documents_{state}": documents.get(state, 0) for state in Document.State.values}
    return by_name | {
        "parts_waiting": Part.objects.filter(
            paper__in=PAPERS.scope(by).filter(state=Paper.State.READ), state=Part.State.PROPOSED
        ).count(),
        "edges_proposed": edges(by=by).filter(state=Relation.State.PROPOSED, **ends).count(),
        "mentions_waiting": open_mentions(by=by).filter(part__office=by.office).count(),
        "registered_today": DOCUMENTS.kept(by)
        .filter(Q(parts__confirmed_at__date=on, parts__office=by.office), state=Document.State.REGISTERED)
        .distinct()
        .count(),
    }


def _grouped(pairs: Any) -> list[Cited]:
    groups: dict[int, Cited] = {}
    for cited, mention in pairs:
        if cited.state != Document.State.VOID:
            groups.setdefault(cited.pk, Cited(cited, [])).mentions.append(mention)
    return list(groups.values())
