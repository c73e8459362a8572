"""The job that reads a paper: keeps the reading, its documents, what they cite, and what that may mean."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from nhipcau.reading.findings import Mark, MarkedError, UnreadableError
from nhipcau.records.documents import looking
from nhipcau.records.documents.cards import as_plain, proposed
from nhipcau.records.documents.models import Mention, Paper, Part
from nhipcau.records.documents.numbers import number_key
from nhipcau.records.documents.policies import PAPERS
from nhipcau.records.documents.services.linking import refresh_candidates
from nhipcau.records.documents.services.receiving import READ
from nhipcau.records.foundation import events, files, jobs
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.services import refuse

# A paper that failed may be readable since: the program that reads pictures was installed.
UNREAD = (Paper.State.WAITING, Paper.State.FAILED)


@jobs.does(READ)
def run(by: Actor, arguments: dict[str, Any], progress: jobs.Progress) -> models.Model | None:
    """The work of the job: read one paper; a second run finds it read and changes nothing."""
    paper = PAPERS.fetch(by, arguments["paper"])
    if paper.state in UNREAD:
        progress.tell(0)
        paper = read_paper(by=by, paper=paper)
    if paper.state == Paper.State.FAILED:
        raise jobs.HopelessError(paper.error)
    return paper


def read_paper(*, by: Actor, paper: Paper) -> Paper:
    """Read a paper that waits, or that could not be read before. What cannot is ``failed`` with one sentence.

    So is a paper in which a mark is found only now, because a program that reads pictures was installed
    since: its file is removed, and its refusal kept. The reading itself runs outside the transaction: it may
    take long, and it touches no row.
    """
    PAPERS.require(by, Permission.PAPER_RECEIVE, paper)
    mark = None
    try:
        reading = _reading(paper)
    except UnreadableError as error:
        return _fail(by, paper, str(error))
    except FileNotFoundError:
        return _fail(by, paper, _("The file is no longer in the store."))
    except MarkedError as marked:
        mark = marked.mark
    if mark is not None:
        return _withdraw(by, paper, mark)
    return _keep(by, paper, reading)


def _withdraw(by: Actor, paper: Paper, mark: Mark) -> Paper:
    refuse(by=by, mark=mark)
    files.remove(paper.attachment)
    return _fail(by, paper, _("It bears a secrecy mark, found when it was read; the file was removed."))


def _reading(paper: Paper) -> dict[str, Any]:
    attachment, leaf = paper.attachment, _leaf(paper)
    return looking.reading_of(leaf, name=attachment.name, sha256=attachment.sha256, size=attachment.size)


def _leaf(paper: Paper) -> looking.Leaf:
    """The paper as it was opened before the stop where that was slow, else opened again from its file."""
    if paper.recognised is not None:
        return looking.from_plain(paper.member, paper.recognised)
    data = files.read(paper.attachment)
    leaves = {leaf.member[:300]: leaf for leaf in looking.look(paper.attachment.name, data)}
    return leaves[paper.member]


@transaction.atomic
def _fail(by: Actor, paper: Paper, sentence: str) -> Paper:
    row = PAPERS.lock(by, Permission.PAPER_RECEIVE, paper)
    changes = events.differences(row, {"state": Paper.State.FAILED, "error": sentence[:500]})
    row.state, row.error = Paper.State.FAILED, sentence[:500]
    row.save(update_fields=["state", "error"])
    events.record(by=by, verb="fail_reading", record=row, changes=changes)
    return row


@transaction.atomic
def _keep(by: Actor, paper: Paper, reading: dict[str, Any]) -> Paper:
    row = PAPERS.lock(by, Permission.PAPER_RECEIVE, paper)
    if row.state not in UNREAD:
        return row
    before = row.state
    row.state, row.error, row.recognised = Paper.State.READ, "", None
    row.reading, row.reader_version = reading, version("nhipcau")
    row.save(update_fields=["state", "error", "recognised", "reading", "reader_version"])
    for index, document in enumerate(reading["documents"]):
        part = _part(row, index, document, reading["text"])
        _mentions(part, document["citations"])
        refresh_candidates(part)
    changes = {
        "state": (before, Paper.State.READ),
        "documents": (None, len(reading["documents"])),
        "reader_version": (None, version("nhipcau")),
    }
    events.record(by=by, verb="read", record=row, changes=changes)
    return row


def _part(paper: Paper, index: int, document: dict[str, Any], text: str) -> Part:
    start, end = document["span"]
    return Part.objects.create(
        office=paper.office,
        paper=paper,
        index=index,
        span_start=start,
        span_end=end,
        card=as_plain(proposed(document, text=text, received_on=paper.received_on)),
        warnings=len(document["anomalies"]),
    )


def _mentions(part: Part, citations: list[dict[str, Any]]) -> None:
    made = Mention.objects.bulk_create(
        [_mention(part, index, citation) for index, citation in enumerate(citations)]
    )
    repeated = []
    for mention, citation in zip(made, citations, strict=True):
        if citation.get("refers_to") is not None:
            mention.refers_to = made[citation["refers_to"]]
            repeated.append(mention)
    Mention.objects.bulk_update(repeated, ["refers_to"])


def _mention(part: Part, index: int, citation: dict[str, Any]) -> Mention:
    start, end = citation["span"]
    number = (citation["number"] or "")[:80]
    return Mention(
        office=part.office,
        part=part,
        index=index,
        span_start=start,
        span_end=end,
        surface=citation["surface"][:500],
        type_name=(citation["type"] or "")[:120],
        number=number,
        number_key=number_key(number),
        date=_day(citation["date"]),
        issuer_name=(citation["issuer"] or "")[:300],
        is_partial=citation["partial"],
        relation=citation["relation"],
    )


def _day(text: str | None) -> date | None:
    """The day of a citation; an impossible one (30/02) is told by an anomaly and is no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
