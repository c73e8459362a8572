"""How documents hang together: edges are proposed from what papers say, and decided by a person."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.records.documents import chains
from nhipcau.records.documents.chains import Proposed
from nhipcau.records.documents.models import RELATIONS, Document, Mention, Relation
from nhipcau.records.documents.policies import DOCUMENTS, RELATIONS_POLICY
from nhipcau.records.documents.services import links
from nhipcau.records.foundation import events
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.policies import NotFound

# The rules' word for what an earlier document is to a later one, as an edge from the later one.
CODES = {"predecessor": "succeeds"}
# Printed words that tie a document to what it carries out.
TIES = ("basis", "implements", "guides")


@transaction.atomic
def propose_relations(*, by: Actor, document: Document) -> list[Relation]:
    """Propose anew the edges of a document, from its papers and from those that name it; the new ones."""
    row = DOCUMENTS.lock(by, Permission.RELATION_DECIDE, document)
    made = propose(row)
    changes = {"proposed": (None, [str(relation) for relation in made])}
    events.record(by=by, verb="propose_relations", record=row, changes=changes)
    return made


@transaction.atomic
def decide_relation(
    *, by: Actor, relation: Relation, accept: bool, why: str = "", like: Iterable[Relation] = ()
) -> Relation:
    """Confirm or reject an edge; a decision may be taken again.

    ``like``: further edges of the same two documents that are decided with it, all or none.
    """
    row = RELATIONS_POLICY.lock(by, Permission.RELATION_DECIDE, relation)
    others = _locked(by, [each for each in like if each.pk != row.pk])
    state = Relation.State.CONFIRMED if accept else Relation.State.REJECTED
    changes = events.differences(row, {"state": state})
    for each in (row, *others):
        _settle(by, each, state)
    if others:
        changes[str(state)] = (None, [_told(each) for each in (row, *others)])
    events.record(by=by, verb="decide", record=row, changes=changes, why=why)
    return row


@transaction.atomic
def decide_all(
    *,
    by: Actor,
    document: Document,
    accept: bool,
    why: str = "",
    relations: Iterable[Relation] | None = None,
) -> int:
    """Confirm or reject in one step edges that wait: all or none; how many.

    Those named, as the page of the document's cascade showed them, else every one of the document in either
    direction. What somebody else decided meanwhile stays as it was decided.
    """
    row = DOCUMENTS.lock(by, Permission.RELATION_DECIDE, document)
    named = [*row.sources.all(), *row.derivations.all()] if relations is None else relations
    waiting = [each for each in _locked(by, named) if each.state == Relation.State.PROPOSED]
    state = Relation.State.CONFIRMED if accept else Relation.State.REJECTED
    for relation in waiting:
        _settle(by, relation, state)
    changes = {str(state): (None, [_told(relation) for relation in waiting])}
    events.record(by=by, verb="decide_all", record=row, changes=changes, why=why)
    return len(waiting)


@transaction.atomic
def relate(*, by: Actor, derived: Document, source: Document, relation: str, reason: str) -> Relation:
    """Propose and confirm an edge in one step, by hand.

    One that was proposed or rejected before is confirmed.

    Raises ``ValidationError`` for an unknown relation, and for a document that would derive from itself.
    """
    row = DOCUMENTS.lock(by, Permission.RELATION_DECIDE, derived)
    DOCUMENTS.require(by, Permission.RELATION_DECIDE, source)
    if relation not in RELATIONS or row.pk == source.pk:
        raise ValidationError(_("These two documents cannot be related in this way."))
    edge, _made = Relation.objects.get_or_create(
        derived=row,
        source=source,
        relation=relation,
        defaults={
            "office": row.office,
            "strength": Relation.Strength.INFERRED,
            "reason": reason[:500],
        },
    )
    _settle(by, edge, Relation.State.CONFIRMED)
    changes = {"source": (None, source), "relation": (None, relation), "reason": (None, reason)}
    events.record(by=by, verb="relate", record=edge, changes=changes)
    return edge


def propose(document: Document) -> list[Relation]:
    """Propose the edges that the papers around a document print or show; the new ones.

    An end may also be a document that a waiting mention most likely means: who confirms the edge confirms the
    link with it. A pair that has an edge already, decided or not, gets no second one.
    """
    return [_propose(found) for found in chains.proposals(document) if not _is_known(found)]


def _is_known(found: Proposed) -> bool:
    rows = Relation.objects.filter(derived=found.derived)
    if rows.filter(source=found.source).exists():
        return True
    # What a paper prints of its source outweighs an equal title, also where that paper was not looked at now.
    is_titled = found.edge.strength == "inferred" and found.edge.relation == "implements"
    return is_titled and rows.filter(strength=Relation.Strength.PRINTED, relation__in=TIES).exists()


def _propose(found: Proposed) -> Relation:
    start, end = found.edge.span
    return Relation.objects.create(
        office=found.derived.office,
        derived=found.derived,
        source=found.source,
        relation=CODES.get(found.edge.relation, found.edge.relation),
        strength=found.edge.strength,
        reason=found.edge.reason[:500],
        ask=(found.edge.ask or "")[:500],
        part=found.told_in,
        span_start=start,
        span_end=end,
    )


def _locked(by: Actor, relations: Iterable[Relation]) -> list[Relation]:
    """Edges read again and locked, in one order whoever asks; ``NotFound`` where one is outside scope."""
    wanted = {relation.pk for relation in relations}
    rows = RELATIONS_POLICY.scope(by).filter(pk__in=wanted).select_related("derived", "source")
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if len(found) < len(wanted):
        raise NotFound
    return found


def _told(relation: Relation) -> dict[str, str]:
    """How an edge stands in the trail: by its two documents."""
    return {"id": str(relation.public_id), "title": f"{relation.derived} → {relation.source}"}


def _settle(by: Actor, relation: Relation, state: Relation.State) -> None:
    relation.state, relation.decided_by, relation.decided_at = state, by.account, timezone.now()
    relation.save(update_fields=["state", "decided_by", "decided_at"])
    if state == Relation.State.CONFIRMED:
        _link_with_it(by, relation)


def _link_with_it(by: Actor, relation: Relation) -> None:
    """Let the waiting mention that tells a confirmed edge mean its source."""
    if relation.part is None or relation.span_start is None or relation.span_end is None:
        return
    told = relation.part.mentions.filter(
        state=Mention.State.PROPOSED, span_start__lt=relation.span_end, span_end__gt=relation.span_start
    )
    for document in (relation.source, relation.derived):
        for mention in told.filter(candidates__document=document):
            links.choose(by, mention, document)
            links.set_link(links.with_repeats(mention), document)
