"""The two jobs of a file: the check that makes the preview, and the writing of what was confirmed.

All or nothing is one transaction. "Only the good rows" is written batch by batch, each in a transaction
with the place up to which the file is done: what a killed process left is gone on with from there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Thread
from time import monotonic
from typing import Any

from django.db import OperationalError, connection, connections, models, transaction
from django.utils.translation import gettext as _

from nhipcau.interchange.incoming.bringing import intake_of
from nhipcau.interchange.incoming.planning import DIGEST, Line, Plan
from nhipcau.interchange.incoming.telling import Tally
from nhipcau.interchange.registers import incoming_named
from nhipcau.reading.findings import UnreadableError
from nhipcau.records.foundation import jobs
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.intake import RowRefusedError, Trouble
from nhipcau.records.foundation.models import Import
from nhipcau.records.foundation.policies import IMPORTS
from nhipcau.records.foundation.register import Register
from nhipcau.records.foundation.services import imports

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Seconds between two notes of how far a job is.
TOLD_EVERY = 1.0
#: For a lock on the row of the job, before such a note is left out.
LONGEST_WAIT = "500ms"


class StoppedError(Exception):
    """The whole file comes to nothing; ``str()`` is the sentence."""


@jobs.does(imports.CHECK)
def check(by: Actor, arguments: dict[str, Any], progress: jobs.Progress) -> models.Model | None:
    """The work of the preview: nothing of the register is written."""
    run = _run(by, arguments, progress)
    if run.taken.state != Import.State.CHECKING:
        return run.taken
    try:
        with Tally(run.register, run.taken) as tally:
            return _preview(run, tally)
    except (UnreadableError, FileNotFoundError) as error:
        raise _stopped(run, error) from None


@jobs.does(imports.WRITE)
def write(by: Actor, arguments: dict[str, Any], progress: jobs.Progress) -> models.Model | None:
    """The work of writing; a second run finds the file written and changes nothing."""
    run = _run(by, arguments, progress)
    if run.taken.state != Import.State.WRITING:
        return run.taken
    how = _write_good if run.taken.only_good else _write_all
    try:
        with Tally(run.register, run.taken) as tally:
            return how(run, tally)
    except (StoppedError, UnreadableError, FileNotFoundError) as error:
        raise _stopped(run, error) from None


@dataclass(slots=True)
class Run:
    """One run over one file by one actor."""

    by: Actor
    register: Register
    taken: Import
    progress: jobs.Progress
    told_at: float = 0.0

    def plan(self) -> Plan:
        """A fresh pass over the file."""
        room = intake_of(self.register).open(self.by)
        return Plan(by=self.by, register=self.register, taken=self.taken, room=room)

    def tell(self, done: int) -> None:
        """Note how far the job is, at most once a second; inside a transaction by another connection."""
        if monotonic() - self.told_at < TOLD_EVERY:
            return
        self.told_at = monotonic()
        total = max(sum(sheet["rows"] for sheet in self.taken.layout["sheets"]), done, 1)
        if connection.in_atomic_block:
            _elsewhere(lambda: self.progress.tell(done, total))
        else:
            self.progress.tell(done, total)

    def is_as_shown(self, place: int, line: Line) -> bool:
        """Whether a row means what the preview showed of it."""
        return bytes(self.taken.plan[place * DIGEST : (place + 1) * DIGEST]) == line.digest


def _run(by: Actor, arguments: dict[str, Any], progress: jobs.Progress) -> Run:
    by = replace(by, door="import")
    taken = IMPORTS.fetch(
        by, arguments["import"], rows=Import.objects.select_related("attachment__office__unit")
    )
    return Run(by, incoming_named(taken.register), taken, progress)


def _stopped(run: Run, error: Exception) -> jobs.HopelessError:
    """Keep why the file came to nothing; the same for the job."""
    why = _("The file is no longer in the store.") if isinstance(error, FileNotFoundError) else str(error)
    imports.stop_import(by=run.by, taken=run.taken, why=why)
    return jobs.HopelessError(why)


def _preview(run: Run, tally: Tally) -> Import:
    plan, digests = run.plan(), bytearray()
    for batch in plan.batches():
        plan.judge(batch)
        tally.add(batch)
        digests += b"".join(line.digest for line in batch)
        run.tell(tally.rows)
    return imports.keep_preview(
        by=run.by,
        taken=run.taken,
        counts=tally.counts,
        shown=tally.shown,
        plan=bytes(digests),
        outcome=tally.table(),
        media_type=MEDIA_TYPE,
    )


def _write_all(run: Run, tally: Tally) -> Import:
    """Everything in one transaction, or nothing."""
    with transaction.atomic():
        _one_at_a_time(run)
        plan = run.plan()
        for batch in plan.batches():
            plan.judge(batch)
            for place, line in enumerate(batch, start=tally.rows):
                if not run.is_as_shown(place, line):
                    raise StoppedError(_changed_since(line))
            todo = _to_write(batch)
            try:
                plan.room.write(by=run.by, rows=[line.wanted for line in todo])
            except RowRefusedError as refused:
                raise StoppedError(_refused(todo[refused.place], refused.trouble)) from None
            tally.add(batch)
            run.tell(tally.rows)
        return _finish(run, tally)


def _write_good(run: Run, tally: Tally) -> Import:
    """Batch by batch, each in its own transaction; rows in error are left out and told."""
    plan = run.plan()
    if run.taken.done_rows:
        tally.counts = {name: getattr(run.taken, name) for name in imports.COUNTS}
    for batch in plan.batches():
        todo = batch[max(run.taken.done_rows - tally.rows, 0) :]
        if not todo:
            plan.judge(batch)
        else:
            with transaction.atomic():
                _one_at_a_time(run)
                plan.judge(batch)
                _save_good(run, plan, todo, tally.rows + len(batch) - len(todo))
                _count(tally, todo)
                imports.keep_progress(
                    by=run.by, taken=run.taken, done_rows=tally.rows + len(batch), counts=tally.counts
                )
        tally.add(batch, is_counted=False)
        run.tell(tally.rows)
    return _finish(run, tally)


def _save_good(run: Run, plan: Plan, batch: list[Line], first: int) -> None:
    """Write those rows that are good and as shown; a row that a service refuses is put aside."""
    for place, line in enumerate(batch, start=first):
        if not line.troubles and not run.is_as_shown(place, line):
            line.troubles.append(
                Trouble("", _("The record changed since the preview; bring the row in again."))
            )
    while todo := _to_write(batch):
        try:
            with transaction.atomic():
                plan.room.write(by=run.by, rows=[line.wanted for line in todo])
        except RowRefusedError as refused:
            todo[refused.place].troubles.append(refused.trouble)
        else:
            return


def _to_write(batch: Sequence[Line]) -> list[Line]:
    return [line for line in batch if line.verdict in ("new", "changed")]


def _count(tally: Tally, batch: Sequence[Line]) -> None:
    for line in batch:
        tally.counts[line.verdict] += 1


def _finish(run: Run, tally: Tally) -> Import:
    return imports.keep_written(
        by=run.by,
        taken=run.taken,
        counts=tally.counts,
        shown=tally.shown,
        outcome=tally.table(),
        media_type=MEDIA_TYPE,
    )


def _one_at_a_time(run: Run) -> None:
    """Two files for one register of one office are written one after the other."""
    assert run.by.office is not None  # noqa: S101 (asked when the file came)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))",
            [f"import {run.register.slug}", run.by.office.pk],
        )


def _changed_since(line: Line) -> str:
    return _(
        "Records changed since the preview (first: sheet “%(sheet)s”, row %(row)s). Nothing was written; "
        "look at the preview once more."
    ) % {"sheet": line.sheet, "row": line.number}


def _refused(line: Line, trouble: Trouble) -> str:
    return _("Nothing was written. Sheet “%(sheet)s”, row %(row)s: %(why)s") % {
        "sheet": line.sheet,
        "row": line.number,
        "why": trouble.why,
    }


def _elsewhere(work: Callable[[], None]) -> None:
    """Do something by a connection of its own, so that it is seen while the transaction is open.

    It is a courtesy: where a lock bars it, the transaction's own perhaps, it is left out and nobody waits.
    """

    def act() -> None:
        try:
            with suppress(OperationalError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = %s", [LONGEST_WAIT])
                work()
        finally:
            connections.close_all()

    thread = Thread(target=act)
    thread.start()
    thread.join()
