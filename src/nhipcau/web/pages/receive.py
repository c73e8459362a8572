"""Papers come in: dropped files are looked at in memory, and people are told what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max, Min
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from nhipcau.reading.findings import MarkedError, UnreadableError
from nhipcau.records.documents import selectors, services
from nhipcau.records.documents.models import Paper
from nhipcau.records.foundation.access import Permission
from nhipcau.web.acting import DeskRequest, signed_in

MOST_AT_ONCE = 200
MOST_BYTES = 200_000_000
#: Members of a container that are named in one sentence.
MOST_NAMED = 3
MOST_SHOWN = 1000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, in words; ``ask`` where the clerk must first look at the pages."""

    name: str
    css: str
    words: str
    url: str = ""
    act: str = ""
    ask: bool = False
    papers: tuple[UUID, ...] = ()


@require_http_methods(["GET", "POST"])
@signed_in
def receive(request: DeskRequest) -> HttpResponse:
    """The page where papers are dropped, and what became of them."""
    may_receive = Permission.PAPER_RECEIVE in request.acting.permissions
    outcomes: list[Outcome] = []
    if request.method == "POST":
        given = request.FILES.getlist("files")
        unmarked = request.POST.get("unmarked") == "yes"
        outcomes = [_take(request, file, unmarked=unmarked) for file in given[:MOST_AT_ONCE]]
        if not given:
            outcomes = [_nothing(request)]
        if len(given) > MOST_AT_ONCE:
            outcomes.append(_too_many(len(given) - MOST_AT_ONCE))
    papers = [paper for outcome in outcomes for paper in outcome.papers]
    context = {
        "outcomes": outcomes,
        "may_receive": may_receive,
        "way": "documents",
        **_progress(request, papers),
    }
    one_by_one = getattr(request, "htmx", False)
    return render(request, "documents/outcomes.html" if one_by_one else "documents/received.html", context)


@require_GET
@signed_in
def progress(request: DeskRequest) -> HttpResponse:
    """How far the reading is, from the first paper named in the address to the last."""
    named = [UUID(word) for word in request.GET.getlist("paper")[:2] if _is_id(word)]
    return render(request, "documents/progress.html", _progress(request, named))


def _take(request: DeskRequest, file: UploadedFile[Any], *, unmarked: bool) -> Outcome:
    name = file.name or _("without a name")
    try:
        got = services.receive_file(
            by=request.acting, name=name, data=file.read(), confirmed_unmarked=unmarked
        )
    except MarkedError as marked:
        words = _(
            "Refused: it bears the mark “%s”. Nothing of it was kept. "
            "Hand it over by the way for such papers."
        )
        may = Permission.STUB_ENTER in request.acting.permissions
        stub = (reverse("documents:stubs"), _("Enter a stub")) if may else ("", "")
        return Outcome(_("A marked paper"), "bad", words % marked.mark.upper(), *stub)
    except UnreadableError as error:
        return Outcome(name, "bad", str(error))
    except services.PicturesUnreadError as unseen:
        return Outcome(name, "warn", _unseen(unseen.unopened), ask=True)
    if got.is_repeated:
        url = reverse("documents:reading", args=[got.paper.public_id])
        return Outcome(name, "good", _("This very file is already here."), url, _("Open it"))
    words = _("Received; it is being read.")
    return Outcome(name, "good", words, papers=tuple(paper.public_id for paper in got.papers))


def _unseen(unopened: tuple[str, ...]) -> str:
    """Why the clerk must look for a mark: nobody else could."""
    if not unopened:
        return _(
            "Its first page is a picture that nobody here can read. "
            "Look at the pages, then bring it in once more."
        )
    words = _(
        "It holds what cannot be opened here: %s. Nobody looked for a mark in it. "
        "Look at it, then bring the file in once more."
    )
    return words % ", ".join(f"“{member}”" for member in unopened[:MOST_NAMED])


def _nothing(request: DeskRequest) -> Outcome:
    if request.META.get("CONTENT_LENGTH", "0").isdigit() and int(request.META["CONTENT_LENGTH"]) > MOST_BYTES:
        return Outcome(
            _("Too large"), "bad", _("All files together may have at most 200 MB. Bring them in singly.")
        )
    return Outcome(_("No file"), "warn", _("No file was chosen. Drop one on the frame or choose it there."))


def _too_many(left: int) -> Outcome:
    words = ngettext(
        "%d file was left out. Bring it in once these are read.",
        "%d files were left out. Bring them in once these are read.",
        left,
    )
    return Outcome(_("Too many at once"), "warn", words % left)


def _progress(request: DeskRequest, named: list[UUID]) -> dict[str, object]:
    """The papers that the actor brought in from the first to the last of those named.

    The address names only these two: it must stay short, whatever a container holds.
    """
    ends = named[:1] + named[-1:]
    within = selectors.papers(by=request.acting)
    span = within.filter(public_id__in=ends).aggregate(first=Min("id"), last=Max("id"))
    mine = within.filter(received_by=request.acting.account)
    found: list[Paper] = []
    if span["first"]:
        rows = mine.filter(id__gte=span["first"], id__lte=span["last"]).order_by("id")
        found = list(rows[:MOST_SHOWN])
    names = "&".join(f"paper={paper}" for paper in dict.fromkeys(ends))
    return {
        "rows": [_row(paper) for paper in found],
        "is_done": all(paper.state != Paper.State.WAITING for paper in found),
        "ask_url": f"{reverse('documents:progress')}?{names}",
    }


def _row(paper: Paper) -> dict[str, object]:
    shapes = {"waiting": "begun", "read": "waiting", "confirmed": "done", "failed": "late"}
    is_open = paper.state in (Paper.State.READ, Paper.State.CONFIRMED)
    return {
        "title": paper.name,
        "css": shapes[paper.state],
        "words": paper.get_state_display(),
        "message": paper.error,
        "url": reverse("documents:reading", args=[paper.public_id]) if is_open else "",
    }


def _is_id(word: str) -> bool:
    try:
        UUID(word)
    except ValueError:
        return False
    return True
