"""What linking a mention comes down to; used by the services that link, and by those that decide an edge."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from nhipcau.records.documents.models import Candidate, Document, Mention
from nhipcau.records.foundation.actors import Actor


def set_link(mentions: Iterable[Mention], document: Document) -> list[Mention]:
    """Let mentions mean a document; they keep what is printed."""
    linked = list(mentions)
    for mention in linked:
        mention.document, mention.state = document, Mention.State.LINKED
        mention.save(update_fields=["document", "state"])
    return linked


def with_repeats(mention: Mention) -> list[Mention]:
    """A mention and the places of its paper that repeat it and mean nothing else."""
    return [mention, *mention.repeated_by.exclude(state=Mention.State.LINKED)]


def release(mention: Mention) -> None:
    """Let a mention wait again."""
    mention.document, mention.state = None, waiting_state(mention)
    mention.save(update_fields=["document", "state"])


def waiting_state(mention: Mention) -> str:
    """Proposed where a candidate waits to be decided, else open."""
    proposed = mention.candidates.filter(state=Candidate.State.PROPOSED)
    return str(Mention.State.PROPOSED if proposed.exists() else Mention.State.OPEN)


def choose(by: Actor, mention: Mention, document: Document) -> None:
    """Confirm a document as what a mention means, also one that was no candidate."""
    candidate, _made = Candidate.objects.get_or_create(
        mention=mention, document=document, defaults={"office": mention.office, "rank": 1}
    )
    decide(by, candidate, Candidate.State.CONFIRMED)


def decide(by: Actor, candidate: Candidate, state: Candidate.State) -> None:
    """Keep what a person decided about a candidate."""
    candidate.state, candidate.decided_by, candidate.decided_at = state, by.account, timezone.now()
    candidate.save(update_fields=["state", "decided_by", "decided_at"])
