"""Where a document stands in the register: under a number of its own, or under that of its dispatch."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nhipcau.records.documents.cards import Card
from nhipcau.records.documents.models import INCOMING, Document, Mention, Part, Series
from nhipcau.records.documents.numbers import has_symbol, number_key
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Office

ATTACHED_TO = "attached_to"


def write(document: Document, card: Card) -> None:
    """Give a document the fields of a card; it keeps its state. What came attached to it follows its day."""
    for name, value in card.values().items():
        setattr(document, name, value)
    if document.attached_to is not None:
        document.placed_on = document.attached_to.placed_on
    document.full_clean(exclude=["office"])
    document.save()
    document.attached.update(placed_on=document.placed_on)


def hold(by: Actor) -> None:
    """Let one person at a time say which document a paper is, until the transaction ends.

    Else two who confirm two files of one document at the same moment would each be told that it is new.
    It comes before any row is locked, so that nobody waits in a ring; who may not is refused afterwards.
    """
    if by.office is not None:
        _series(by, by.office)


def number(by: Actor, document: Document) -> None:
    """Give the next number of the year of the day; the series stays locked until the transaction ends."""
    series = _series(by, document.office)
    document.register_year, document.register_number = series.year, series.next
    document.state = Document.State.REGISTERED
    document.save(update_fields=["register_year", "register_number", "state"])
    series.next += 1
    series.save(update_fields=["next"])


def attach(document: Document, dispatch: Document) -> None:
    """Let a document stand under the dispatch with which it came: no number of its own, the same day."""
    document.attached_to, document.placed_on = dispatch, dispatch.placed_on
    document.state = Document.State.ATTACHED
    document.save(update_fields=["attached_to", "placed_on", "state"])
    document.refresh_from_db(fields=["line"])


def dispatch_of(piece: Part, card: Card) -> Document | None:
    """The registered document in whose file a part came attached; ``None`` for what stands by itself.

    By itself stands what bears a number, what says of no document that it is attached to it, and what is
    attached to a document of another file. ``ValidationError`` where the dispatch is not confirmed yet.
    """
    told = piece.mentions.filter(relation=ATTACHED_TO).order_by("index").first()
    if card.number or told is None:
        return None
    carrier = _carrier(piece, told)
    if carrier is None:
        return None
    if carrier.document is None:
        raise ValidationError(_("Confirm first the document with which this one came."))
    dispatch = carrier.document.attached_to or carrier.document
    dispatch = Document.objects.select_for_update().get(pk=dispatch.pk)
    return dispatch if dispatch.state == Document.State.REGISTERED else None


def _series(by: Actor, office: Office) -> Series:
    series, _made = Series.objects.get_or_create(office=office, register=INCOMING, year=by.on.year)
    return Series.objects.select_for_update().get(pk=series.pk)


def _carrier(piece: Part, told: Mention) -> Part | None:
    """The part of the same file that a mention names: by its number, else the last one before it."""
    others = Part.objects.filter(paper__attachment=piece.paper.attachment_id).exclude(pk=piece.pk)
    others = others.exclude(state=Part.State.SET_ASIDE).select_related("document__attached_to")
    if has_symbol(told.number_key):
        named = [other for other in others.order_by("paper_id", "index") if _key(other) == told.number_key]
        return named[0] if named else None
    before = others.filter(paper=piece.paper, index__lt=piece.index).order_by("-index")
    return next((other for other in before if _key(other)), None)


def _key(part: Part) -> str:
    number = part.document.number if part.document else part.card.get("number")
    return number_key(number or "")
