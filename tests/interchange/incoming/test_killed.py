"""A worker that is killed in the middle of a file: all or nothing, and everything in the end."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from nhipcau.records.foundation import jobs
from nhipcau.records.foundation.models import Event, Import, Job, Unit
from nhipcau.records.foundation.services import imports
from nhipcau.site.database.logins import Login
from tests import world as cast
from tests.interchange.incoming.sheets import after_jobs, brought, counts, saved, workbook

pytestmark = pytest.mark.django_db(transaction=True)

FULL, EVERY_BUILD, ROWS = 20, 3, 60
MOMENTS = [
    *range(EVERY_BUILD),
    *(pytest.param(number, marks=pytest.mark.full) for number in range(EVERY_BUILD, FULL)),
]
PATIENCE = 60  # seconds until the database server has noticed that its client is gone

# The worker counts its statements and kills itself at one of them, somewhere among its small batches.
WORKER = """
import os, signal
import django
from django.conf import settings
django.setup()
settings.NHIPCAU_FILES = {files!r}
from django.db import connection
from nhipcau.interchange.incoming import planning
from nhipcau.records.foundation import jobs
from nhipcau.records.foundation.services import imports
planning.BATCH = 7
left = [{statements}]
def count(execute, sql, params, many, context):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)
work = jobs._work[imports.WRITE]
def counted(*given):
    with connection.execute_wrapper(count):
        return work(*given)
jobs._work[imports.WRITE] = counted
jobs.run_job.func({job})
"""


def worker(job: Job, statements: int) -> subprocess.CompletedProcess[str]:
    """Run a job in a process of its own that is killed at one of its statements."""
    known = connection.settings_dict
    login = Login(known["USER"], known["PASSWORD"], known["HOST"], int(known["PORT"]), known["NAME"])
    code = WORKER.format(files=str(settings.NHIPCAU_FILES), statements=statements, job=job.pk)
    environment = {**os.environ, "DATABASE_URL": login.url, "DJANGO_SETTINGS_MODULE": "nhipcau.site.settings"}
    root = Path(__file__).resolve().parents[3]
    return subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True, check=False
    )


def taken_up_again(job: Job) -> None:
    """What the next start does with a job whose process is gone."""
    until = time.monotonic() + PATIENCE
    while not jobs.requeue_stale():
        assert time.monotonic() < until, "the lock of the killed worker was never given back"
        time.sleep(0.1)


def founded() -> list[str]:
    """The names of the units that the file brought, in order."""
    return sorted(Unit.objects.filter(name__startswith="Tổ số").values_list("name", flat=True))


@pytest.mark.parametrize("only_good", [False, True], ids=["all", "only-good"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_whatever_the_moment_nothing_is_half_done_and_the_next_run_ends_it(
    moment: int, only_good: bool
) -> None:
    by = cast.build().administrator
    names = sorted(f"Tổ số {number:03}" for number in range(ROWS))
    bad = ["Tổ thừa", "không phải cấp"] if only_good else ["Tổ thừa", "cấp tỉnh"]
    taken = brought(by, saved(workbook([["Tên", "Cấp"], *([name, "cấp tỉnh"] for name in names), bad])))
    assert taken.state == Import.State.READY
    imports.confirm_import(by=by, taken=taken, title="thử", only_good=only_good)
    taken.refresh_from_db()
    assert taken.job is not None
    chance = random.Random(f"import {only_good} {moment}")  # noqa: S311 (a moment, no secret)
    killed = worker(taken.job, chance.randrange(5, 180))
    assert killed.returncode == -signal.SIGKILL, killed.stderr

    there = founded()
    events = Event.objects.filter(verb="found", door="import").count()
    if only_good:
        taken.refresh_from_db()
        assert (len(there), events) == (taken.done_rows, taken.done_rows), "what stands is what is noted"
    else:
        assert (there, events) == ([], 0), "nothing stands before all of it does"

    taken_up_again(taken.job)
    taken = after_jobs(taken)
    assert founded() == names
    assert Event.objects.filter(verb="found", door="import").count() == ROWS + (not only_good)
    assert taken.state == Import.State.DONE
    assert counts(taken) == ((ROWS, 0, 0, 1) if only_good else (ROWS + 1, 0, 0, 0))
