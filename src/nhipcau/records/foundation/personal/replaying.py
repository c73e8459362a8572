"""After a backup was restored: what had been erased since it was made is erased again."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from nhipcau.records.foundation.actors import system
from nhipcau.records.foundation.personal import outside
from nhipcau.records.foundation.personal.services import call_erase
from nhipcau.records.foundation.references import kind_named


def replay(paths: list[Path] | None = None) -> int:
    """Erase again what the files tell and the database forgot; how many records. Safe to run at any time."""
    by = system(door="system", on=timezone.localdate())
    done = 0
    for line in outside.forgotten(paths):
        try:
            model = kind_named(line["kind"]).model
        except KeyError:
            continue
        record = model._default_manager.filter(public_id=line["record"]).first()
        if record is None:
            continue
        try:
            with transaction.atomic():
                call_erase(by=by, record=record, article=line["article"], why=line["why"])
        except ValidationError:
            # Nothing is left of it: replayed before, or never in this backup.
            continue
        done += 1
    outside.append_missing()
    return done
