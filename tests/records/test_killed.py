"""kill -9 of web process, worker and database server: all or nothing, and the next run ends it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from openpyxl import Workbook

from nhipcau.interchange.incoming import bringing
from nhipcau.records.documents import services
from nhipcau.records.documents.models import Document, Paper, Part
from nhipcau.records.foundation import jobs
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Event, Import, Job
from nhipcau.records.foundation.services import imports
from nhipcau.site.database.embedded import Server
from tests import world as cast
from tests.interchange.incoming.sheets import UNITS, after_jobs, brought, saved, workbook
from tests.records import killing
from tests.records.told import cite, doc

pytestmark = [pytest.mark.usefixtures("told"), pytest.mark.django_db(transaction=True)]

#: How a job is told to stand, and the queue: they say that it was begun, whatever came of it.
QUEUE = ("foundation_job",)
ROWS = 40
moments = pytest.mark.parametrize("moment", killing.MOMENTS)
#: Who is killed: the process that does the work, or the database under it.
victims = pytest.mark.parametrize("victim", ["worker or web", "database"])


@victims
@moments
def test_a_merge(database_server: Server, victim: str, moment: int) -> None:
    """Two documents with papers, citations and edges become one, or stay two."""
    by = cast.build().clerk
    kept, folded = _two_of_one(by)

    def work() -> object:
        return services.merge(by=by, kept=kept, folded=folded)

    _nothing_or_all(work, work, _server(database_server, victim), f"merge {victim} {moment}")


@victims
@moments
def test_a_file_that_is_received(database_server: Server, victim: str, moment: int) -> None:
    """The bytes, the paper, its job and the event, or none; the same file is taken in afterwards."""
    by = cast.build().clerk
    data = doc(type="Công văn", number="3-CV/VP", date="2026-03-02", subject="mời họp").encode()

    def work() -> object:
        return services.receive_file(by=by, name="a.txt", data=data)

    _nothing_or_all(work, work, _server(database_server, victim), f"upload {victim} {moment}")


@victims
@moments
def test_the_reading_of_a_file(database_server: Server, victim: str, moment: int) -> None:
    """Parts, citations, candidates and what the card proposes stand together, or the paper waits."""
    by = cast.build().clerk
    cast.confirmed(by, doc(type="Luật", number="3-LT/HĐ", date="2020-03-02", subject="giao lưu"))
    text = doc(type="Báo cáo", number="8-BC/HGL", subject="việc") + cite(type="Luật", number="3-LT/HĐ")
    got = services.receive_file(by=by, name="a.txt", data=text.encode())
    job = got.jobs[0]
    _job_nothing_or_all(job, _server(database_server, victim), f"reading {victim} {moment}")
    assert Part.objects.filter(paper=got.paper).count() == 1
    got.paper.refresh_from_db()
    assert got.paper.state == Paper.State.READ


@victims
@moments
def test_a_table_that_is_brought(database_server: Server, victim: str, moment: int) -> None:
    """The file, its import, its headings and the job of its preview, or none of them."""
    by = cast.build().administrator
    data = saved(_table())

    def work() -> object:
        return bringing.bring(by=by, register=UNITS, name="don-vi.xlsx", data=data)

    server = _server(database_server, victim)
    _killed(work, server, f"table {victim} {moment}", but=())
    # The file is kept first, then its columns are named and its preview is asked for: two steps, each whole.
    assert Import.objects.count() == Event.objects.filter(verb="bring").count()
    asked = Import.objects.filter(state=Import.State.CHECKING).exclude(job=None).count()
    assert asked == Job.objects.count() == Event.objects.filter(verb="name_columns").count()
    killing.stored_and_named()
    assert brought(by, data).state == Import.State.READY


@moments
def test_the_writing_of_a_table(database_server: Server, moment: int) -> None:
    """The database dies under it (that the worker does is tried beside the import): all rows, or none."""
    by = cast.build().administrator
    taken = brought(by, saved(_table()))
    imports.confirm_import(by=by, taken=taken, title="thử")
    taken.refresh_from_db()
    assert taken.job is not None
    # The file of what came of it bears the hour, so it is another each time.
    _job_nothing_or_all(
        taken.job, database_server, f"writing {moment}", but=(*QUEUE, "foundation_attachment")
    )
    assert after_jobs(taken).state == Import.State.DONE


def _nothing_or_all(
    work: Callable[[], object], again: Callable[[], object], server: Server | None, seed: str
) -> None:
    before = killing.facts()
    done = _killed(work, server, seed, but=())
    found = killing.facts()
    begun, left = killing.apart(found, before), killing.apart(found, done)
    assert not begun or not left, "half of it stands"
    killing.stored_and_named()
    if left:
        again()
    assert not killing.apart(killing.facts(), done)
    killing.stored_and_named()


def _job_nothing_or_all(job: Job, server: Server | None, seed: str, *, but: tuple[str, ...] = QUEUE) -> None:
    """A job that was killed is known by its lock, queued again at the next start, and ends as foreseen."""

    def work() -> None:
        jobs.run_job.func(job.pk)

    before = killing.facts(but=but)
    done = _killed(work, server, seed, but=but)
    found = killing.facts(but=but)
    begun, left = killing.apart(found, before), killing.apart(found, done)
    assert not begun or not left, "half of it stands"
    job.refresh_from_db()
    if job.state == Job.State.RUNNING:
        killing.patiently(jobs.requeue_stale)
    cast.run_jobs()
    assert not killing.apart(killing.facts(but=but), done)
    killing.stored_and_named()


def _killed(
    work: Callable[[], object], server: Server | None, seed: str, *, but: tuple[str, ...]
) -> killing.Facts:
    done, steps = killing.rehearsed(work, but=but)
    killing.killed(work, server, steps=steps, seed=seed)
    return done


def _server(server: Server, victim: str) -> Server | None:
    return server if victim == "database" else None


def _two_of_one(by: Actor) -> tuple[Document, Document]:
    """The same document twice, each with a paper, a citation and what cites it."""
    law = cast.confirmed(by, doc(type="Luật", number="3-LT/HĐ", date="2020-03-02", subject="giao lưu"))
    assert law.register_number
    made = []
    for number in (5, 6):
        text = doc(type="Kế hoạch", number=f"{number}/KH-HGL", date="2026-03-02", subject="giao lưu")
        made.append(cast.confirmed(by, text + cite(type="Luật", number="3-LT/HĐ"), name=f"{number}.txt"))
        report = doc(type="Báo cáo", number=f"1{number}-BC/HGL", subject="việc")
        cited = cite(type="Kế hoạch", number=f"{number}/KH-HGL")
        cast.confirmed(by, report + cited, name=f"1{number}.txt")
    return made[0], made[1]


def _table() -> Workbook:
    return workbook([["Tên", "Cấp"], *([f"Tổ số {number:03}", "cấp tỉnh"] for number in range(ROWS))])
