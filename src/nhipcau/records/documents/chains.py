"""Edges by the reader's rules of chains, over the papers of the office that stand around a document.

The rules are the same as those of ``nhipcau chain``; here their ends are found among the office's documents.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from django.db.models import Q

from nhipcau.reading.chain import ChainPaper, Edge, End, propose_edges
from nhipcau.reading.findings import Citation, Found, Header
from nhipcau.reading.findings import Document as Read
from nhipcau.reading.text import fold
from nhipcau.records.documents import recognition
from nhipcau.records.documents.models import Candidate, Document, Mention, Part
from nhipcau.records.documents.numbers import number_key

# Papers looked at around one document: enough for a cascade as people read it, bounded for what all cite.
MOST_PAPERS = 25
# Fields of a header that a person may have corrected, by the names they bear on a document.
_CORRECTED = {
    "issuer": "issuer_name",
    "parent_issuer": "parent_issuer_name",
    "author": "author_name",
    "number": "number",
    "type": "type_name",
    "date": "date",
    "subject": "subject",
}


@dataclass(frozen=True, slots=True)
class Proposed:
    """An edge between two documents of the office, and the part in whose text its span stands."""

    derived: Document
    source: Document
    edge: Edge
    told_in: Part


def proposals(document: Document) -> list[Proposed]:
    """Every edge that the papers around a document print or show, between documents that the office has."""
    parts = {str(part.pk): part for part in _around(document)}
    found = []
    for edge in propose_edges([_as_paper(part) for part in parts.values()]):
        told_in = parts[edge.told_in]
        derived = _document(edge.derived, parts, told_in, edge)
        source = _document(edge.source, parts, told_in, edge)
        if derived is not None and source is not None and derived.pk != source.pk:
            found.append(Proposed(derived, source, edge, told_in))
    return found


def _around(document: Document) -> list[Part]:
    """The confirmed parts of a document, of those it cites, that cite it, or that cite or bear the same."""
    confirmed = Part.objects.filter(office=document.office, state=Part.State.CONFIRMED)
    confirmed = confirmed.select_related("document", "paper").exclude(document__state=Document.State.VOID)
    named = {document.pk, *_named_by(document)}
    near = (
        Q(document__in=named) | Q(mentions__document__in=named) | Q(mentions__candidates__document__in=named)
    )
    if document.subject:
        near |= Q(document__folded__contains=fold(document.subject))
    own = list(confirmed.filter(document=document))
    others = confirmed.filter(near).exclude(document=document).distinct().order_by("-id")[:MOST_PAPERS]
    return own + list(others)


def _named_by(document: Document) -> set[int]:
    """What the papers of a document name, and what the mentions that wait most likely mean."""
    mine = Mention.objects.filter(part__document=document)
    linked = mine.filter(document__isnull=False).values_list("document_id", flat=True)
    waiting = Candidate.objects.filter(mention__in=mine, rank=1, state=Candidate.State.PROPOSED)
    named = {*linked.distinct()[:MOST_PAPERS], *waiting.values_list("document_id", flat=True)[:MOST_PAPERS]}
    return {pk for pk in named if pk is not None}


def _as_paper(part: Part) -> ChainPaper:
    """A part as the rules take it: the card as it was confirmed, everything else as it was read."""
    reading = part.paper.reading or {}
    read = reading["documents"][part.index]
    header = _header(read["header"], part)
    span = (part.span_start, part.span_end)
    citations = tuple(_citation(item) for item in read["citations"])
    return ChainPaper(str(part.pk), 1, reading["text"], Read(read["kind"], span, header, citations=citations))


def _header(plain: dict[str, Any], part: Part) -> Header:
    known = {field.name for field in fields(Header)} - {"recipients", "urgency"}
    values: dict[str, Any] = {name: _found(plain.get(name)) for name in known}
    header = Header(**values)
    if part.document is None:
        return header
    changed: dict[str, Any] = {name: _confirmed(header, name, part) for name in _CORRECTED}
    return replace(header, **changed)


def _confirmed(header: Header, name: str, part: Part) -> Found | None:
    """The field as a person confirmed it, in the place where it was read, else at the head of the part."""
    value = getattr(part.document, _CORRECTED[name])
    read: Found | None = getattr(header, name)
    if not value:
        return None
    return Found(str(value), read.span if read else (part.span_start, part.span_start))


def _found(plain: dict[str, Any] | None) -> Found | None:
    return Found(plain["value"], _span(plain["span"])) if plain else None


def _citation(plain: dict[str, Any]) -> Citation:
    return Citation(**{**plain, "span": _span(plain["span"])})


def _span(plain: list[int]) -> tuple[int, int]:
    return (plain[0], plain[1])


def _document(end: End, parts: dict[str, Part], told_in: Part, edge: Edge) -> Document | None:
    """The document at one end: the paper itself, else what the words mean, else the one of its identity."""
    if end.file is not None:
        return parts[end.file].document
    return _meant(end, told_in, edge) or _of_identity(end, told_in)


def _meant(end: End, told_in: Part, edge: Edge) -> Document | None:
    start, stop = edge.span
    key = number_key(end.number or "")
    near = told_in.mentions.filter(span_start__lt=stop, span_end__gt=start).select_related("document")
    meant = {mention.document or recognition.likely(mention) for mention in _numbered(near, key)}
    return meant.pop() if len(meant) == 1 else None


def _numbered(mentions: Iterable[Mention], key: str) -> list[Mention]:
    return [mention for mention in mentions if mention.number_key and key.startswith(mention.number_key)]


def _of_identity(end: End, told_in: Part) -> Document | None:
    """The only document with this number, type and day: another day is another document."""
    if not (end.number and end.date):
        return None
    rows = recognition.living(told_in.office).filter(number_key=number_key(end.number), date=end.date)
    if end.type:
        rows = rows.filter(Q(type_name__iexact=end.type) | Q(type_name=""))
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None
