"""The example office of a demo: its units and people, the project's sample papers, and the files named.

Everything goes through the same services as an office's own work; only the passwords are kept, in the demo's
private folder, so that a second start can print them again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from nhipcau.reading.findings import MarkedError, UnreadableError
from nhipcau.records.documents import services as documents
from nhipcau.records.documents.cards import from_plain
from nhipcau.records.documents.models import Document, Mention, Paper, Part
from nhipcau.records.foundation import jobs, services
from nhipcau.records.foundation.access import ROLES
from nhipcau.records.foundation.actors import Actor, act, system
from nhipcau.records.foundation.attempts import is_unused
from nhipcau.records.foundation.models import Account, Unit
from nhipcau.records.foundation.passwords import made_password
from nhipcau.records.organisations import services as organisations
from nhipcau.site import first_units
from nhipcau.site.first_start import SignIn

SAMPLES = Path(__file__).resolve().parent / "samples"
# Left on the desk, so that there is something to confirm.
WAITING_SAMPLES = ("6-", "7-")
FOUNDED = date(2020, 1, 1)
# Sign-in name, role, and the post that is shown; posts, no persons.
PEOPLE = (
    ("vanthu", "clerk", "Văn thư Liên hiệp"),
    ("chuyenvien", "officer", "Chuyên viên Liên hiệp"),
    ("lanhdao", "head", "Lãnh đạo Liên hiệp"),
    ("quantri", "administrator", "Quản trị"),
)


@dataclass(frozen=True)
class Summary:
    """What a demo holds when it is ready, for the person at the terminal."""

    documents: int
    waiting: int
    citations: int
    warnings: int
    signins: tuple[SignIn, ...]
    #: One sentence for each file that could not be read.
    refused: tuple[str, ...] = ()

    def text(self, address: str | None) -> str:
        """The summary in a few lines; `address` where the pages are served."""
        lines = [
            "",
            "Nhịp Cầu: an example office with sample data",
            f"  documents  {self.documents} in the register, {self.waiting} waiting on the desk",
            f"  citations  {self.citations}",
            f"  warnings   {self.warnings}",
            *(f"  refused    {sentence}" for sentence in self.refused),
        ]
        if address:
            lines += [f"  address    {address}"]
        lines += [f"  sign in    {one.username} / {one.password}  ({one.role})" for one in self.signins]
        return "\n".join(
            [*lines, *(["", "Ctrl-C ends it; the data stay for the next demo."] if address else [])]
        )


def build(files: Sequence[Path]) -> Summary:
    """Make the example office where it is missing, read its samples and `files`; safe to run again."""
    signins = _people(_office())
    clerk = act(Account.objects.get(username="vanthu"), door="cli", on=timezone.localdate())
    with first_units.beside():
        refused = _papers(clerk, files)
    return _summary(signins, tuple(refused))


def _papers(clerk: Actor, files: Sequence[Path]) -> list[str]:
    """Read the samples and `files`, confirm what a clerk would; a sentence for each file that was refused."""
    samples = sorted(SAMPLES.glob("*.txt"))
    refused = [_take(clerk, path) for path in [*samples, *files]]
    # In this order, so that what is cited stands in the register before what cites it.
    for path in samples:
        if not path.name.startswith(WAITING_SAMPLES):
            _confirm(clerk, path.name)
    for document in Document.objects.filter(office=clerk.office, state=Document.State.REGISTERED):
        if document.derivations.filter(state="proposed").exists():
            documents.decide_all(by=clerk, document=document, accept=True, why="dữ liệu mẫu")
    return [sentence for sentence in refused if sentence]


def _office() -> Unit:
    """The office's unit: a Union below an invented province, below an invented central body."""
    by = system(door="system", on=timezone.localdate())
    found = Unit.objects.filter(name="Liên hiệp các tổ chức hữu nghị tỉnh Sông Ngân").first()
    if found is not None:
        return found
    centre = _unit(by, "Hội đồng Giao lưu nhân dân Trung ương", "HĐGL", Unit.Level.CENTRE, None)
    province = _unit(by, "Tỉnh Sông Ngân", "Sông Ngân", Unit.Level.PROVINCE, centre)
    _unit(by, "Xã Bến Trúc", "Bến Trúc", Unit.Level.COMMUNE, province)
    union = _unit(
        by,
        "Liên hiệp các tổ chức hữu nghị tỉnh Sông Ngân",
        "LHHN tỉnh Sông Ngân",
        Unit.Level.PROVINCE,
        province,
    )
    organisations.open_office(by=by, unit=union, opened_on=FOUNDED)
    return union


def _unit(by: Actor, name: str, short_name: str, level: str, parent: Unit | None) -> Unit:
    return organisations.found_unit(
        by=by, name=name, short_name=short_name, level=level, founded_on=FOUNDED, parent=parent
    )


def _people(unit: Unit) -> tuple[SignIn, ...]:
    """The accounts of the example office, each with one role; their passwords are kept for the next start."""
    by = system(door="system", on=timezone.localdate())
    passwords = _passwords()
    signins = []
    for username, role, name in PEOPLE:
        password = passwords[username]
        found = Account.objects.filter(username=username).first()
        if found is not None and is_unused(found):
            services.set_active(by=by, account=found, is_active=True, why="demo started again")
        if found is None:
            account = services.create_account(by=by, username=username, display_name=name, password=password)
            services.give_grant(by=by, account=account, role=role, unit=unit, valid_from=FOUNDED)
        signins.append(SignIn(username, password, str(ROLES[role].name)))
    return tuple(signins)


def _passwords() -> dict[str, str]:
    """One password for each person of the demo, made at the first start."""
    path = settings.NHIPCAU_PLACE.files.parent / "demo-passwords.json"
    if path.exists():
        kept: dict[str, str] = json.loads(path.read_text("utf-8"))
        return kept
    made = {username: made_password() for username, _role, _name in PEOPLE}
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(made, file)
    return made


def _take(by: Actor, path: Path) -> str:
    """Bring one file in and read it at once; the sentence where it is refused or cannot be read."""
    try:
        received = documents.receive_file(
            by=by, name=path.name, data=path.read_bytes(), confirmed_unmarked=False
        )
    except MarkedError as marked:
        return f"{path.name}: {marked.mark}"
    except UnreadableError as error:
        return f"{path.name}: {error}"
    except documents.PicturesUnreadError as unseen:
        what = "có phần không mở được" if unseen.unopened else "trang đầu là ảnh chưa đọc được"
        return f"{path.name}: {what}, hãy thả tệp này trên trang và xác nhận"
    for job in received.jobs:
        jobs.run_job.call(job.pk)
    return "; ".join(f"{paper.name}: {paper.error}" for paper in received.papers if paper.error)


def _confirm(by: Actor, name: str) -> None:
    """Confirm every document of a sample under the card that the machine read."""
    paper = Paper.objects.filter(attachment__name=name, office=by.office, state=Paper.State.READ).first()
    for part in paper.parts.filter(state=Part.State.PROPOSED) if paper else ():
        try:
            documents.confirm(by=by, paper=part.paper, part=part.index, card=from_plain(part.card))
        except (documents.SameIdentity, ValidationError):
            continue


def _summary(signins: tuple[SignIn, ...], refused: tuple[str, ...]) -> Summary:
    parts = Part.objects.all()
    return Summary(
        documents=Document.objects.filter(state__in=Document.IN_REGISTER).count(),
        waiting=parts.filter(state=Part.State.PROPOSED).count(),
        citations=Mention.objects.count(),
        warnings=sum(parts.values_list("warnings", flat=True)),
        signins=signins,
        refused=refused,
    )
