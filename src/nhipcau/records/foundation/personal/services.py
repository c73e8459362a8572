"""Every write about data of persons: the log of readings, requests with their days, and erasing."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from django.core.exceptions import ValidationError
from django.db import InternalError, connection, models, transaction
from django.db.utils import Error
from django.utils.translation import gettext as _

from nhipcau.records.foundation import events
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import AccessLog, Account, Event, Office, PersonRequest
from nhipcau.records.foundation.personal import outside
from nhipcau.records.foundation.policies import ACCOUNTS, PERSON_REQUESTS, NotFound
from nhipcau.records.foundation.references import kind_of, public_id_of

_ERASE = "SELECT foundation_erase(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
#: The shortest reason that says anything.
LEAST = 3


def note_reading(*, by: Actor, record: models.Model, act: str = "view") -> None:
    """Keep that somebody read the record of a person; no event, nothing of an office changes by it.

    ``act`` is a short word: view, export, list. One's own record is noted, too.
    """
    AccessLog.objects.create(**events.act_of(by, record), act=act)


def note_readings(*, by: Actor, records: Sequence[models.Model], act: str) -> None:
    """The same for a page that shows several."""
    AccessLog.objects.bulk_create([AccessLog(**events.act_of(by, record), act=act) for record in records])


@transaction.atomic
def enter_request(*, by: Actor, account: Account, ask: str, note: str = "") -> PersonRequest:
    """Enter what a person asked today; one may ask about oneself, who manages accounts for others."""
    if by.account is None or by.account.pk != account.pk:
        ACCOUNTS.require(by, Permission.ACCOUNT_MANAGE, account)
    row = PersonRequest(office=_office(by), account=account, ask=ask, received_on=by.on, note=note.strip())
    row.full_clean()
    row.save()
    changes = events.creation(row, "account", "ask", "received_on")
    events.record(by=by, verb="ask", record=row, changes=changes)
    return row


@transaction.atomic
def move_request(*, by: Actor, request: PersonRequest, step: str, why: str = "") -> PersonRequest:
    """Keep that today a request was ``answered``, ``extended`` (once, with a reason) or ``done``."""
    row = PERSON_REQUESTS.lock(by, Permission.ACCOUNT_MANAGE, request)
    field = f"{step}_on"
    if step not in ("answered", "extended", "done"):
        raise ValidationError(_("There is no step “%(step)s”.") % {"step": step})
    if getattr(row, field) is not None:
        raise ValidationError(_("This was done already."))
    if step == "extended" and len(why.strip()) < LEAST:
        raise ValidationError(_("Say why more time is needed."))
    changes = events.differences(row, {field: by.on})
    setattr(row, field, by.on)
    row.save(update_fields=[field])
    events.record(by=by, verb=step, record=row, changes=changes, why=why.strip())
    return row


@transaction.atomic
def erase(*, by: Actor, account: Account, article: str, why: str) -> Event:
    """Erase a person's data for good: in the record, its versions, and the values of the trail.

    Only of an account that is switched off: who still works here is named by the work. The event of the
    erasure is written by the same statement. Raises ``ValidationError``.
    """
    ACCOUNTS.require(by, Permission.ACCOUNT_MANAGE, account)
    if Account.objects.select_for_update().get(pk=account.pk).is_active:
        raise ValidationError(_("Switch the account off first: who works here is named by the work."))
    event = call_erase(by=by, record=account, article=article, why=why)
    events.tell(event, account)
    transaction.on_commit(outside.append_missing)
    return event


def call_erase(*, by: Actor, record: models.Model, article: str, why: str) -> Event:
    """A step of services: all personal fields of a record go; ``ValidationError`` where nothing can."""
    kind = kind_of(record)
    fields = [field for field, _marker in kind.personal]
    values = [
        *(kind.code, public_id_of(record), fields, article, why, ""),
        *(by.account.public_id if by.account else None, by.account.display_name if by.account else ""),
        *(by.role, by.unit.public_id if by.unit else None),
        *(by.office.unit.public_id if by.office else None, by.door),
    ]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_ERASE, values)
            row = cursor.fetchone()
    except (Error, InternalError) as error:
        raise ValidationError(_refusal(error)) from error
    return Event.objects.get(pk=row[0] if row else 0)


def purge_access_log() -> int:
    """Remove what the log of readings need not keep any longer; how many lines went."""
    return _purge("SELECT foundation_purge_access()")


def purge_attempts() -> int:
    """Remove attempts to sign in that are older than they are kept; how many went."""
    return _purge("SELECT foundation_purge_attempts()")


def _purge(call: str) -> int:
    """The owner's function decides what is old enough, by the months that the owner laid down."""
    with connection.cursor() as cursor:
        cursor.execute(call)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _office(by: Actor) -> Office:
    if by.office is None:
        raise NotFound
    return by.office


def _refusal(error: BaseException) -> str:
    """The database's refusal as a sentence; anything else is a fault and goes up as it is."""
    cause = error.__cause__
    if isinstance(cause, psycopg.errors.NoDataFound):
        return _("There is nothing left to erase.")
    if isinstance(cause, psycopg.errors.CheckViolation):
        return _("Erasing names the article of law and a reason.")
    raise error
