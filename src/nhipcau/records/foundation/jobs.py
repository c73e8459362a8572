"""Work in the background: a row that people see, run by the queue in the database (django-tasks).

A job is queued in the transaction of the service that asks for it: no job without its record, no record
without its job. It runs with the authority of who asked. A running job holds a lock of its connection,
which dies with its process: so what a killed worker left is known exactly, without a clock.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from nhipcau.records.foundation import events, references
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Job, Reference
from nhipcau.records.foundation.policies import JOBS

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 4
# Seconds before the second, third and fourth attempt.
BACKOFF = (5, 30, 180)
# The first of the two keys of the advisory lock: "nhip" in ASCII.
LOCK_SPACE = 0x6E686970


class HopelessError(Exception):
    """The job can never succeed; ``str()`` is one sentence for people, and it is not tried again."""


@dataclass(slots=True)
class Progress:
    """Handed to the work, so that it can tell how far it is."""

    job: Job

    def tell(self, done: int, total: int | None = None, message: str = "") -> None:
        """Steps done, steps in all, and a few words. Seen at once where the work holds no transaction."""
        values: dict[str, Any] = {"done": done, "message": message[:500]}
        if total is not None:
            values["total"] = total
        Job.objects.filter(pk=self.job.pk).update(**values)


Work = Callable[[Actor, dict[str, Any], Progress], models.Model | None]
_work: dict[str, Work] = {}


def does(kind: str) -> Callable[[Work], Work]:
    """Register a function as the work of a kind: it gets who asked, the arguments, and its progress.

    It must be safe to run twice: after a crash it is run again.
    """

    def keep(work: Work) -> Work:
        _work[kind] = work
        return work

    return keep


def enqueue(*, by: Actor, kind: str, title: str, arguments: dict[str, Any], total: int = 1) -> Job:
    """Queue work in the running transaction. Called by services, whose event tells of it."""
    if by.account is None or by.office is None or by.unit is None:
        raise ValueError("work is asked for by a person in an office")
    job = Job.objects.create(
        office=by.office,
        kind=kind,
        title=title[:300],
        arguments=arguments,
        total=total,
        created_by=by.account,
        role=by.role,
        unit=by.unit,
    )
    run_job.enqueue(job.pk)
    return job


@transaction.atomic
def retry(*, by: Actor, job: Job) -> Job:
    """Queue a failed job again, from its first attempt. Others are left as they are."""
    row = JOBS.lock(by, Permission.JOB_RETRY, job)
    if row.state != Job.State.FAILED:
        return row
    changes = events.differences(row, {"state": Job.State.QUEUED, "attempts": 0})
    row.state, row.attempts, row.message = Job.State.QUEUED, 0, ""
    row.save(update_fields=["state", "attempts", "message"])
    run_job.enqueue(row.pk)
    events.record(by=by, verb="retry", record=row, changes=changes)
    return row


@task()
def run_job(job_id: int) -> None:
    """Run one job if nobody else does; queue it again where it failed and may be tried again."""
    if not _lock(job_id):
        return
    try:
        job = Job.objects.select_related("office__unit", "created_by", "unit").get(pk=job_id)
        if job.state in (Job.State.DONE, Job.State.FAILED):
            return
        _begin(job)
        _attempt(job)
    finally:
        _unlock(job_id)


def requeue_stale() -> int:
    """At start: queue again every job that says it runs, but whose process is gone; how many."""
    count = 0
    for job in Job.objects.filter(state=Job.State.RUNNING):
        if not _lock(job.pk):
            continue
        try:
            with transaction.atomic():
                Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)
                run_job.enqueue(job.pk)
            count += 1
        finally:
            _unlock(job.pk)
    return count


def _begin(job: Job) -> None:
    job.state = Job.State.RUNNING
    job.attempts += 1
    job.started_at = timezone.now()
    job.save(update_fields=["state", "attempts", "started_at"])


def _attempt(job: Job) -> None:
    try:
        result = _work[job.kind](_actor(job), job.arguments, Progress(job))
        _finish(job, Job.State.DONE, result=references.refer(result) if result else None)
    except HopelessError as error:
        _finish(job, Job.State.FAILED, message=str(error))
    except Exception:  # noqa: BLE001 (any fault of the work is the job's, never the worker's)
        # The message of an unknown fault may hold text of a paper: it goes to no log and no page.
        log.warning("job %s (%s) failed at attempt %s", job.public_id, job.kind, job.attempts)
        if job.attempts >= MAX_ATTEMPTS:
            _finish(
                job,
                Job.State.FAILED,
                message=_("Something went wrong on our side; it was tried several times."),
            )
        else:
            _again(job)


def _finish(job: Job, state: Job.State, *, message: str = "", result: Reference | None = None) -> None:
    values: dict[str, Any] = {"state": state, "finished_at": timezone.now(), "message": message[:500]}
    if state == Job.State.DONE:
        values |= {"done": models.F("total"), "result": result}
    Job.objects.filter(pk=job.pk).update(**values)


def _again(job: Job) -> None:
    wait = timedelta(seconds=BACKOFF[job.attempts - 1])
    with transaction.atomic():
        Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)
        run_job.using(run_after=timezone.now() + wait).enqueue(job.pk)


def _actor(job: Job) -> Actor:
    """Who asked, in the unit and roles in which they asked, through the door of jobs."""
    roles = tuple(job.role.split("+"))
    return Actor(job.created_by, job.office, job.unit, roles, "job", timezone.localdate())


def _lock(job_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_SPACE, job_id])
        row = cursor.fetchone()
    return bool(row and row[0])


def _unlock(job_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_SPACE, job_id])
