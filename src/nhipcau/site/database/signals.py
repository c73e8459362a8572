"""Ends a command the same way for SIGTERM, SIGINT and SIGHUP: one exception, raised where it does no harm."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

#: SIGHUP comes when the terminal closes; Windows has SIGBREAK for it.
NAMES = ("SIGTERM", "SIGINT", "SIGBREAK") if sys.platform == "win32" else ("SIGTERM", "SIGINT", "SIGHUP")


class Stopped(SystemExit):
    """A signal asked this command to end; the exit status is the shell's for that signal."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.number = number


class _State:
    shields = 0
    pending: int | None = None
    raised = False


@contextmanager
def stopping() -> Iterator[None]:
    """Within, the first of the signals raises `Stopped`; later ones wait for the cleaning up to end."""
    _State.shields, _State.pending, _State.raised = 0, None, False
    before = {name: signal.signal(getattr(signal, name), _on_signal) for name in NAMES}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


@contextmanager
def shielded() -> Iterator[None]:
    """Within, a signal waits: between starting a process and knowing it, none may be lost."""
    _State.shields += 1
    try:
        yield
    finally:
        _State.shields -= 1
        if _State.pending is not None and not _State.shields:
            _raise(_State.pending)


def _on_signal(number: int, _frame: FrameType | None) -> None:
    if _State.raised:
        return
    if _State.shields:
        _State.pending = number
    else:
        _raise(number)


def _raise(number: int) -> None:
    _State.pending, _State.raised = None, True
    raise Stopped(number)
