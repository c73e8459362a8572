"""One document: its card and files, what it cites and what cites it, corrections, merges, the file itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.records.documents import recognition, selectors, services
from nhipcau.records.documents.cards import Card, card_of
from nhipcau.records.documents.models import Document, Mention, Merge, Part
from nhipcau.records.documents.policies import DOCUMENTS, MERGES
from nhipcau.records.documents.register import REGISTER
from nhipcau.records.documents.selectors import Cited, DocumentPage
from nhipcau.records.foundation import files
from nhipcau.records.foundation.access import Permission
from nhipcau.web.acting import DeskRequest, signed_in
from nhipcau.web.pages.card import card_fields, card_from
from nhipcau.web.pages.marked import day_words


@dataclass(frozen=True, slots=True)
class CitedRow:
    """A document on the other end of a citation, and where it is printed."""

    title: str
    url: str
    note: str
    day: str
    surface: str
    place_url: str
    words: str
    css: str
    mention_url: str = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the document."""

    name: str
    url: str
    note: str
    reading_url: str


@require_GET
@signed_in
def detail(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """The page of one document."""
    page = selectors.document_page(by=request.acting, public_id=public_id)
    document = page.document
    is_kept = DOCUMENTS.keeps(request.acting, document)
    may = request.acting.permissions if is_kept else frozenset()
    context = {
        "document": document,
        "register": REGISTER,
        "is_kept": is_kept,
        "facts": _facts(document),
        "files": [_file(part) for part in page.parts],
        "cites": [*(_cites(row) for row in page.cites), *(_open(mention) for mention in page.open_mentions)],
        "cited_by": [_cited_by(row) for row in page.cited_by],
        "merges": page.merges,
        "merged_into": _merged_into(request, document),
        "doubles": _doubles(document) if Permission.DOCUMENT_MERGE in may else [],
        "derived": _derived(page),
        "is_known": document.state == Document.State.KNOWN,
        "may_correct": Permission.DOCUMENT_CORRECT in may and document.state != Document.State.VOID,
        "may_merge": Permission.DOCUMENT_MERGE in may,
        "way": "documents",
    }
    return render(request, "documents/document.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def correct(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """The card as a form, for corrections after it was registered."""
    document = selectors.document(by=request.acting, public_id=public_id)
    card, said, wrong = card_of(document), {}, []
    if request.method == "POST":
        try:
            card = card_from(request.POST, card)
            return _corrected(request, document, card)
        except services.SameIdentity as same:
            names = ", ".join(str(likeness.document) for likeness in same.likenesses)
            wrong = [_("%s already has this issuer, type, number and date. Merge the two instead.") % names]
        except ValidationError as error:
            said = error.message_dict if hasattr(error, "error_dict") else {}
            wrong = [] if said else error.messages
    context = {
        "document": document,
        "fields": card_fields(card, said=said),
        "wrong": wrong,
        "way": "documents",
    }
    return render(request, "documents/correct.html", context, status=422 if said or wrong else 200)


def _corrected(request: DeskRequest, document: Document, card: Card) -> HttpResponse:
    services.correct(by=request.acting, document=document, card=card, why=request.POST.get("why", "").strip())
    messages.success(request, _("Corrected. The old values stay in the history."), extra_tags="good")
    return redirect("documents:detail", document.public_id)


@require_POST
@signed_in
def void(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Take a document out of use, with a reason."""
    document = selectors.document(by=request.acting, public_id=public_id)
    try:
        services.void(by=request.acting, document=document, why=request.POST.get("why", ""))
        messages.success(request, _("The document is void; its number stays taken."), extra_tags="good")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages), extra_tags="bad")
    return redirect("documents:detail", document.public_id)


@require_POST
@signed_in
def merge(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Fold another document into this one."""
    kept = selectors.document(by=request.acting, public_id=public_id)
    folded = selectors.document(by=request.acting, public_id=request.POST.get("other", ""))
    try:
        services.merge(by=request.acting, kept=kept, folded=folded)
        messages.success(request, _("Merged. It can be undone on this page."), extra_tags="good")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages), extra_tags="bad")
    return redirect("documents:detail", kept.public_id)


@require_POST
@signed_in
def undo_merge(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Take a merge back."""
    done = MERGES.fetch(request.acting, public_id)
    try:
        services.undo_merge(by=request.acting, done=done)
        messages.success(request, _("The merge was undone; both documents are as before."), extra_tags="good")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages), extra_tags="bad")
    return redirect("documents:detail", done.kept.public_id)


@require_GET
@signed_in
def file(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """The file as it came in, always as a download: nothing of it runs in the page."""
    paper = selectors.paper(by=request.acting, public_id=public_id)
    answer = HttpResponse(files.read(paper.attachment), content_type="application/octet-stream")
    name = content_disposition_header(as_attachment=True, filename=paper.attachment.name)
    answer.headers["Content-Disposition"] = name or "attachment"
    return answer


def _facts(document: Document) -> list[dict[str, Any]]:
    facts = []
    for one in REGISTER.fields:
        display = getattr(document, f"get_{one.name}_display", None)
        value = display() if display else getattr(document, one.name)
        if value:
            facts.append({"heading": one.heading, "value": value})
    return facts


def _file(part: Part) -> FileRow:
    paper = part.paper
    pages = getattr(part, "pages", None)
    note = _("%d pages") % pages if pages else ""
    return FileRow(
        paper.name,
        reverse("documents:file", args=[paper.public_id]),
        note,
        reverse("documents:part", args=[paper.public_id, part.index]),
    )


def _place(mention: Mention) -> str:
    url = reverse("documents:part", args=[mention.part.paper.public_id, mention.part.index])
    return f"{url}#p-T{mention.index + 1}"


def _cites(row: Cited) -> CitedRow:
    first, document = row.mentions[0], row.document
    known = document.state == Document.State.KNOWN
    return CitedRow(
        title=str(document),
        url=reverse("documents:detail", args=[document.public_id]),
        note=document.issuer_name,
        day=day_words(document.date.isoformat() if document.date else None),
        surface=first.surface,
        place_url=_place(first),
        words=document.get_state_display() if known else _("linked"),
        css="none" if known else "done",
    )


def _open(mention: Mention) -> CitedRow:
    return CitedRow(
        title=" ".join(filter(None, (mention.type_name, mention.number))) or mention.surface,
        url="",
        note=mention.issuer_name,
        day=day_words(mention.date.isoformat() if mention.date else None),
        surface=mention.surface,
        place_url=_place(mention),
        words=mention.get_state_display(),
        css="soon" if mention.state == Mention.State.PROPOSED else "none",
        mention_url=reverse("documents:mention", args=[mention.public_id]),
    )


def _cited_by(row: Cited) -> CitedRow:
    first, document = row.mentions[0], row.document
    return CitedRow(
        title=str(document),
        url=reverse("documents:detail", args=[document.public_id]),
        note=document.issuer_name,
        day=day_words(document.date.isoformat() if document.date else None),
        surface=first.surface,
        place_url=_place(first),
        words="",
        css="",
    )


def _derived(page: DocumentPage) -> int:
    return len({relation.derived_id for relation in page.derivations})


def _doubles(document: Document) -> list[Document]:
    return [one.document for one in recognition.twins(document.office, card_of(document), but=document)]


def _merged_into(request: DeskRequest, document: Document) -> Document | None:
    done: Merge | None = (
        MERGES.scope(request.acting)
        .filter(folded=document, undone_at__isnull=True)
        .select_related("kept")
        .first()
    )
    return done.kept if done else None
