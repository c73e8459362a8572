"""Two people bring in the same file at once, and a file is written while others save."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from nhipcau.interchange.incoming import work
from nhipcau.records.documents.models import MarkedStub
from nhipcau.records.documents.services import enter_stub
from nhipcau.records.foundation import jobs
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Import, Job, Unit
from nhipcau.records.foundation.services import imports
from tests import world as cast
from tests.interchange.incoming.sheets import after_jobs, brought, counts, saved, workbook
from tests.records.documents.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = [[f"Tổ số {number:02}", "cấp tỉnh"] for number in range(20)]


def previewed(by: Actor) -> Import:
    return brought(by, saved(workbook([["Tên", "Cấp"], *ROWS])))


def confirmed(by: Actor, taken: Import) -> Job:
    """The job that waits to write a file."""
    imports.confirm_import(by=by, taken=taken, title="thử")
    taken.refresh_from_db()
    assert taken.job is not None
    return taken.job


def test_the_same_file_by_two_people_at_once_makes_no_doubles() -> None:
    """Who comes second is told that records changed, looks once more, and sees them there."""
    world = cast.build()
    colleague = cast.person("administrator", world.song_ngan, username="quan-tri-hai")
    first, second = previewed(world.administrator), previewed(colleague)
    job, other = confirmed(world.administrator, first), confirmed(colleague, second)
    at_once(lambda: jobs.run_job.func(job.pk), lambda: jobs.run_job.func(other.pk))
    assert Unit.objects.filter(name__startswith="Tổ số").count() == len(ROWS)
    first.refresh_from_db()
    second.refresh_from_db()
    assert sorted([first.state, second.state]) == [Import.State.DONE, Import.State.FAILED]
    late = first if first.state == Import.State.FAILED else second
    assert "xem trước" in late.message
    imports.check_again(by=world.administrator, taken=late, title="thử")
    assert counts(after_jobs(late)) == (0, 0, len(ROWS), 0)


def test_while_a_file_is_written_others_save_without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the middle of it a colleague of the same office saves; a lock in its way would end it."""
    world = cast.build()
    job = confirmed(world.administrator, previewed(world.administrator))
    saves: list[object] = []
    real = work.Run.tell

    def save() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '3s'")
            enter_stub(
                by=world.clerk, number="05-CV/HĐGL", date=date(2026, 2, 3), issuer_name="Hội", mark="mật"
            )

    def tell(run: work.Run, done: int) -> None:
        assert connection.in_atomic_block
        saves.extend(at_once(save))
        real(run, done)

    monkeypatch.setattr(work.Run, "tell", tell)
    jobs.run_job.func(job.pk)
    assert saves == [None]
    assert MarkedStub.objects.count() == 1


def test_how_far_the_writing_is_can_be_seen_before_it_is_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    world = cast.build()
    job = confirmed(world.administrator, previewed(world.administrator))
    monkeypatch.setattr("nhipcau.interchange.incoming.planning.BATCH", 5)
    monkeypatch.setattr(work, "TOLD_EVERY", 0.0)
    seen: list[int] = []
    real = work.Run.tell

    def tell(run: work.Run, done: int) -> None:
        real(run, done)
        seen.extend(at_once(lambda: Job.objects.get(pk=job.pk).done))  # type: ignore[arg-type]

    monkeypatch.setattr(work.Run, "tell", tell)
    jobs.run_job.func(job.pk)
    assert seen == [5, 10, 15, 20]


def test_telling_how_far_it_is_never_waits_for_the_transaction_that_it_is_told_of() -> None:
    """It would wait for ever: the one who holds the lock goes on only after it was told."""
    world = cast.build()
    job = confirmed(world.administrator, previewed(world.administrator))
    done = threading.Event()

    def hold_and_tell() -> None:
        with transaction.atomic():
            Job.objects.filter(pk=job.pk).update(message="đang ghi")
            work._elsewhere(lambda: _tell(job))
        connection.close()
        done.set()

    threading.Thread(target=hold_and_tell, daemon=True).start()
    assert done.wait(60)
    job.refresh_from_db()
    assert (job.done, job.message) == (0, "đang ghi")


def _tell(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(done=5)
