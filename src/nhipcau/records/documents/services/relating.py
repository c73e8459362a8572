"""How documents hang together: edges are proposed from what papers say, and decided by a person."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.records.documents.models import RELATIONS, Document, Mention, Relation
from nhipcau.records.documents.policies import DOCUMENTS, RELATIONS_POLICY
from nhipcau.records.documents.services import links
from nhipcau.records.foundation import events
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor

# A bare mention derives nothing.
NO_EDGE = "mentions"
# One pair of documents has one edge: where a paper says several things of its source, the most telling.
TELLING = ("attached_to", "forwards", "amends", "replaces", "guides", "implements", "basis")


@transaction.atomic
def propose_relations(*, by: Actor, document: Document) -> list[Relation]:
    """Propose anew the edges of a document, from its papers and from those that name it; the new ones."""
    row = DOCUMENTS.lock(by, Permission.RELATION_DECIDE, document)
    made = propose(row)
    changes = {"proposed": (None, [str(relation) for relation in made])}
    events.record(by=by, verb="propose_relations", record=row, changes=changes)
    return made


@transaction.atomic
def decide_relation(*, by: Actor, relation: Relation, accept: bool, why: str = "") -> Relation:
    """Confirm or reject an edge; a decision may be taken again."""
    row = RELATIONS_POLICY.lock(by, Permission.RELATION_DECIDE, relation)
    state = Relation.State.CONFIRMED if accept else Relation.State.REJECTED
    changes = events.differences(row, {"state": state})
    _settle(by, row, state)
    events.record(by=by, verb="decide", record=row, changes=changes, why=why)
    return row


@transaction.atomic
def decide_all(*, by: Actor, document: Document, accept: bool, why: str = "") -> int:
    """Confirm or reject in one step every proposed edge of a document, in either direction; how many."""
    row = DOCUMENTS.lock(by, Permission.RELATION_DECIDE, document)
    waiting = [*row.sources.filter(state=Relation.State.PROPOSED)]
    waiting += row.derivations.filter(state=Relation.State.PROPOSED)
    state = Relation.State.CONFIRMED if accept else Relation.State.REJECTED
    for relation in waiting:
        _settle(by, relation, state)
    changes = {str(state): (None, [str(relation.public_id) for relation in waiting])}
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
    """The new edges that the mentions of a document's papers, and the mentions of it, tell."""
    telling = Mention.objects.exclude(relation=NO_EDGE).filter(part__document__isnull=False)
    of_me = Q(document=document) | Q(candidates__document=document)
    around = telling.filter(of_me | Q(part__document=document)).distinct()
    return relate_mentions(around.select_related("part__document", "document").order_by("id"))


def relate_mentions(mentions: Iterable[Mention]) -> list[Relation]:
    """Propose the edge that each mention prints, where its paper is confirmed; the new ones.

    Also of a mention that waits, to the one document that it most likely means: who confirms the edge
    confirms the link with it.
    """
    made = []
    for mention in sorted(mentions, key=lambda mention: _rank(mention.relation)):
        derived, source = mention.part.document, mention.document or links.likely(mention)
        if mention.relation == NO_EDGE or derived is None or source is None or derived.pk == source.pk:
            continue
        if not Relation.objects.filter(derived=derived, source=source).exists():
            made.append(_printed(mention, derived, source))
    return made


def _rank(relation: str) -> int:
    return TELLING.index(relation) if relation in TELLING else len(TELLING)


def _printed(mention: Mention, derived: Document, source: Document) -> Relation:
    return Relation.objects.create(
        office=mention.office,
        derived=derived,
        source=source,
        relation=mention.relation,
        strength=Relation.Strength.PRINTED,
        reason=mention.surface,
        part=mention.part,
        span_start=mention.span_start,
        span_end=mention.span_end,
    )


def _settle(by: Actor, relation: Relation, state: Relation.State) -> None:
    relation.state, relation.decided_by, relation.decided_at = state, by.account, timezone.now()
    relation.save(update_fields=["state", "decided_by", "decided_at"])
    if state == Relation.State.CONFIRMED:
        _link_with_it(by, relation)


def _link_with_it(by: Actor, relation: Relation) -> None:
    """Let the waiting mention that tells a confirmed edge mean its source."""
    if relation.part is None or relation.span_start is None:
        return
    told = Mention.objects.filter(part=relation.part, span_start=relation.span_start)
    for mention in told.filter(state=Mention.State.PROPOSED, candidates__document=relation.source):
        links.choose(by, mention, relation.source)
        links.set_link(links.with_repeats(mention), relation.source)
