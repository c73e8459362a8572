"""Two records were one document; merging moves everything over, and can be undone exactly."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.records.documents.cards import as_plain, card_of, from_plain
from nhipcau.records.documents.models import Candidate, Document, Mention, Merge, Part, Relation
from nhipcau.records.documents.policies import DOCUMENTS, MERGES
from nhipcau.records.documents.services import standing
from nhipcau.records.foundation import events
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor

# What points at a document, by the name under which ``Merge.moved`` keeps the ids.
_POINTERS: dict[str, tuple[type[models.Model], str]] = {
    "parts": (Part, "document"),
    "mentions": (Mention, "document"),
    "candidates": (Candidate, "document"),
    "derived": (Relation, "derived"),
    "sources": (Relation, "source"),
    "attached": (Document, "attached_to"),
}

# How firmly a document stands in the register: who is merged may not stand firmer than who is kept.
_STANDING: tuple[str, ...] = (*Document.IN_REGISTER, Document.State.DRAFT, Document.State.KNOWN)


@transaction.atomic
def merge(*, by: Actor, kept: Document, folded: Document, why: str = "") -> Merge:
    """Fold one document into another.

    Papers, mentions, candidates and edges go over, empty fields are filled.

    Raises ``ValidationError`` where the same one is named twice, one is void, or the one to be kept is
    not in the register while the other is.
    """
    first, second = sorted((kept, folded), key=lambda document: document.pk)
    rows = {
        row.pk: row
        for row in (DOCUMENTS.lock(by, Permission.DOCUMENT_MERGE, each) for each in (first, second))
    }
    stays, goes = rows[kept.pk], rows[folded.pk]
    _check(stays, goes)
    moved: dict[str, Any] = {name: _move(name, goes, stays) for name in _POINTERS}
    moved["filled"] = _fill(stays, goes)
    stays.attached.update(placed_on=stays.placed_on)
    moved["state"] = goes.state
    goes.state = Document.State.VOID
    goes.save(update_fields=["state"])
    done = Merge.objects.create(office=stays.office, kept=stays, folded=goes, moved=moved, by=by.account)
    changes = {"folded": (None, goes)} | {
        name: (old or None, new) for name, (old, new) in moved["filled"].items()
    }
    events.record(by=by, verb="merge", record=stays, changes=changes, why=why)
    return done


@transaction.atomic
def undo_merge(*, by: Actor, done: Merge, why: str = "") -> Merge:
    """Take a merge back: what went over returns, and what was filled and not changed since is emptied.

    Raises ``ValidationError`` where it was undone already, or the kept one was itself merged since.
    """
    row = MERGES.lock(by, Permission.DOCUMENT_MERGE, done)
    stays = Document.objects.select_for_update().get(pk=row.kept_id)
    goes = Document.objects.select_for_update().get(pk=row.folded_id)
    if row.undone_at is not None:
        raise ValidationError(_("This merge was already undone."))
    if stays.merges_out.filter(undone_at__isnull=True).exists():
        raise ValidationError(_("Undo first the later merge of the document that was kept."))
    for name, (model, field) in _POINTERS.items():
        still = model._default_manager.filter(pk__in=row.moved.get(name, []), **{field: stays})
        still.update(**{field: goes})
    _empty(stays, row.moved["filled"])
    goes.attached.update(placed_on=goes.placed_on)
    goes.state = row.moved["state"]
    goes.save(update_fields=["state"])
    row.undone_at, row.undone_by = timezone.now(), by.account
    row.save(update_fields=["undone_at", "undone_by"])
    events.record(by=by, verb="undo_merge", record=stays, changes={"folded": (goes, None)}, why=why)
    return row


def _check(stays: Document, goes: Document) -> None:
    if stays.pk == goes.pk:
        raise ValidationError(_("A document cannot be merged with itself."))
    if Document.State.VOID in (stays.state, goes.state):
        raise ValidationError(_("A void document cannot be merged."))
    if _STANDING.index(stays.state) > _STANDING.index(goes.state):
        raise ValidationError(_("Keep the document that stands in the register."))


def _move(name: str, goes: Document, stays: Document) -> list[int]:
    """Point the rows of one kind at the kept document; those that it has already stay where they are."""
    model, field = _POINTERS[name]
    rows = model._default_manager.filter(**{field: goes})
    if model is Candidate:
        rows = rows.exclude(mention__in=Candidate.objects.filter(document=stays).values("mention"))
    if model is Relation:
        rows = rows.exclude(pk__in=_clashing(goes, stays, field))
    ids = sorted(rows.values_list("pk", flat=True))
    model._default_manager.filter(pk__in=ids).update(**{field: stays})
    return ids


def _clashing(goes: Document, stays: Document, field: str) -> list[int]:
    """The edges that would lead from the kept document to itself, or that it has already."""
    other = "source" if field == "derived" else "derived"
    has = set(Relation.objects.filter(**{field: stays}).values_list(f"{other}_id", "relation"))
    rows = Relation.objects.filter(**{field: goes}).values_list("pk", f"{other}_id", "relation")
    return [pk for pk, end, relation in rows if end == stays.pk or (end, relation) in has]


def _fill(stays: Document, goes: Document) -> dict[str, tuple[Any, Any]]:
    """Fill the empty fields of the kept card from the other; each with its value before and after."""
    mine, other = as_plain(card_of(stays)), as_plain(card_of(goes))
    filled = {
        name: (mine[name], value)
        for name, value in other.items()
        if value and not mine[name] and name != "kind"
    }
    if filled:
        standing.write(stays, from_plain(mine | {name: new for name, (_old, new) in filled.items()}))
    return filled


def _empty(stays: Document, filled: dict[str, Any]) -> None:
    mine = as_plain(card_of(stays))
    back = {name: old for name, (old, new) in filled.items() if mine[name] == new}
    if back:
        standing.write(stays, from_plain(mine | back))
