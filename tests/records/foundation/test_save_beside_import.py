"""While a table is written, another clerk's save takes less than twice its usual time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date
from statistics import median

import pytest
from django.db import connection

from nhipcau.records.documents.services import enter_stub
from nhipcau.records.foundation import jobs
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Import, Job
from nhipcau.records.foundation.services import imports
from tests import world as cast
from tests.interchange.incoming.sheets import brought, saved, workbook

pytestmark = pytest.mark.django_db(transaction=True)

#: So many times it is measured at most; machines do other things, too.
TURNS = 4
ALONE, ENOUGH, ALLOWED = 60, 20, 2.0


@pytest.mark.parametrize("rows", [1_000, pytest.param(10_000, marks=pytest.mark.full)])
def test_a_save_beside_an_import_takes_less_than_twice_its_usual_time(rows: int) -> None:
    """Medians of saves alone and of saves while another process writes, in turn until it is plain."""
    world = cast.build()
    ratios = []
    for turn in range(TURNS):
        job = _confirmed(world.administrator, rows, turn)
        usual = [_save(world.clerk) for _time in range(ALONE)]
        beside = list(_while_written(world.clerk, job))
        usual += [_save(world.clerk) for _time in range(ALONE)]
        assert len(beside) >= ENOUGH, "too few saves fell into the import to tell"
        assert Import.objects.get(job=job).state == Import.State.DONE
        ratios.append(median(beside) / median(usual))
        if ratios[-1] < ALLOWED / 1.2:
            break
    assert min(ratios) < ALLOWED, ratios


def _confirmed(by: Actor, rows: int, turn: int) -> Job:
    """A table of so many new units, looked at and confirmed, whose writing waits."""
    names = (f"Tổ {turn} số {number:05}" for number in range(rows))
    taken = brought(by, saved(workbook([["Tên", "Cấp"], *([name, "cấp tỉnh"] for name in names)])))
    imports.confirm_import(by=by, taken=taken, title="thử")
    taken.refresh_from_db()
    assert taken.job is not None
    assert taken.new == rows
    return taken.job


def _while_written(by: Actor, job: Job) -> Iterator[float]:
    """How long each save takes from when the other process begins to write until it has ended."""
    connection.close()
    child = os.fork()
    if not child:
        try:
            jobs.run_job.func(job.pk)
        finally:
            os._exit(0)
    while not os.waitpid(child, os.WNOHANG)[0]:
        took = _save(by)
        if Job.objects.get(pk=job.pk).state == Job.State.RUNNING:
            yield took


def _save(by: Actor) -> float:
    """Seconds that a clerk's save takes: one record, its version, its event, all in one transaction."""
    begun = time.perf_counter()
    enter_stub(by=by, number="1-CV/VP", date=date(2026, 2, 4), issuer_name="Hội đồng", mark="mật")
    return time.perf_counter() - begun
