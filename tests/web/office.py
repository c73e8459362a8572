"""The office that the pages of these tests show: the cast, the project's sample papers, one of each thing.

Built once for all tests of this folder, in a transaction that none of them can end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from lxml import html

import nhipcau.site
from nhipcau.interchange.incoming.bringing import bring, choose
from nhipcau.reading.findings import UnreadableError
from nhipcau.records.documents import looking, services
from nhipcau.records.documents.models import Document, MarkedStub, Mention, Merge, Paper, Part, Relation
from nhipcau.records.foundation import services as foundation
from nhipcau.records.foundation.actors import Actor, act
from nhipcau.records.foundation.models import Account, Grant, Import, Job, Unit, UnitRole
from nhipcau.records.organisations.register import REGISTER as UNITS
from tests import world as cast
from tests.interchange.incoming.sheets import saved, workbook

SAMPLES = Path(nhipcau.site.__file__).parent / "samples"
#: The samples that stay on the desk.
WAITING = ("6-", "7-")
DIRECTIVE = "07-CT/HĐGL"


@dataclass(frozen=True, slots=True)
class Office:
    """What the tests look at; all of it belongs to the office of Sông Ngân but ``foreign``."""

    world: cast.World
    directive: Document  # registered, with a cascade
    known: Document  # cited only
    twin: Document  # of the same identity as ``doubled``
    doubled: Document
    merge: Merge
    waiting: Paper  # read, not confirmed
    confirmed: Paper
    failed: Paper
    mention: Mention  # waits to be placed
    relation: Relation  # waits to be decided
    job: Job  # failed
    stub: MarkedStub
    shared: UnitRole  # by which Đồi Quế read along in ``known``, until it was taken back
    foreign: Document  # of the office of Đồi Quế
    foreign_paper: Paper
    person: Account  # the officer of Sông Ngân
    grant: Grant  # the officer's
    taken: Import  # a file of units, previewed: new, changed, unchanged and in error

    @property
    def unit(self) -> Unit:
        """A unit that everybody sees, and that the administrator of Sông Ngân may change."""
        return self.world.department


def build() -> Office:
    """Everything, through the services."""
    world = cast.build()
    for person in (world.head, world.administrator):
        give_factor(person)
    clerk = acting(world.clerk)
    papers = {path.name: _taken(clerk, path) for path in sorted(SAMPLES.glob("*.txt"))}
    for name, paper in papers.items():
        if not name.startswith(WAITING):
            confirm_all(clerk, paper)
    failed = _failed(clerk)
    doubled, twin, merge = _doubles(clerk)
    foreign_paper = _taken(acting(world.neighbour), SAMPLES / "1-chi-thi-trung-uong.txt")
    (foreign,) = confirm_all(acting(world.neighbour), foreign_paper)
    own = {"office": clerk.office}
    known = _first(Document.objects.filter(state=Document.State.KNOWN, **own))
    waiting = Mention.objects.exclude(state=Mention.State.LINKED).filter(
        part__state=Part.State.CONFIRMED, **own
    )
    return Office(
        world=world,
        directive=Document.objects.get(number=DIRECTIVE, **own),
        known=known,
        twin=twin,
        doubled=doubled,
        merge=merge,
        waiting=_first(Paper.objects.filter(state=Paper.State.READ, **own)),
        confirmed=papers["1-chi-thi-trung-uong.txt"],
        failed=failed,
        mention=_first(waiting),
        relation=_first(Relation.objects.filter(state=Relation.State.PROPOSED, **own)),
        job=Job.objects.get(state=Job.State.FAILED, **own),
        shared=_shared(acting(world.head), known, world.doi_que),
        stub=services.enter_stub(
            by=clerk,
            number="05-CV/HĐGL",
            date=date(2026, 2, 3),
            issuer_name="Hội đồng Giao lưu nhân dân",
            mark="mật",
        ),
        foreign=foreign,
        foreign_paper=foreign_paper,
        person=Account.objects.get(username="officer"),
        grant=Grant.objects.get(account__username="officer"),
        taken=file_of_units(acting(world.administrator)),
    )


def file_of_units(by: Actor) -> Import:
    """A file of units whose preview waits to be confirmed, with a row of each outcome."""
    department = Unit.objects.get(name="Ban Hợp tác tỉnh Sông Ngân")
    rows: list[list[str | None]] = [
        ["Mã bản ghi", "Tên", "Cấp", "Đơn vị cha", "Ghi chú"],
        [str(department.public_id), "Ban Hợp tác và Dự án", None, None, "đổi tên"],
        [None, "Văn phòng", "cấp tỉnh", None, None],
        [None, "Tổ Biên dịch", "cấp huyệnn", "Văn phòng", None],
    ]
    taken = bring(by=by, register=UNITS, name="don-vi-2026.xlsx", data=saved(workbook(rows)))
    columns = {
        "ma ban ghi": "public_id",
        "ten": "name",
        "cap": "level",
        "don vi cha": "parent",
        "ghi chu": "",
    }
    choose(by=by, register=UNITS, taken=taken, choices={"columns": columns, "sheets": [0]})
    cast.run_jobs()
    taken.refresh_from_db()
    return taken


def give_factor(person: Actor) -> str:
    """A second factor, without which who approves or administers gets no further; its secret."""
    assert person.account is not None
    secret = generate_totp_secret()
    TOTP.activate(person.account, secret)
    return str(secret)


def acting(person: Actor) -> Actor:
    """Somebody of the cast on the day on which the pages act: today."""
    from django.utils import timezone

    assert person.account is not None
    return act(person.account, door="web", on=timezone.localdate())


def confirm_all(by: Actor, paper: Paper) -> list[Document]:
    """Confirm every part of a paper as it was read."""
    found = []
    for part in paper.parts.order_by("index"):
        card = cast.card_of(paper, part.index)
        found.append(services.confirm(by=by, paper=paper, part=part.index, card=card))
    paper.refresh_from_db()
    return found


def signed_in(person: Actor) -> Client:
    """A browser of one of the cast."""
    assert person.account is not None
    client = Client(headers={"accept-language": "en"})
    client.force_login(person.account)
    return client


def content(answer: Any) -> bytes:
    """The whole of an answer, also of one that is sent in pieces; its file is closed then."""
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def tree(answer: Any) -> html.HtmlElement:
    """The page of an answer, to look things up in."""
    return html.document_fromstring(answer.content.decode())


def words(element: html.HtmlElement) -> str:
    """The text of an element with single blanks."""
    return " ".join(element.text_content().split())


def _taken(by: Actor, path: Path) -> Paper:
    return cast.received(by, path.read_text("utf-8"), name=path.name)


def _shared(by: Actor, document: Document, unit: Unit) -> UnitRole:
    """A unit that read along in a document; it does no more."""
    shared = foundation.share_record(by=by, record=document, unit=unit, why="phối hợp")
    return foundation.end_sharing(by=by, shared=shared, why="xong việc")


def _failed(by: Actor) -> Paper:
    """A paper whose reading failed, with its job."""
    got = services.receive_file(by=by, name="hong.txt", data="Một tờ giấy sắp hỏng.".encode())

    def fail(*_given: Any, **_named: Any) -> Any:
        raise UnreadableError("damaged", "Tệp hỏng, không đọc được.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(looking, "reading_of", fail)
        cast.run_jobs()
    got.paper.refresh_from_db()
    return got.paper


def _doubles(by: Actor) -> tuple[Document, Document, Merge]:
    """Two documents of one identity, kept apart by a clerk, and a third that was merged."""
    made = [_apart(by, f"Bản chép tay thứ {place} của một thông báo cũ.") for place in ("nhất", "nhì", "ba")]
    merge = services.merge(by=by, kept=made[0], folded=made[2])
    for one in made:
        one.refresh_from_db()
    return made[0], made[1], merge


def _apart(by: Actor, text: str) -> Document:
    paper = cast.received(by, text, name="thong-bao.txt")
    card = cast.card_of(
        paper,
        type_name="Thông báo",
        number="16/TB-HGL",
        date=date(2026, 3, 2),
        issuer_name="Hội Giao lưu Nhân dân tỉnh Sông Ngân",
        subject="Lịch trực hè",
    )
    return services.confirm(by=by, paper=paper, part=0, card=card, is_different=True)


def _first(rows: Any) -> Any:
    row = rows.order_by("id").first()
    assert row is not None
    return row
