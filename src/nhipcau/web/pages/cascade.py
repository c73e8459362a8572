"""The cascade of a document: a sentence, a drawing, its table, and edges to confirm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, FilteredRelation, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nhipcau.records.documents import cascade as cascades_of
from nhipcau.records.documents import selectors, services
from nhipcau.records.documents.levels import is_unplaced
from nhipcau.records.documents.models import RELATIONS, Document, Mention, Relation
from nhipcau.records.documents.policies import DOCUMENTS, RELATIONS_POLICY
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.models import Unit
from nhipcau.records.foundation.policies import NotFound
from nhipcau.web.acting import DeskRequest, signed_in
from nhipcau.web.drawings.cascade import Drawing, Edge, Node, draw
from nhipcau.web.drawings.levels import Derived, bars

PRESS = "press"
SUCCEEDS = "succeeds"
DRAWN = 60
#: Documents in the list of all cascades.
LISTED = 100
#: Places of mentions in the lists of their papers, by part and beginning.
Labels = dict[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Row:
    """One edge of the cascade in the table."""

    title: str
    issuer: str
    url: str
    level: str
    day: date | None
    days: int | None
    relation: str
    source: str
    reason: str
    place_url: str
    css: str
    words: str
    decide_url: str
    others: list[UUID]


@dataclass(frozen=True, slots=True)
class Step:
    """A predecessor, and the years to the next one."""

    title: str
    url: str
    day: date | None
    lapse: str


@require_GET
@signed_in
def cascade(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Everything that derives from one document."""
    document = selectors.document(by=request.acting, public_id=public_id)
    found = cascades_of.cascade(by=request.acting, document=document)
    below = [node for node in found.nodes if node.steps >= 0]
    edges = [
        edge for edge in found.edges if edge.relation.relation != SUCCEEDS and edge.derived.pk != document.pk
    ]
    may = Permission.RELATION_DECIDE in request.acting.permissions
    rows = _rows(edges, may=may)
    context = {
        "document": document,
        "sentence": _sentence(below, edges),
        "scope": request.acting.unit,
        "predecessors": _predecessors(document, found),
        "sources": [
            edge
            for edge in found.edges
            if edge.derived.pk == document.pk and edge.relation.relation != SUCCEEDS
        ],
        "drawing": _drawing(document, below, edges) if edges else None,
        "rows": rows,
        "bars": bars(_derived(rows)),
        "waiting": sum(edge.relation.state == Relation.State.PROPOSED for edge in found.edges) if may else 0,
        "questions": [node.document for node in below if is_unplaced(node.document.issuer_name)],
        "is_cut": found.is_cut or len(below) > DRAWN,
        "way": "cascades",
    }
    return render(request, "documents/cascade.html", context)


@require_GET
@signed_in
def cascades(request: DeskRequest) -> HttpResponse:
    """The documents from which others derive, those with most first."""
    living = Q(edges__derived__isnull=False) & ~Q(edges__state=Relation.State.REJECTED)
    # The edges of the own office alone: in a long table those of all others would be read along.
    own = FilteredRelation("derivations", condition=Q(derivations__office=request.acting.office))
    rows = (
        DOCUMENTS.kept(request.acting)
        .exclude(state=Document.State.VOID)
        .annotate(
            edges=own,
            derived=Count("edges__derived", filter=living, distinct=True),
            proposed=Count("edges", filter=Q(edges__state=Relation.State.PROPOSED), distinct=True),
        )
        .filter(derived__gt=0)
        .order_by("-derived", "-placed_on", "-id")[: LISTED + 1]
    )
    found = list(rows)
    context = {"rows": found[:LISTED], "listed": LISTED, "is_cut": len(found) > LISTED, "way": "cascades"}
    return render(request, "cascades/list.html", context)


@require_POST
@signed_in
def decide(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Confirm or reject what two documents have to do with each other: one edge, and its like."""
    accept = request.POST.get("decision") == "confirm"
    named = [str(public_id), *request.POST.getlist("other")]
    relations = [RELATIONS_POLICY.fetch(request.acting, each) for each in named]
    services.decide_relation(by=request.acting, relation=relations[0], accept=accept, like=relations[1:])
    words = _("Confirmed.") if accept else _("Rejected; it can be taken up again by hand.")
    messages.success(request, words, extra_tags="good")
    return redirect("documents:cascade", _root(request, relations[0]))


def _root(request: DeskRequest, relation: Relation) -> UUID:
    """The cascade from which somebody decided; that of the superior document where the form names none."""
    try:
        return selectors.document(by=request.acting, public_id=request.POST.get("root", "")).public_id
    except NotFound:
        return relation.source.public_id


@require_POST
@signed_in
def decide_all(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Confirm in one step every edge of the cascade that waits, as the button counts them."""
    document = selectors.document(by=request.acting, public_id=public_id)
    found = cascades_of.cascade(by=request.acting, document=document)
    waiting = [edge.relation for edge in found.edges if edge.relation.state == Relation.State.PROPOSED]
    count = services.decide_all(by=request.acting, document=document, accept=True, relations=waiting)
    words = ngettext("%d relation confirmed.", "%d relations confirmed.", count) % count
    messages.success(request, words, extra_tags="good")
    return redirect("documents:cascade", document.public_id)


def level_words() -> dict[str, str]:
    """The levels from the top down, the press last, in words."""
    words = {str(value): str(label) for value, label in Unit.Level.choices}
    return {
        **{code: label[:1].upper() + label[1:] for code, label in words.items()},
        "": _("Level not told"),
        PRESS: _("Press"),
    }


def _level(document: Document) -> str:
    return PRESS if document.kind == Document.Kind.NEWS else document.level


def _drawing(root: Document, nodes: list[cascades_of.Node], edges: list[cascades_of.Edge]) -> Drawing:
    drawn = [
        Node(
            key=str(node.document.pk),
            title=str(node.document),
            issuer=node.document.issuer_name or node.document.author_name,
            day=node.document.date,
            level=_level(node.document),
            url=reverse("documents:detail", args=[node.document.public_id]),
            known_only=node.document.state == Document.State.KNOWN,
        )
        for node in nodes[:DRAWN]
    ]
    lines = [
        Edge(
            derived=str(edge.derived.pk),
            source=str(edge.source.pk),
            relation=edge.relation.relation,
            inferred=edge.relation.strength == Relation.Strength.INFERRED,
            confirmed=edge.relation.state == Relation.State.CONFIRMED,
        )
        for edge in edges
    ]
    return draw(str(root.pk), drawn, lines, level_words())


def _rows(edges: list[cascades_of.Edge], *, may: bool) -> list[Row]:
    """One row for each pair of documents, however many words tell it; what waits for a person first."""
    pairs: dict[tuple[int, int], list[cascades_of.Edge]] = {}
    for edge in sorted(edges, key=_order):
        pairs.setdefault((edge.derived.pk, edge.source.pk), []).append(edge)
    labels = _labels(edge.relation for edge in edges)
    return [_row(pair, labels, may=may) for pair in pairs.values()]


def _derived(rows: list[Row]) -> list[Derived]:
    """The rows for the bars of the levels, from the top level down."""
    order = {words: place for place, words in enumerate(level_words().values())}
    found = [Derived(row.url, row.level, row.css == "soon", row.days) for row in rows]
    return sorted(found, key=lambda one: order.get(one.level, len(order)))


def _row(pair: list[cascades_of.Edge], labels: Labels, *, may: bool) -> Row:
    first = pair[0]
    relation, derived = first.relation, first.derived
    waiting = [edge.relation.public_id for edge in pair if edge.relation.state == Relation.State.PROPOSED]
    names = dict.fromkeys(str(RELATIONS.get(edge.relation.relation, edge.relation.relation)) for edge in pair)
    return Row(
        title=str(derived),
        issuer=derived.issuer_name or derived.author_name,
        url=reverse("documents:detail", args=[derived.public_id]),
        level=level_words().get(_level(derived), ""),
        day=derived.date,
        days=first.days,
        relation=", ".join(names),
        source=str(first.source),
        reason=relation.reason,
        place_url=_place(relation, labels),
        css="soon" if waiting else "done",
        words=f"{relation.get_state_display()}, {relation.get_strength_display()}",
        decide_url=reverse("documents:decide", args=[waiting[0]]) if waiting and may else "",
        others=waiting[1:],
    )


def _labels(relations: Iterable[Relation]) -> Labels:
    """The place in its list of each mention that tells one of these edges, by part and beginning."""
    told = [relation for relation in relations if relation.span_start is not None]
    rows = Mention.objects.filter(
        part__in={relation.part_id for relation in told},
        span_start__in={relation.span_start for relation in told},
    )
    return {(part, start): index for part, start, index in rows.values_list("part", "span_start", "index")}


def _place(relation: Relation, labels: Labels) -> str:
    if relation.part is None or relation.span_start is None:
        return ""
    index = labels.get((relation.part.pk, relation.span_start))
    url = reverse("documents:part", args=[relation.part.paper.public_id, relation.part.index])
    return url if index is None else f"{url}#p-T{index + 1}"


def _order(edge: cascades_of.Edge) -> tuple[bool, date]:
    return edge.relation.state != Relation.State.PROPOSED, edge.derived.date or date.max


def _predecessors(document: Document, found: cascades_of.Cascade) -> list[Step]:
    """The documents before this one, oldest first, then this one; empty where none is told."""
    before = [
        edge.source
        for edge in found.edges
        if edge.derived.pk == document.pk and edge.relation.relation == SUCCEEDS
    ]
    if not before:
        return []
    chain = [*sorted(before, key=lambda one: one.date or date.min), document]
    steps = []
    for one, after in zip(chain, [*chain[1:], None], strict=True):
        url = "" if after is None else reverse("documents:detail", args=[one.public_id])
        steps.append(Step(str(one), url, one.date, _years(one.date, after.date if after else None)))
    return steps


def _years(first: date | None, second: date | None) -> str:
    if first is None or second is None:
        return ""
    days = (second - first).days
    years = days // 365
    return (
        ngettext("%d year", "%d years", years) % years
        if years
        else ngettext("%d day", "%d days", days) % days
    )


def _sentence(nodes: Iterable[cascades_of.Node], edges: list[cascades_of.Edge]) -> str:
    below = [node for node in nodes if node.steps > 0]
    if not below:
        return _("Nothing derives from it yet.")
    parts = [
        ngettext("%d document derives from it.", "%d documents derive from it.", len(below)) % len(below)
    ]
    lags = [node.days for node in below if node.days is not None and node.document.kind != Document.Kind.NEWS]
    if lags:
        middle = int(median(lags))
        parts.append(_("Median %(middle)d days, longest %(most)d.") % {"middle": middle, "most": max(lags)})
    waiting = sum(edge.relation.state == Relation.State.PROPOSED for edge in edges)
    if waiting:
        parts.append(
            ngettext("%d relation waits for a person.", "%d relations wait for a person.", waiting) % waiting
        )
    return " ".join(parts)
