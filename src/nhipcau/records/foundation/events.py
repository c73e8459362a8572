"""The trail: the only writer of events, and the seam where others listen.

``record`` is called once by every service, inside its transaction. Listeners that ``site`` registers run in
the same transaction; an area knows none of them.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Event, EventValue, ValueText
from nhipcau.records.foundation.references import kind_of, public_id_of, title_of

Changes = Mapping[str, tuple[Any, Any]]
Listener = Callable[[Event, models.Model], None]

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Call ``listener(event, record)`` for every event, in the transaction of the event."""
    if listener not in _listeners:
        _listeners.append(listener)


def unlisten(listener: Listener) -> None:
    """Call it no more."""
    _listeners.remove(listener)


def record(
    *, by: Actor, verb: str, record: models.Model, changes: Changes | None = None, why: str = ""
) -> Event:
    """Write the one event of a service. ``changes`` maps a field to its value before and after.

    A side that is ``None`` is not kept: there was, or is, nothing. Raises ``TransactionManagementError``
    outside a transaction, because an event without its change, or the reverse, must not be possible.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an event is written in the transaction of its change")
    event = Event.objects.create(
        **act_of(by, record),
        verb=verb,
        title=title_of(record),
        why=why,
    )
    _keep_values(event, changes or {})
    tell(event, record)
    return event


def tell(event: Event, record: models.Model) -> None:
    """Call the listeners for an event that the database itself wrote (an erasure), in its transaction."""
    for listener in _listeners:
        listener(event, record)


def act_of(by: Actor, record: models.Model) -> dict[str, Any]:
    """Who acts on what, as the trail and the log of readings keep it: names as they are at the moment."""
    return {
        "account_id": by.account.public_id if by.account else None,
        "account_name": by.account.display_name if by.account else "",
        "role": by.role,
        "unit_id": by.unit.public_id if by.unit else None,
        "office_id": by.office.unit.public_id if by.office else None,
        "door": by.door,
        "kind": kind_of(record).code,
        "record": public_id_of(record),
    }


def differences(record: models.Model, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The fields of ``record`` that ``values`` would change, each with its value before and after."""
    return {
        field: (getattr(record, field), value)
        for field, value in values.items()
        if getattr(record, field) != value
    }


def creation(record: models.Model, *fields: str) -> dict[str, tuple[None, Any]]:
    """The named fields of a new record as changes from nothing."""
    return {
        field: (None, getattr(record, field)) for field in fields if getattr(record, field) not in (None, "")
    }


def digest(salt: str, value: Any) -> str:
    """SHA-256 in hex of the salt and the value as JSON with sorted keys and no blanks."""
    return hashlib.sha256(salt.encode() + canonical(value).encode()).hexdigest()


def canonical(value: Any) -> str:
    """One spelling for one value, whatever passed it through JSON before."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _keep_values(event: Event, changes: Changes) -> None:
    texts: list[ValueText] = []
    kept: list[EventValue] = []
    for field, sides in changes.items():
        for side, value in zip((EventValue.Side.OLD, EventValue.Side.NEW), sides, strict=True):
            if value is None:
                continue
            plain = json.loads(json.dumps(_plain(value), cls=DjangoJSONEncoder))
            salt = secrets.token_hex(16)
            kept.append(EventValue(event=event, field=field, side=side, digest=digest(salt, plain)))
            texts.append(ValueText(salt=salt, value=plain))
    for row, text in zip(EventValue.objects.bulk_create(kept), texts, strict=True):
        text.event_value = row
    ValueText.objects.bulk_create(texts)


def _plain(value: Any) -> Any:
    """A record stands in the trail by its title and public id, everything else as itself."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, models.Model):
        return {"id": public_id_of(value), "title": title_of(value)}
    return value
