"""The shipped units in this installation's database: for the command, and beside the demo's first papers."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from nhipcau.records.foundation.actors import system
from nhipcau.records.organisations.models import Edition
from nhipcau.records.organisations.services import Brought, load_edition
from nhipcau.records.organisations.services.loading import analyze
from nhipcau.records.organisations.shipped import edition, shipped_acts


def load(*, is_trial: bool = False) -> Brought:
    """Bring in what of the shipped edition is not there; raises ``ValidationError`` where it cannot stand."""
    by = system(door="cli", on=timezone.localdate())
    # A hundred thousand rows are made and none is let go: looking for garbage among them takes half the time.
    gc.disable()
    try:
        brought = load_edition(by=by, acts=shipped_acts(), edition=edition(), is_trial=is_trial)
    finally:
        gc.enable()
    if brought.acts and not is_trial:
        analyze()
    return brought


@contextmanager
def beside() -> Iterator[None]:
    """Load in a process of its own while the block does something else; both are done at its end.

    Nothing is started where this edition is there already. Raises what ``load`` raises.
    """
    if Edition.objects.filter(dataset_version=edition().dataset_version).exists():
        yield
        return
    with subprocess.Popen(
        [sys.executable, "-m", "nhipcau.site.child", "units"],
        env=dict(os.environ),
        # Kept open until it ends: when we are killed, the pipe closes and it ends too.
        stdin=subprocess.PIPE,
        start_new_session=sys.platform != "win32",
    ) as process:
        try:
            yield
            status = process.wait()
        except BaseException:
            process.kill()
            raise
    if status:
        # Once more here, so that the reason is told as any other.
        load()
