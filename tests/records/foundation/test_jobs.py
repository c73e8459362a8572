"""Work in the background: queued with its record, run once, tried again, taken up after a crash."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import connection, models, transaction
from django_tasks_db.models import DBTaskResult

from nhipcau.records.foundation import jobs
from nhipcau.records.foundation.actors import Actor, system
from nhipcau.records.foundation.models import Job
from nhipcau.records.foundation.policies import Forbidden, NotFound
from nhipcau.records.foundation.selectors import job_counts
from nhipcau.records.foundation.selectors import jobs as listed
from tests import world as cast

KIND = "tests.work"


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Actor, dict[str, Any]]]:
    """Work that notes who asked for it and with what."""
    calls: list[tuple[Actor, dict[str, Any]]] = []

    def run(by: Actor, arguments: dict[str, Any], progress: jobs.Progress) -> models.Model | None:
        calls.append((by, arguments))
        progress.tell(1, 3, "một phần ba")
        if "fault" in arguments:
            raise arguments_fault[arguments["fault"]]
        return None

    monkeypatch.setitem(jobs._work, KIND, run)
    return calls


arguments_fault = {
    "ours": RuntimeError("Cây đa bến nước"),
    "hopeless": jobs.HopelessError("Tệp rỗng."),
}


def queue(by: Actor, **arguments: Any) -> Job:
    return jobs.enqueue(by=by, kind=KIND, title="việc thử", arguments=arguments)


def run(job: Job) -> Job:
    jobs.run_job.func(job.pk)
    job.refresh_from_db()
    return job


Calls = list[tuple[Actor, dict[str, Any]]]


def test_a_job_runs_with_the_authority_of_who_asked(world: cast.World, work: Calls) -> None:
    job = run(queue(world.officer, n=1))
    by, arguments = work[0]
    assert (by.account, by.unit, by.office) == (world.officer.account, world.department, world.clerk.office)
    assert (by.roles, by.door, arguments) == (("officer",), "job", {"n": 1})
    assert (job.state, job.done, job.total, job.attempts) == (Job.State.DONE, 3, 3, 1)


def test_a_job_that_is_done_is_not_run_again(world: cast.World, work: Calls) -> None:
    job = run(run(queue(world.clerk)))
    assert (len(work), job.attempts) == (1, 1)


def test_a_fault_is_tried_again_later_and_at_last_told_without_a_word_of_the_paper(
    world: cast.World, work: Calls, caplog: pytest.LogCaptureFixture
) -> None:
    job = queue(world.clerk, fault="ours")
    waits = []
    for _attempt in range(jobs.MAX_ATTEMPTS):
        before = set(DBTaskResult.objects.values_list("id", flat=True))
        job = run(job)
        waits += [task.run_after for task in DBTaskResult.objects.exclude(id__in=before)]
    assert (job.state, job.attempts, len(waits)) == (Job.State.FAILED, 4, 3)
    assert all(waits)
    assert job.message
    assert "Cây đa" not in job.message + caplog.text


def test_a_hopeless_job_is_not_tried_again_and_says_why(world: cast.World, work: Calls) -> None:
    job = run(queue(world.clerk, fault="hopeless"))
    assert (job.state, job.attempts, job.message) == (Job.State.FAILED, 1, "Tệp rỗng.")


def test_a_failed_job_is_queued_again_by_hand(world: cast.World, work: Calls) -> None:
    job = run(queue(world.clerk, fault="hopeless"))
    job = jobs.retry(by=world.officer, job=job)
    assert (job.state, job.attempts) == (Job.State.QUEUED, 0)
    with pytest.raises(NotFound):
        jobs.retry(by=world.neighbour, job=job)
    with pytest.raises(Forbidden):
        jobs.retry(by=world.auditor, job=job)


def test_a_job_that_is_not_failed_is_left_as_it_is(world: cast.World, work: Calls) -> None:
    job = run(queue(world.clerk))
    assert jobs.retry(by=world.clerk, job=job).state == Job.State.DONE


def test_there_is_no_job_without_its_record(world: cast.World, work: Calls) -> None:
    with transaction.atomic():
        queue(world.clerk)
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_what_a_killed_worker_left_is_queued_again_and_what_runs_is_not(
    world: cast.World, work: Calls
) -> None:
    """A running job holds a lock of its connection: another connection stands for the worker that lives."""
    dead, alive = queue(world.clerk), queue(world.clerk)
    Job.objects.update(state=Job.State.RUNNING)
    before = DBTaskResult.objects.count()
    with _other_connection() as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [jobs.LOCK_SPACE, alive.pk])
        assert jobs.requeue_stale() == 1
        assert run(alive).state == Job.State.RUNNING, "nobody else runs it meanwhile"
    dead.refresh_from_db()
    assert dead.state == Job.State.QUEUED
    assert DBTaskResult.objects.count() == before + 1
    assert run(dead).state == Job.State.DONE


def test_only_a_person_in_an_office_asks_for_work(world: cast.World) -> None:
    with pytest.raises(ValueError, match="person"):
        queue(system(door="system", on=cast.TODAY))


def test_jobs_are_listed_and_counted_within_the_office(world: cast.World, work: Calls) -> None:
    run(queue(world.clerk))
    queue(world.clerk)
    assert [job.state for job in listed(by=world.head)] == ["queued", "done"]
    assert [job.state for job in listed(by=world.head, state="done")] == ["done"]
    assert job_counts(by=world.head) == {"queued": 1, "running": 0, "done": 1, "failed": 0}
    assert not listed(by=world.neighbour).exists()


def _other_connection() -> psycopg.Connection[Any]:
    wanted = ("host", "port", "dbname", "user", "password")
    known = connection.get_connection_params()
    return psycopg.connect(**{key: known[key] for key in wanted if known.get(key)}, autocommit=True)
