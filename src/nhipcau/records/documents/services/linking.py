"""Mentions find the documents that they mean: candidates are proposed, a person confirms or rejects them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.records.documents import recognition
from nhipcau.records.documents.cards import Card
from nhipcau.records.documents.levels import level_of, level_of_symbol
from nhipcau.records.documents.models import Candidate, Document, Mention, Part
from nhipcau.records.documents.numbers import has_symbol, short_key
from nhipcau.records.documents.policies import CANDIDATES, DOCUMENTS, MENTIONS
from nhipcau.records.documents.recognition import Likeness
from nhipcau.records.documents.services import links, standing
from nhipcau.records.documents.services.relating import propose
from nhipcau.records.foundation import events
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor


@transaction.atomic
def link_mention(*, by: Actor, mention: Mention, document: Document) -> Mention:
    """Say that a mention means a document; the places of the paper that repeat it follow.

    Also for a document that was not among the candidates. The edge that the mention's words tell is proposed.
    """
    row = MENTIONS.lock(by, Permission.MENTION_LINK, mention)
    meant = DOCUMENTS.lock(by, Permission.MENTION_LINK, document)
    if meant.pk == row.part.document_id:
        raise ValidationError(_("A document does not cite itself."))
    if meant.state == Document.State.VOID:
        raise ValidationError(_("This document was taken out of use or merged meanwhile. Choose another."))
    changes = {"document": (row.document, document), "state": (row.state, Mention.State.LINKED)}
    links.choose(by, row, document)
    links.set_link(links.with_repeats(row), document)
    _relate(row)
    events.record(by=by, verb="link", record=row, changes=changes)
    return row


@transaction.atomic
def reject_candidate(*, by: Actor, candidate: Candidate, why: str = "") -> Candidate:
    """Say that a mention does not mean this candidate; without another one the mention waits in the list."""
    row = CANDIDATES.lock(by, Permission.MENTION_LINK, candidate)
    links.decide(by, row, Candidate.State.REJECTED)
    mention = row.mention
    others = mention.candidates.filter(state=Candidate.State.PROPOSED)
    if mention.state == Mention.State.PROPOSED and not others.exists():
        mention.state = Mention.State.OPEN
        mention.save(update_fields=["state"])
    changes = {"rejected": (None, row.document)}
    events.record(by=by, verb="reject", record=mention, changes=changes, why=why)
    return row


@transaction.atomic
def unlink_mention(*, by: Actor, mention: Mention, why: str) -> Mention:
    """Take a link back: the mention waits again, with its candidates proposed anew."""
    row = MENTIONS.lock(by, Permission.MENTION_LINK, mention)
    changes = {"document": (row.document, None)}
    row.candidates.filter(state=Candidate.State.CONFIRMED).update(
        state=Candidate.State.PROPOSED, decided_by=None, decided_at=None
    )
    for each in (row, *row.repeated_by.filter(document=row.document)):
        links.release(each)
    row.refresh_from_db()
    events.record(by=by, verb="unlink", record=row, changes=changes, why=why)
    return row


@transaction.atomic
def make_known(*, by: Actor, mention: Mention, day: date | None = None) -> Document:
    """Make a known but missing document from a mention; ``day`` where a person knows it and none is printed.

    Raises ``ValidationError`` where the mention has no type or no number with symbol, or no day is known,
    where it is linked, and where the same is kept and nobody said that it is not meant.
    """
    MENTIONS.require(by, Permission.MENTION_LINK, mention)
    standing.hold(by)
    row = MENTIONS.lock(by, Permission.MENTION_LINK, mention)
    if row.document is not None:
        raise ValidationError(_("This citation is linked already; take the link back first."))
    printed, row.date = row.date, row.date or day
    if not recognition.can_make_known(row):
        raise ValidationError(_("A document is known by its type, its number with symbol, and its date."))
    if _is_asked(row, recognition.candidates(row, _day_of(row.part), own=row.part.document)):
        raise ValidationError(
            _("The same is kept here already. Choose it, or say first that it is not meant.")
        )
    document = _known(row)
    # The day that a person gave stands on the document; the mention keeps what is printed.
    row.date = printed
    links.set_link(links.with_repeats(row), document)
    _relate(row)
    changes = events.creation(document, "type_name", "number", "date", "issuer_name", "state")
    events.record(by=by, verb="make_known", record=document, changes=changes)
    return document


def _relate(mention: Mention) -> None:
    """Propose the edges that a link makes visible, where the paper that holds it is confirmed."""
    if mention.part.document is not None:
        propose(mention.part.document)


def refresh_candidates(part: Part) -> None:
    """Propose anew what the mentions of a part may mean; what a person decided stays."""
    for mention in part.mentions.exclude(state=Mention.State.LINKED).select_related("office", "refers_to"):
        _propose(mention, recognition.candidates(mention, _day_of(part), own=part.document))


def settle_mentions(part: Part) -> list[Document]:
    """After a part is confirmed: link what is certain, make what is missing.

    The known documents that were made.

    A missing document is made only where nothing of the same type, number and date is there to be asked
    about.
    """
    made = []
    waiting = part.mentions.exclude(state=Mention.State.LINKED).filter(refers_to__isnull=True)
    for mention in waiting.select_related("office"):
        # An earlier turn of this loop may have made the document that this mention names once more.
        likely = recognition.candidates(mention, _day_of(part), own=part.document)
        _propose(mention, likely)
        certain = [likeness.document for likeness in _open(mention, likely) if _is_sure(part, likeness)]
        own = _is_own(part, mention)
        if len(certain) == 1:
            links.set_link(links.with_repeats(mention), certain[0])
        elif not own and recognition.can_make_known(mention) and not _is_asked(mention, likely):
            document = _known(mention)
            made.append(document)
            links.set_link(links.with_repeats(mention), document)
        elif made_before := _made_here(mention, made):
            links.set_link(links.with_repeats(mention), made_before)
    _follow(part)
    return made


def _follow(part: Part) -> None:
    """Link what a paper names without a date to the one document that it names in full elsewhere.

    Within one paper a type and number mean one document, unless the paper itself gives two dates with them.
    """
    named = list(
        part.mentions.filter(state=Mention.State.LINKED, date__isnull=False).select_related("document")
    )
    for mention in part.mentions.exclude(state=Mention.State.LINKED).filter(date__isnull=True):
        meant = {full.document for full in named if _repeats(mention, full)}
        if len(meant) == 1 and (document := meant.pop()) is not None:
            links.set_link(links.with_repeats(mention), document)


def _repeats(mention: Mention, full: Mention) -> bool:
    key = full.number_key if has_symbol(mention.number_key) else short_key(full.number_key)
    same_type = not mention.type_name or mention.type_name.casefold() == full.type_name.casefold()
    return bool(mention.number_key) and mention.number_key == key and same_type


def offer(document: Document) -> None:
    """Propose a document, new or corrected, to the mentions that wait for it."""
    for mention in recognition.mentions_of(document).select_related("part__document", "office")[:1000]:
        part = mention.part
        _propose(mention, recognition.candidates(mention, _day_of(part), own=part.document))


def _made_here(mention: Mention, made: Iterable[Document]) -> Document | None:
    """A document made from this very part: within one paper, one type, number and date is one document."""
    for document in made:
        if (
            document.number_key == mention.number_key
            and document.date == mention.date
            and document.type_name.casefold() == mention.type_name.casefold()
        ):
            return document
    return None


def _is_asked(mention: Mention, likely: list[Likeness]) -> bool:
    rejected = set(
        mention.candidates.filter(state=Candidate.State.REJECTED).values_list("document_id", flat=True)
    )
    same = [likeness for likeness in likely if {"number", "date"} <= set(likeness.reasons)]
    return any(
        likeness.document.pk not in rejected and "issuer_differs" not in likeness.reasons for likeness in same
    )


def _is_sure(part: Part, likeness: Likeness) -> bool:
    """Certain by its identity, or by standing in the same file: an outline names the dispatch before it."""
    if likeness.is_certain:
        return True
    is_equal = {"number", "type", "date"} <= set(likeness.reasons)
    return is_equal and likeness.document.parts.filter(paper__attachment=part.paper.attachment_id).exists()


def _open(mention: Mention, likely: list[Likeness]) -> list[Likeness]:
    rejected = set(
        mention.candidates.filter(state=Candidate.State.REJECTED).values_list("document_id", flat=True)
    )
    return [likeness for likeness in likely if likeness.document.pk not in rejected]


def _is_own(part: Part, mention: Mention) -> bool:
    """Whether a paper names itself."""
    own = part.document
    return own is not None and bool(mention.number_key) and own.number_key == mention.number_key


def _day_of(part: Part) -> date | None:
    if part.document is not None:
        return part.document.date
    printed = part.card.get("date")
    return date.fromisoformat(printed) if printed else None


def _known(mention: Mention) -> Document:
    card = Card(
        issuer_name=mention.issuer_name,
        type_name=mention.type_name,
        number=mention.number,
        date=mention.date,
        level=level_of(mention.issuer_name) or level_of_symbol(mention.number),
    )
    values = {**card.values(), "kind": Document.Kind.OTHER}
    return Document.objects.create(office=mention.office, state=Document.State.KNOWN, **values)


def _propose(mention: Mention, likely: list[Likeness]) -> None:
    """Keep the candidates of a mention as they now rank; decided ones keep their decision."""
    known = {candidate.document_id: candidate for candidate in mention.candidates.all()}
    for rank, likeness in enumerate(likely, 1):
        candidate = known.pop(likeness.document.pk, None) or Candidate(
            office=mention.office, mention=mention, document=likeness.document
        )
        reasons = list(likeness.reasons)
        if candidate.pk is None or candidate.rank != rank or candidate.reasons != reasons:
            candidate.rank, candidate.reasons = rank, reasons
            candidate.save()
    stale = [row.pk for row in known.values() if row.state == Candidate.State.PROPOSED]
    Candidate.objects.filter(pk__in=stale).delete()
    state = links.waiting_state(mention)
    if mention.state != state:
        mention.state = state
        mention.save(update_fields=["state"])
