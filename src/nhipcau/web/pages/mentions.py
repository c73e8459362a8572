"""Place a citation: choose the document that is meant, make it known, or leave it open."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.records.documents import recognition, selectors, services
from nhipcau.records.documents.models import Candidate, Mention
from nhipcau.records.documents.policies import CANDIDATES, MENTIONS
from nhipcau.records.documents.register import REGISTER
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.listing import listed
from nhipcau.web.acting import DeskRequest, signed_in

FOUND = 10


@require_http_methods(["GET", "POST"])
@signed_in
def place(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """The page of one citation that means nothing certain yet."""
    rows = Mention.objects.select_related("part__document", "part__paper", "document")
    mention = MENTIONS.fetch(request.acting, public_id, rows=rows)
    if request.method == "POST":
        try:
            return _decide(request, mention)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages), extra_tags="bad")
            return redirect("documents:mention", mention.public_id)
    search = request.GET.get("q", "").strip()[:200]
    found = listed(REGISTER, request.acting, search=search)[:FOUND] if search else []
    paper = reverse("documents:part", args=[mention.part.paper.public_id, mention.part.index])
    context = {
        "mention": mention,
        "candidates": [_shown(row) for row in mention.candidates.select_related("document")],
        "found": found,
        "search": search,
        "can_make_known": recognition.can_make_known(mention),
        "may": Permission.MENTION_LINK in request.acting.permissions,
        "place_url": f"{paper}#p-T{mention.index + 1}",
        "way": "documents",
    }
    return render(request, "documents/mention.html", context)


def _decide(request: DeskRequest, mention: Mention) -> HttpResponse:
    given, by = request.POST, request.acting
    if given.get("document"):
        document = selectors.document(by=by, public_id=given["document"])
        services.link_mention(by=by, mention=mention, document=document)
        words = _("Linked with %s.") % document
    elif given.get("reject"):
        services.reject_candidate(by=by, candidate=CANDIDATES.fetch(by, given["reject"]))
        words = _("It is not meant here.")
    elif given.get("unlink"):
        services.unlink_mention(by=by, mention=mention, why=given.get("why", ""))
        words = _("The link was taken back.")
    elif given.get("known"):
        document = services.make_known(by=by, mention=mention, day=_day(given.get("day", "")))
        words = _("%s is now known; its paper is missing.") % document
    else:
        raise ValidationError(_("Nothing was chosen."))
    messages.success(request, words, extra_tags="good")
    return redirect("documents:mention", mention.public_id)


def _shown(candidate: Candidate) -> dict[str, object]:
    reasons = ", ".join(str(recognition.REASONS.get(code, code)) for code in candidate.reasons)
    return {"row": candidate, "document": candidate.document, "reasons": reasons}


def _day(words: str) -> date | None:
    if not words.strip():
        return None
    try:
        return datetime.strptime(words.strip(), "%d/%m/%Y").date()  # noqa: DTZ007 (a day has no zone)
    except ValueError as error:
        raise ValidationError(_("“%s” is no day. Write it as 05/01/2026.") % words) from error
