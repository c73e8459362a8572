"""A person confirms what was read: the document stands in the register under the next number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.records.documents import recognition
from nhipcau.records.documents.cards import Card, as_plain, card_of
from nhipcau.records.documents.models import Document, Paper, Part
from nhipcau.records.documents.policies import DOCUMENTS, PAPERS
from nhipcau.records.documents.recognition import Likeness
from nhipcau.records.documents.services import standing
from nhipcau.records.documents.services.linking import offer, settle_mentions
from nhipcau.records.documents.services.relating import propose
from nhipcau.records.foundation import events
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Office

# What the trail does not tell, because it is computed from what it tells.
_COMPUTED = {"number_key", "placed_on", "folded"}


class SameIdentity(Exception):  # noqa: N818 (a question to the clerk)
    """The office already has a document of this identity: ask whether it is the same.

    ``likenesses`` holds the documents, each with the reasons; answer with ``same_as`` or ``is_different``.
    """

    def __init__(self, likenesses: list[Likeness]) -> None:
        super().__init__(", ".join(str(likeness.document) for likeness in likenesses))
        self.likenesses = likenesses


@transaction.atomic
def confirm(
    *,
    by: Actor,
    paper: Paper,
    part: int,
    card: Card,
    same_as: Document | None = None,
    is_different: bool = False,
) -> Document:
    """Confirm one document of a paper under a card, and give it the next number of the year.

    What came attached in the file of its dispatch, without a number of its own, stands in the register
    under that of the dispatch, which must be confirmed first. A document that was known but missing is
    filled, by itself where the identity is certain, else by ``same_as``. ``same_as`` a registered document:
    the paper becomes another copy of it, and no number is used. Otherwise an equal identity raises
    ``SameIdentity``, unless ``is_different``. Then the mentions of the paper are linked as far as they are
    certain, missing documents become known, and edges are proposed. Raises ``ValidationError`` for a card
    that names nothing and for a part that is confirmed already.
    """
    PAPERS.require(by, Permission.DOCUMENT_CONFIRM, paper)
    standing.hold(by)
    row = PAPERS.lock(by, Permission.DOCUMENT_CONFIRM, paper)
    piece = _waiting_part(row, part)
    card.check()
    document = _meant(by, row.office, card, same_as, is_different=is_different)
    before = card_of(document) if document else None
    if document is None or document.state == Document.State.KNOWN:
        document = document or Document(office=row.office)
        dispatch = standing.dispatch_of(piece, card)
        document.state = Document.State.DRAFT
        standing.write(document, card)
        standing.attach(document, dispatch) if dispatch else standing.number(by, document)
    _settle_part(by, row, piece, document)
    known = settle_mentions(piece)
    offer(document)
    for each in known:
        offer(each)
    edges = propose(document)
    events.record(
        by=by,
        verb="confirm",
        record=document,
        changes=_told(before, document)
        | {
            "paper": (None, row),
            "register_number": (None, document.register_label if document.register_number else None),
            "attached_to": (None, document.attached_to),
            "made_known": (None, known or None),
            "proposed": (None, len(edges) or None),
        },
    )
    return document


@transaction.atomic
def save_card(*, by: Actor, paper: Paper, part: int, card: Card) -> Part:
    """Keep a card that is not ready to be confirmed."""
    row = PAPERS.lock(by, Permission.DOCUMENT_CONFIRM, paper)
    piece = _waiting_part(row, part)
    changes = _plain_changes(piece.card, as_plain(card))
    piece.card = as_plain(card)
    piece.save(update_fields=["card"])
    events.record(by=by, verb="save_card", record=row, changes=changes)
    return piece


@transaction.atomic
def set_aside(*, by: Actor, paper: Paper, part: int, why: str) -> Part:
    """Say that a part is no document to register (an empty form, a cover sheet)."""
    row = PAPERS.lock(by, Permission.DOCUMENT_CONFIRM, paper)
    piece = _waiting_part(row, part)
    changes = {f"part_{piece.index}": (piece.state, Part.State.SET_ASIDE)}
    piece.state, piece.confirmed_by, piece.confirmed_at = Part.State.SET_ASIDE, by.account, timezone.now()
    piece.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    _close_when_done(row)
    events.record(by=by, verb="set_aside", record=row, changes=changes, why=why)
    return piece


@transaction.atomic
def correct(
    *, by: Actor, document: Document, card: Card, why: str = "", is_different: bool = False
) -> Document:
    """Correct the card of a document; its number in the register stays.

    Raises ``SameIdentity`` where the office has another document of the corrected identity (then merge
    the two, or say that it ``is_different``), ``ValidationError`` for a void one, also one merged meanwhile.
    """
    DOCUMENTS.require(by, Permission.DOCUMENT_CORRECT, document)
    standing.hold(by)
    row = DOCUMENTS.lock(by, Permission.DOCUMENT_CORRECT, document)
    if row.state == Document.State.VOID:
        raise ValidationError(_("A void document cannot be corrected."))
    card.check()
    same = recognition.twins(row.office, card, but=row)
    if same and not is_different and card_of(row) != card:
        raise SameIdentity(same)
    changes = _differences(row, card.values())
    standing.write(row, card)
    offer(row)
    events.record(by=by, verb="correct", record=row, changes=changes, why=why)
    return row


@transaction.atomic
def void(*, by: Actor, document: Document, why: str) -> Document:
    """Take a document out of use; it keeps its number, so that the series has no hole.

    The reason is required.
    """
    row = DOCUMENTS.lock(by, Permission.DOCUMENT_VOID, document)
    if not why.strip():
        raise ValidationError(_("Say why the document is void."))
    changes = events.differences(row, {"state": Document.State.VOID})
    row.state = Document.State.VOID
    row.save(update_fields=["state"])
    events.record(by=by, verb="void", record=row, changes=changes, why=why)
    return row


def _waiting_part(paper: Paper, index: int) -> Part:
    piece = paper.parts.select_for_update().filter(index=index).first()
    if piece is None:
        raise ValidationError(_("The paper holds no such document."))
    if piece.state != Part.State.PROPOSED:
        raise ValidationError(_("This document was already confirmed or set aside."))
    return piece


def _meant(
    by: Actor, office: Office, card: Card, same_as: Document | None, *, is_different: bool
) -> Document | None:
    """The document that the card means where there is one already.

    ``SameIdentity`` where a person must say.
    """
    if same_as is not None:
        meant = DOCUMENTS.lock(by, Permission.DOCUMENT_CONFIRM, same_as)
        if meant.state == Document.State.VOID:
            raise ValidationError(_("A void document cannot be confirmed."))
        return meant
    same = [] if is_different else recognition.twins(office, card)
    if not same:
        return None
    only = same[0]
    if len(same) == 1 and only.is_certain and only.document.state == Document.State.KNOWN:
        return DOCUMENTS.lock(by, Permission.DOCUMENT_CONFIRM, only.document)
    raise SameIdentity(same)


def _settle_part(by: Actor, paper: Paper, piece: Part, document: Document) -> None:
    piece.document, piece.state = document, Part.State.CONFIRMED
    piece.confirmed_by, piece.confirmed_at = by.account, timezone.now()
    piece.card = as_plain(card_of(document))
    piece.save(update_fields=["document", "state", "confirmed_by", "confirmed_at", "card"])
    _close_when_done(paper)


def _close_when_done(paper: Paper) -> None:
    if not paper.parts.filter(state=Part.State.PROPOSED).exists():
        paper.state = Paper.State.CONFIRMED
        paper.save(update_fields=["state"])


def _told(before: Card | None, document: Document) -> dict[str, tuple[Any, Any]]:
    old = as_plain(before) if before else {}
    new = as_plain(card_of(document))
    return {
        name: (old.get(name) or None, value)
        for name, value in new.items()
        if value and old.get(name) != value
    }


def _differences(row: Document, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {name: sides for name, sides in events.differences(row, values).items() if name not in _COMPUTED}


def _plain_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {name: (old.get(name), value) for name, value in new.items() if old.get(name) != value}
