"""A table of 100,000 rows is taken whole, with progress and in bounded memory; a longer one is refused."""

from __future__ import annotations

import io
import os
import resource
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from openpyxl import Workbook

from nhipcau.interchange.incoming import bringing
from nhipcau.interchange.incoming.looking import TOP
from nhipcau.reading.findings import UnreadableError
from nhipcau.records.foundation import jobs
from nhipcau.records.foundation.models import Attachment, Event, Import, Job, Unit
from nhipcau.records.foundation.services import imports
from tests import world as cast
from tests.interchange.incoming.sheets import UNITS

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 100_000
#: What a run over the file may take beyond what its process had before it, in MB.
MEMORY = 200


def test_a_longer_table_is_refused_with_the_row_and_the_cure_and_nothing_is_kept() -> None:
    by = cast.build().administrator
    lines = "Tên,Cấp\n" + "Tổ,cấp tỉnh\n" * (MOST + TOP)
    before = _kept()
    with pytest.raises(UnreadableError) as refused:
        bringing.bring(by=by, register=UNITS, name="don-vi.csv", data=lines.encode())
    assert f"dòng {MOST + TOP + 1}" in str(refused.value)
    assert "100.000" in str(refused.value)
    assert "tách thành nhiều tệp" in str(refused.value)
    assert _kept() == before


@pytest.mark.full
def test_a_table_of_100_000_rows_is_previewed_and_written_with_progress_in_bounded_memory() -> None:
    by = cast.build().administrator
    taken = bringing.bring(by=by, register=UNITS, name="don-vi.xlsx", data=_table(MOST))
    for state in (Import.State.READY, Import.State.DONE):
        if state == Import.State.DONE:
            imports.confirm_import(by=by, taken=taken, title="thử")
        taken.refresh_from_db()
        assert taken.job is not None
        told = list(_told_of(taken.job))
        taken.refresh_from_db()
        assert (taken.state, taken.new, taken.wrong) == (state, MOST, 0)
        assert len(set(told)) >= 10, "people see it go on"
        assert told == sorted(told)
    assert Unit.objects.filter(name__startswith="Tổ số").count() == MOST


def _kept() -> tuple[int, ...]:
    return tuple(kind._default_manager.count() for kind in (Attachment, Import, Job, Event, Unit))


def _table(rows: int) -> bytes:
    book, out = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet("Đơn vị")
    sheet.append(["Tên", "Cấp"])
    for number in range(rows):
        sheet.append([f"Tổ số {number:06}", "cấp tỉnh"])
    book.save(out)
    return out.getvalue()


def _told_of(job: Job) -> Iterator[int]:
    """How many rows the job says are done, asked as the page of jobs does while a worker runs it."""
    connection.close()
    child = os.fork()
    if not child:
        os._exit(_grown(lambda: jobs.run_job.func(job.pk)) > MEMORY)
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            assert os.waitstatus_to_exitcode(status) == 0, "more memory than it may take"
            return
        row = Job.objects.get(pk=job.pk)
        if row.state == Job.State.RUNNING:
            yield row.done
        time.sleep(0.2)


def _grown(work: Callable[[], object]) -> int:
    """By how many MB the process was larger at most than before the work."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    work()
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
