"""Erasures beside the database, one line each: a backup that is restored has forgotten them.

No erased value stands there, only which fields of which record went, under which article and why.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from nhipcau.records.foundation.models import Event, ValueText

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

FORM = "nhipcau.erasure.v1"


def append_missing() -> int:
    """Write a line for each erasure of the database that has none yet; how many.

    After a crash between the commit and the line, the next call makes it good.
    """
    place = Path(settings.NHIPCAU_ERASURES)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "r+", encoding="utf-8") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        text = file.read()
        kept = {line["event"] for line in _lines(text)}
        new = [
            row for row in Event.objects.filter(verb="erase").order_by("id") if str(row.public_id) not in kept
        ]
        # A line that was broken off is ended, so that the next one begins anew.
        file.write("\n" if text and not text.endswith("\n") and new else "")
        for row in new:
            file.write(json.dumps(_told(row), ensure_ascii=False, sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return len(new)


def forgotten(paths: list[Path] | None = None) -> list[dict[str, Any]]:
    """The erasures of these files that the database does not know: those since the backup it came from.

    Without ``paths``: the file of this place, and those that earlier restores put aside.
    """
    place = Path(settings.NHIPCAU_ERASURES)
    if paths is None:
        asides = place.parent.parent.glob(f"{place.parent.name}_before_*/{place.name}")
        paths = [path for path in (place, *sorted(asides)) if path.exists()]
    told = {line["event"]: line for path in paths for line in _lines(path.read_text("utf-8"))}
    known = Event.objects.filter(verb="erase", public_id__in=list(told)).values_list("public_id", flat=True)
    there = {str(one) for one in known}
    return [line for event, line in told.items() if event not in there]


def _lines(text: str) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        try:
            told = json.loads(line)
            UUID(told["event"])
            UUID(told["record"])
        except (ValueError, KeyError, TypeError):
            continue
        if told.get("form") == FORM:
            yield told


def _told(event: Event) -> dict[str, Any]:
    values = {
        text.event_value.field: text.value
        for text in ValueText.objects.filter(event_value__event=event).select_related("event_value")
    }
    return {
        "form": FORM,
        "event": str(event.public_id),
        "at": event.at.isoformat(),
        "kind": event.kind,
        "record": str(event.record),
        "article": values.get("article", ""),
        "fields": values.get("fields", []),
        "why": event.why,
    }
