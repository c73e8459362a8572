"""What a demo holds: its offices with their people, the project's sample papers, and the files named.

Everything goes through the same services as an office's own work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils import timezone

from nhipcau.reading.findings import MarkedError, UnreadableError
from nhipcau.records.documents import services as documents
from nhipcau.records.documents.cards import from_plain
from nhipcau.records.documents.models import Document, Mention, Paper, Part
from nhipcau.records.foundation import jobs
from nhipcau.records.foundation.actors import Actor, act
from nhipcau.records.foundation.models import Account
from nhipcau.site import demo_people, first_units
from nhipcau.site.demo_people import Person

SAMPLES = Path(__file__).resolve().parent / "samples"
# Left on the desk, so that there is something to confirm.
WAITING_SAMPLES = ("6-", "7-")


@dataclass(frozen=True)
class Summary:
    """What a demo holds when it is ready, for the person at the terminal."""

    documents: int
    waiting: int
    citations: int
    warnings: int
    people: tuple[Person, ...]
    #: One sentence for each file that could not be read.
    refused: tuple[str, ...] = ()

    def text(self, address: str | None) -> str:
        """The summary in a few lines; `address` where the pages are served."""
        lines = [
            "",
            "Nhịp Cầu: example offices with sample data",
            f"  documents  {self.documents} in the register, {self.waiting} waiting on the desk",
            f"  citations  {self.citations}",
            f"  warnings   {self.warnings}",
            *(f"  refused    {sentence}" for sentence in self.refused),
        ]
        if address:
            lines += [f"  address    {address}"]
        lines += ["", "Sign in as (role, name, password):", *demo_people.table(self.people)]
        return "\n".join(
            [*lines, *(["", "Ctrl-C ends it; the data stay for the next demo."] if address else [])]
        )


def build(files: Sequence[Path]) -> Summary:
    """Make the example offices where they are missing, read the samples and `files`; safe to run again."""
    # First the tree: one process at a time changes it.
    units = demo_people.offices()
    with first_units.beside():
        people = demo_people.people(units)
        clerk = act(Account.objects.get(username=demo_people.CLERK), door="cli", on=timezone.localdate())
        refused = _papers(clerk, files)
    return _summary(people, tuple(refused))


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


def _summary(people: tuple[Person, ...], refused: tuple[str, ...]) -> Summary:
    parts = Part.objects.all()
    return Summary(
        documents=Document.objects.filter(state__in=Document.IN_REGISTER).count(),
        waiting=parts.filter(state=Part.State.PROPOSED).count(),
        citations=Mention.objects.count(),
        warnings=sum(parts.values_list("warnings", flat=True)),
        people=people,
        refused=refused,
    )
