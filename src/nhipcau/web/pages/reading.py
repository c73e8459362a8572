"""One paper on the screen: its text with findings marked, what needs a person, the card to confirm."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nhipcau.records.documents import selectors, services
from nhipcau.records.documents.cards import Card
from nhipcau.records.documents.models import INCOMING, Document, Mention, Paper, Part, Series
from nhipcau.records.documents.recognition import Likeness
from nhipcau.records.documents.selectors import PartPage
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.policies import NotFound
from nhipcau.web.acting import DeskRequest, signed_in
from nhipcau.web.pages import marked
from nhipcau.web.pages.card import CardField, card_fields, card_from

DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 (what the page calls it)
    """What cannot be right on the paper's own showing, and the marks where it stands."""

    anchor: str
    message: str
    places: list[str]


@dataclass(frozen=True, slots=True)
class Tab:
    """One document of a file that holds several."""

    title: str
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class ReadingView:
    """Everything that ``documents/reading.html`` shows."""

    title: str
    state_words: str
    parts: list[Tab]
    keys: list[dict[str, Any]]
    segments: list[marked.Shown]
    strip: list[marked.Tick]
    warnings: list[Warning]
    fields: list[CardField]
    card_words: str
    groups: list[marked.Group]
    confirm_url: str
    may_confirm: bool
    next_number: str = ""
    document_url: str = ""
    confirmed_words: str = ""
    aside_url: str = ""
    why_not: str = ""
    wrong: list[str] = field(default_factory=list)
    same: list[dict[str, str]] = field(default_factory=list)


@require_GET
@signed_in
def reading(request: DeskRequest, public_id: UUID, index: int = 0) -> HttpResponse:
    """The reading page of one document of a paper."""
    paper = selectors.paper(by=request.acting, public_id=public_id)
    page = selectors.part_page(by=request.acting, paper=paper, index=index)
    if page is None:
        return _unread(request, paper, index)
    return _show(request, paper, page, page.card)


@require_POST
@signed_in
def confirm(request: DeskRequest, public_id: UUID, index: int) -> HttpResponse:
    """Confirm the card, keep it for later, or set the part aside."""
    paper = selectors.paper(by=request.acting, public_id=public_id)
    page = selectors.part_page(by=request.acting, paper=paper, index=index)
    if page is None:
        raise NotFound
    card = page.card
    try:
        card = card_from(request.POST, page.card)
        return _write(request, paper, index, card)
    except services.SameIdentity as same:
        return _show(request, paper, page, card, same=same.likenesses)
    except ValidationError as error:
        return _show(request, paper, page, card, error=error)


def _write(request: DeskRequest, paper: Paper, index: int, card: Card) -> HttpResponse:
    if "later" in request.POST:
        services.save_card(by=request.acting, paper=paper, part=index, card=card)
        messages.success(request, _("The card is kept. It still waits to be confirmed."), extra_tags="good")
        return redirect("documents:part", paper.public_id, index)
    answer = request.POST.get("same", "")
    same_as = (
        selectors.document(by=request.acting, public_id=answer) if answer not in ("", DIFFERENT) else None
    )
    document = services.confirm(
        by=request.acting,
        paper=paper,
        part=index,
        card=card,
        same_as=same_as,
        is_different=answer == DIFFERENT,
    )
    messages.success(request, _confirmed(document), extra_tags="good")
    waiting = paper.parts.filter(state=Part.State.PROPOSED).order_by("index").first()
    if waiting is not None:
        return redirect("documents:part", paper.public_id, waiting.index)
    return redirect("documents:detail", document.public_id)


def _confirmed(document: Document) -> str:
    if document.attached_to is not None:
        words = _("Confirmed. It came attached to %s and stands under its number.")
        return words % document.attached_to
    return _("Registered under number %s.") % document.register_label


def _show(
    request: DeskRequest,
    paper: Paper,
    page: PartPage,
    card: Card,
    *,
    same: list[Likeness] | None = None,
    error: ValidationError | None = None,
) -> HttpResponse:
    view = _view(request, paper, page, card, same or [], error)
    status = 200 if error is None else 422
    return render(request, "documents/reading.html", {"view": view, "way": "documents"}, status=status)


def _view(
    request: DeskRequest,
    paper: Paper,
    page: PartPage,
    card: Card,
    same: list[Likeness],
    error: ValidationError | None,
) -> ReadingView:
    text = (paper.reading or {}).get("text", "")
    confirmed = page.part.state == Part.State.CONFIRMED
    said = error.message_dict if error is not None and hasattr(error, "error_dict") else {}
    shown_fields = card_fields(card, document=page.reading, text=text, confirmed=confirmed, said=said)
    groups = marked.groups(page.reading, _notes(page))
    may = Permission.DOCUMENT_CONFIRM in request.acting.permissions
    document = page.part.document
    return ReadingView(
        title=_title(card, paper),
        state_words=page.part.get_state_display(),
        parts=_tabs(paper, page.part),
        keys=[{"css": group.css, "words": group.words, "count": len(group.items)} for group in groups],
        segments=marked.shown(text, page.reading),
        strip=marked.strip(page.reading),
        warnings=_warnings(page.reading),
        fields=shown_fields,
        card_words=_card_words(shown_fields, confirmed=confirmed),
        groups=groups,
        confirm_url=reverse("documents:confirm", args=[paper.public_id, page.part.index]),
        may_confirm=may and page.part.state == Part.State.PROPOSED,
        next_number=_next_number(paper),
        document_url=reverse("documents:detail", args=[document.public_id]) if document else "",
        confirmed_words=_confirmed_words(page.part),
        aside_url=reverse("documents:set-aside", args=[paper.public_id, page.part.index]),
        why_not=_why_not(page.part, may=may),
        wrong=[] if said or error is None else error.messages,
        same=[_same(likeness) for likeness in same],
    )


def _unread(request: DeskRequest, paper: Paper, index: int) -> HttpResponse:
    """A paper whose reading is not there yet, or could not be made; a part that it does not hold."""
    if paper.state not in (Paper.State.WAITING, Paper.State.FAILED):
        raise NotFound
    del index
    words = {
        "title": paper.name,
        "what": paper.error or _("It is being read. Look again in a moment."),
        "safe": _("The file itself is kept."),
    }
    return render(request, "frame/error.html", words)


def _title(card: Card, paper: Paper) -> str:
    return " ".join(part for part in (card.type_name, card.number) if part) or card.subject[:90] or paper.name


def _tabs(paper: Paper, here: Part) -> list[Tab]:
    tabs = []
    for part in paper.parts.order_by("index"):
        title = " ".join(filter(None, (part.card.get("type_name"), part.card.get("number"))))
        url = reverse("documents:part", args=[paper.public_id, part.index])
        tabs.append(Tab(title or _("Document %d") % (part.index + 1), url, part.index == here.index))
    return tabs


def _warnings(document: dict[str, Any]) -> list[Warning]:
    marks = marked.marks_of(document)
    start = document["span"][0]
    found = []
    for place, anomaly in enumerate(document["anomalies"], 1):
        spans = [(one[0] - start, one[1] - start) for one in anomaly["spans"]]
        labels = [
            mark.label
            for mark in marks
            if mark.css != marked.CARD and any(mark.start < end and begin < mark.end for begin, end in spans)
        ]
        found.append(Warning(f"w-{place}", anomaly["message"], labels))
    return found


def _notes(page: PartPage) -> dict[int, marked.Note]:
    """For each citation: the document meant, or what it waits for."""
    notes = {}
    for mention in page.mentions:
        if mention.document is not None:
            url = reverse("documents:detail", args=[mention.document.public_id])
            notes[mention.index] = marked.Note(_("kept here: %s") % mention.document, url)
        elif mention.state == Mention.State.PROPOSED:
            several = [candidate for candidate in mention.candidates.all() if candidate.state == "proposed"]
            words = ngettext("%d document may be meant", "%d documents may be meant", len(several))
            url = reverse("documents:mention", args=[mention.public_id])
            notes[mention.index] = marked.Note(words % len(several), url)
        elif mention.refers_to is not None:
            notes[mention.index] = marked.Note(_("repeats T%d") % (mention.refers_to.index + 1), "")
    return notes


def _card_words(fields: list[CardField], *, confirmed: bool) -> str:
    if confirmed:
        return _("confirmed by a person")
    ask = sum(one.tick == "ask" for one in fields)
    read = sum(one.tick == "read" and bool(one.value) for one in fields)
    words = [ngettext("%d field read clearly", "%d fields read clearly", read) % read]
    if ask:
        words.append(ngettext("%d to be looked at", "%d to be looked at", ask) % ask)
    return ", ".join(words)


def _confirmed_words(part: Part) -> str:
    if part.confirmed_at is None:
        return ""
    when = date_format(timezone.localtime(part.confirmed_at), "SHORT_DATETIME_FORMAT")
    return _("confirmed by %(who)s, %(when)s") % {"who": part.confirmed_by, "when": when}


def _why_not(part: Part, *, may: bool) -> str:
    """Why the card cannot be confirmed here, where it cannot."""
    if part.state == Part.State.SET_ASIDE and part.confirmed_at is not None:
        when = date_format(timezone.localtime(part.confirmed_at), "SHORT_DATETIME_FORMAT")
        return _("set aside by %(who)s, %(when)s") % {"who": part.confirmed_by, "when": when}
    return "" if may else _("A clerk of your office confirms the card.")


def _next_number(paper: Paper) -> str:
    year = timezone.localdate().year
    series = Series.objects.filter(office=paper.office, register=INCOMING, year=year).first()
    return f"{localize(series.next if series else 1)}/{year}"


def _same(likeness: Likeness) -> dict[str, str]:
    document = likeness.document
    return {
        "title": str(document),
        "issuer": document.issuer_name,
        "public_id": str(document.public_id),
        "url": reverse("documents:detail", args=[document.public_id]),
    }


@require_POST
@signed_in
def set_aside(request: DeskRequest, public_id: UUID, index: int) -> HttpResponse:
    """Say that a part is no document to register."""
    paper = selectors.paper(by=request.acting, public_id=public_id)
    try:
        services.set_aside(
            by=request.acting, paper=paper, part=index, why=request.POST.get("why", "").strip()
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages), extra_tags="bad")
        return redirect("documents:part", paper.public_id, index)
    messages.success(request, _("Set aside; it is no document of the register."), extra_tags="good")
    return redirect("desk")
