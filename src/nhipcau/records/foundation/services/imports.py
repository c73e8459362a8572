"""A file that is brought into a register: kept, its columns named, previewed, confirmed, written or left.

What stands in the file is read and compared by ``interchange.incoming``, whose jobs call these services; the
records themselves are written by the services of their area.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.records.foundation import events, files, jobs
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Attachment, Import, KnownHeading, Office
from nhipcau.records.foundation.policies import IMPORTS, Forbidden

CHECK = "imports.check"
WRITE = "imports.write"
OPEN = (Import.State.COLUMNS, Import.State.READY, Import.State.FAILED)
COUNTS = ("new", "changed", "same", "wrong")


def keep_import(
    *,
    by: Actor,
    register: str,
    needs: Permission,
    name: str,
    data: bytes,
    media_type: str,
    layout: Mapping[str, Any],
) -> Import:
    """Keep a file that was looked at and bears no mark. The same content is kept once an office.

    Raises ``Forbidden`` where no role of the actor allows what the register needs.
    """
    IMPORTS.require(by, needs)
    if by.office is None or by.account is None:
        raise Forbidden(_("A file is brought in by a person in an office."))
    with transaction.atomic():
        row = Import.objects.create(
            office=by.office,
            register=register,
            needs=needs,
            attachment=_kept(by.office, name, data, media_type),
            name=name[:300],
            layout=layout,
            created_by=by.account,
        )
        events.record(by=by, verb="bring", record=row, changes=events.creation(row, "register", "name"))
    return row


@transaction.atomic
def choose_columns(*, by: Actor, taken: Import, choices: Mapping[str, Any], title: str) -> Import:
    """Say which column holds which field and which sheets count, remember it, and queue the preview.

    ``choices["columns"]`` maps a heading without marks to the name of a field, or to nothing.
    """
    row = _open(by, taken)
    for heading, field in choices["columns"].items():
        KnownHeading.objects.update_or_create(
            office=row.office, register=row.register, heading=heading[:200], defaults={"field": field}
        )
    changes = events.differences(row, {"choices": dict(choices)})
    row.choices, row.state, row.message = dict(choices), Import.State.CHECKING, ""
    row.job = _queue(by, row, CHECK, title)
    row.save(update_fields=["choices", "state", "message", "job"])
    events.record(by=by, verb="name_columns", record=row, changes=changes)
    return row


@transaction.atomic
def keep_layout(*, by: Actor, taken: Import, layout: Mapping[str, Any]) -> Import:
    """Keep that the headings stand in other rows than was thought; the columns are to be named anew."""
    row = _open(by, taken)
    before = [sheet["heading_row"] for sheet in row.layout["sheets"]]
    after = [sheet["heading_row"] for sheet in layout["sheets"]]
    row.layout, row.choices, row.state = dict(layout), {}, Import.State.COLUMNS
    row.save(update_fields=["layout", "choices", "state"])
    events.record(by=by, verb="name_rows", record=row, changes={"heading_rows": (before, after)})
    return row


@transaction.atomic
def check_again(*, by: Actor, taken: Import, title: str) -> Import:
    """Queue the preview once more, for records may have changed since."""
    row = _open(by, taken)
    if not row.choices:
        raise ValidationError(_("Say first which column holds what."))
    row.state, row.message, row.job = Import.State.CHECKING, "", _queue(by, row, CHECK, title)
    row.save(update_fields=["state", "message", "job"])
    events.record(by=by, verb="check_again", record=row)
    return row


@transaction.atomic
def keep_preview(
    *,
    by: Actor,
    taken: Import,
    counts: Mapping[str, int],
    shown: Mapping[str, Any],
    plan: bytes,
    outcome: bytes,
    media_type: str,
    message: str = "",
) -> Import:
    """Keep what a check found; from then on the import can be confirmed. A second run changes nothing."""
    row = IMPORTS.lock(by, Permission(taken.needs), taken)
    if row.state != Import.State.CHECKING:
        return row
    row.state, row.shown, row.plan, row.done_rows = Import.State.READY, dict(shown), plan, 0
    row.message = message[:500]
    row.outcome = _kept(row.office, row.name, outcome, media_type)
    for name in COUNTS:
        setattr(row, name, counts[name])
    row.save()
    events.record(by=by, verb="preview", record=row, changes={name: (None, counts[name]) for name in COUNTS})
    return row


@transaction.atomic
def confirm_import(*, by: Actor, taken: Import, title: str, only_good: bool = False) -> Import:
    """Queue the writing of what the preview shows: all of it, or only the good rows.

    Raises ``ValidationError`` where rows are in error and not only the good ones are asked for, or where
    nothing would be written.
    """
    row = IMPORTS.lock(by, Permission(taken.needs), taken)
    if row.state != Import.State.READY:
        raise ValidationError(_("This file does not wait to be confirmed."))
    if row.wrong and not only_good:
        raise ValidationError(_("Rows are in error. Mend the file, or write only the good rows."))
    if not row.new and not row.changed:
        raise ValidationError(_("Nothing would be written: every good row is in the register already."))
    row.state, row.only_good, row.done_rows = Import.State.WRITING, only_good, 0
    row.job = _queue(by, row, WRITE, title, total=row.new + row.changed + row.same + row.wrong)
    row.save(update_fields=["state", "only_good", "done_rows", "job"])
    events.record(by=by, verb="confirm", record=row, changes={"only_good": (None, only_good)})
    return row


@transaction.atomic
def keep_progress(*, by: Actor, taken: Import, done_rows: int, counts: Mapping[str, int]) -> None:
    """Note, in the transaction that wrote them, up to which row the file is done."""
    row = IMPORTS.lock(by, Permission(taken.needs), taken)
    row.done_rows = done_rows
    for name in COUNTS:
        setattr(row, name, counts[name])
    row.save(update_fields=["done_rows", *COUNTS])


@transaction.atomic
def keep_written(
    *,
    by: Actor,
    taken: Import,
    counts: Mapping[str, int],
    shown: Mapping[str, Any],
    outcome: bytes,
    media_type: str,
) -> Import:
    """Keep that the file is written, with what became of each row; the one event of the whole import."""
    row = IMPORTS.lock(by, Permission(taken.needs), taken)
    row.state, row.message, row.finished_at = Import.State.DONE, "", timezone.now()
    row.shown = dict(shown)
    row.outcome = _kept(row.office, row.name, outcome, media_type)
    for name in COUNTS:
        setattr(row, name, counts[name])
    row.save()
    changes = {name: (None, counts[name]) for name in COUNTS} | {"register": (None, row.register)}
    events.record(by=by, verb="import", record=row, changes=changes)
    return row


@transaction.atomic
def stop_import(*, by: Actor, taken: Import, why: str) -> Import:
    """Keep why a check or a writing came to nothing; nothing of it is in the register."""
    row = IMPORTS.lock(by, Permission(taken.needs), taken)
    if row.state not in (Import.State.CHECKING, Import.State.WRITING):
        return row
    row.state, row.message = Import.State.FAILED, why[:500]
    row.save(update_fields=["state", "message"])
    events.record(by=by, verb="stop", record=row, why=why)
    return row


@transaction.atomic
def drop_import(*, by: Actor, taken: Import) -> Import:
    """Leave a file: nothing of it is written, now or later."""
    row = _open(by, taken)
    row.state, row.finished_at = Import.State.DROPPED, timezone.now()
    row.save(update_fields=["state", "finished_at"])
    events.record(by=by, verb="drop", record=row)
    return row


def _open(by: Actor, taken: Import) -> Import:
    row = IMPORTS.lock(by, Permission(taken.needs), taken)
    if row.state not in OPEN:
        raise ValidationError(_("This file is being worked on, or it is done with."))
    return row


def _queue(by: Actor, row: Import, kind: str, title: str, total: int = 1) -> Any:
    arguments = {"import": str(row.public_id)}
    return jobs.enqueue(by=by, kind=kind, title=title, arguments=arguments, total=max(total, 1))


def _kept(office: Office, name: str, data: bytes, media_type: str) -> Attachment:
    """The attachment with this content, made and stored where there is none yet."""
    with files.keeping(office, data) as sha256:
        values = {"name": name[:300], "media_type": media_type, "size": len(data)}
        return Attachment.objects.get_or_create(office=office, sha256=sha256, defaults=values)[0]
