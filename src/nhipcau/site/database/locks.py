"""A lock on a place that dies with its holder: the system lets go of it, however the process ends."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class HeldError(RuntimeError):
    """Another living process holds the lock."""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold `path` locked; raises `HeldError` at once where another process does.

    The descriptor is not inherited by programs we start, so no orphan keeps the lock.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _lock(descriptor):
            raise HeldError(f"{path.parent} is in use by another running nhipcau ({_holder(descriptor)})")
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()}\n".encode(), 0) if sys.platform != "win32" else None
        yield
    finally:
        os.close(descriptor)


def _holder(descriptor: int) -> str:
    if sys.platform == "win32":
        return "another window"
    return os.pread(descriptor, 60, 0).decode(errors="replace").strip() or "just starting"


def _lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
