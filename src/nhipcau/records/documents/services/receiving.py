"""A file comes in.

Looked at in memory, refused where it bears a mark, kept and queued for reading where not.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from nhipcau.reading.findings import Mark, MarkedError, UnreadableError
from nhipcau.records.documents import looking
from nhipcau.records.documents.looking import Leaf
from nhipcau.records.documents.models import Paper
from nhipcau.records.documents.policies import PAPERS
from nhipcau.records.foundation import events, files, jobs
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Account, Attachment, Job, Office
from nhipcau.records.foundation.services import refuse

READ = "documents.read"


class PicturesUnreadError(Exception):
    """Something could not be looked at for a mark: a first page that is a picture, or members of a container.

    Ask the clerk, then call with ``confirmed_unmarked``. ``unopened`` names the members, by their paths.
    """

    def __init__(self, unopened: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.unopened = unopened


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a file: its papers (several for a container) and their jobs; none where it was known."""

    papers: tuple[Paper, ...]
    jobs: tuple[Job, ...]
    is_repeated: bool = False

    @property
    def paper(self) -> Paper:
        """The first, for most files the only paper."""
        return self.papers[0]


def receive_file(*, by: Actor, name: str, data: bytes, confirmed_unmarked: bool = False) -> Received:
    """Take in a file held in memory: keep it, and queue its reading.

    The same content in the same office is recognised at once and nothing is written. Raises
    ``MarkedError`` after the one line of the refusal is kept (so never call it inside a transaction of
    your own), ``UnreadableError`` with a sentence for the clerk, ``PicturesUnreadError`` where the clerk
    must first say that there is no mark: on a picture, or in a member that could not be opened.
    """
    PAPERS.require(by, Permission.PAPER_RECEIVE)
    office, account = _place(by)
    leaves, mark = _look(office, name, data)
    if mark is not None:
        refuse(by=by, mark=mark)
        # Raised out here, because the frames of the first one hold the text of the paper.
        raise MarkedError(mark)
    if leaves and all(leaf.opened is None for leaf in leaves):
        raise UnreadableError("unreadable", leaves[0].error)
    unread = any(_is_unseen(leaf) for leaf in leaves)
    if unread and not confirmed_unmarked:
        raise PicturesUnreadError(tuple(leaf.member for leaf in leaves if leaf.opened is None))
    return _keep(by, office, account, name, data, leaves, unread=unread)


def _look(office: Office, name: str, data: bytes) -> tuple[list[Leaf], Mark | None]:
    """The papers of a file, or its mark; neither for content that the office keeps: it has passed before."""
    try:
        looking.look_at_name(name)
        if Attachment.objects.filter(office=office, sha256=files.sha256_of(data)).exists():
            return [], None
        return looking.look(name, data), None
    except MarkedError as marked:
        return [], marked.mark


@transaction.atomic
def _keep(
    by: Actor, office: Office, account: Account, name: str, data: bytes, leaves: list[Leaf], *, unread: bool
) -> Received:
    sha256 = files.sha256_of(data)
    _only_one(office, sha256)
    known = Attachment.objects.filter(office=office, sha256=sha256).first()
    if known is not None:
        return Received(tuple(known.papers.order_by("id")), (), is_repeated=True)
    with files.keeping(office, data):
        attachment = Attachment.objects.create(
            office=office,
            sha256=sha256,
            name=name[:300],
            media_type=_media_type(leaves),
            size=len(data),
        )
        again = looking.was_recognised(leaves)
        papers = [_paper(by, account, attachment, leaf, keeps_text=again) for leaf in leaves]
        queued = [_queue(by, paper) for paper in papers if paper.state == Paper.State.WAITING]
        changes = events.creation(attachment, "name", "sha256", "size")
        changes |= {"papers": (None, [str(paper.public_id) for paper in papers])}
        if unread:
            changes |= {"confirmed_unmarked": (None, True)}
        events.record(by=by, verb="receive", record=papers[0], changes=changes)
    return Received(tuple(papers), tuple(queued))


def _place(by: Actor) -> tuple[Office, Account]:
    if by.office is None or by.account is None:
        raise ValueError("a paper is received by a person in an office")
    return by.office, by.account


def _only_one(office: Office, sha256: str) -> None:
    """Hold whoever brings the same file to the same office at the same moment until this one is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [sha256, office.pk])


def _media_type(leaves: list[Leaf]) -> str:
    whole = leaves[0].opened if not leaves[0].member else None
    return whole.media_type if whole else "application/octet-stream"


def _is_unseen(leaf: Leaf) -> bool:
    """Whether a mark may stand where nobody could look: on a picture, or in what could not be opened."""
    return leaf.opened is None or leaf.opened.has_unread_pictures


def _paper(by: Actor, account: Account, attachment: Attachment, leaf: Leaf, *, keeps_text: bool) -> Paper:
    unread = _is_unseen(leaf)
    return Paper.objects.create(
        office=attachment.office,
        attachment=attachment,
        member=leaf.member[:300],
        state=Paper.State.WAITING if leaf.opened else Paper.State.FAILED,
        error=leaf.error[:500],
        recognised=looking.as_plain(leaf) if keeps_text else None,
        has_unread_pictures=leaf.opened is not None and unread,
        unmarked_by=account if unread else None,
        unmarked_at=timezone.now() if unread else None,
        received_by=account,
        received_on=by.on,
    )


def _queue(by: Actor, paper: Paper) -> Job:
    arguments = {"paper": str(paper.public_id)}
    return jobs.enqueue(by=by, kind=READ, title=paper.name, arguments=arguments)
