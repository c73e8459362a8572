"""The file store: bytes under the SHA-256 of their content, each office its own copy.

A file is written to the spool, forced to disk and renamed, so that a half-written one never stands under its
hash. Nothing comes here before the secrecy check. What a killed process left is removed at the next start.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import UUID, uuid4

from django.conf import settings

from nhipcau.records.foundation.models import Attachment, Office

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

# An orphan younger than this may belong to a transaction that is still open.
ORPHAN_AGE = 3600


def sha256_of(data: bytes) -> str:
    """The name of a content: SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def path_of(office: UUID, sha256: str) -> Path:
    """Where a file of an office (by its unit's public id) stands; it need not exist."""
    return _root() / office.hex / sha256[:2] / sha256


@contextmanager
def keeping(office: Office, data: bytes) -> Iterator[str]:
    """Store ``data`` and yield its hash; what fails inside takes a newly stored file away again."""
    sha256 = sha256_of(data)
    place = path_of(office.unit.public_id, sha256)
    fresh = not place.exists()
    if fresh:
        _write(place, data)
    try:
        yield sha256
    except BaseException:
        if fresh:
            place.unlink(missing_ok=True)
        raise


def read(attachment: Attachment) -> bytes:
    """The bytes of an attachment; ``FileNotFoundError`` where the store lost it."""
    return path_of(attachment.office.unit.public_id, attachment.sha256).read_bytes()


def remove(attachment: Attachment) -> None:
    """Take the bytes of an attachment out of the store, for good; nothing happens where they are gone."""
    path_of(attachment.office.unit.public_id, attachment.sha256).unlink(missing_ok=True)


def clean_spool() -> int:
    """At start: remove what a killed process left half-written; the number of files removed.

    A file that is being written is locked, and the lock dies with its process: those of the living stay.
    """
    left = list(_spool().glob("*")) if _spool().exists() else []
    return sum(_remove_abandoned(path) for path in left)


def sweep_orphans(*, older_than: float = ORPHAN_AGE) -> int:
    """Remove stored files that no attachment names (a process died before it committed); how many.

    ``older_than`` is in seconds.
    """
    kept = {
        path_of(office, sha256)
        for office, sha256 in Attachment.objects.values_list("office__unit__public_id", "sha256").iterator()
    }
    border = time.time() - older_than
    orphans = [
        path
        for path in _root().glob("*/*/*")
        if path.is_file() and path not in kept and path.stat().st_mtime < border
    ]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def _root() -> Path:
    return Path(settings.NHIPCAU_FILES)


def _spool() -> Path:
    return _root() / "spool"


def _remove_abandoned(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            _lock(file)
        path.unlink()
    except OSError:
        # Somebody writes it, or finished just now. Windows lets nobody delete what is open.
        return False
    return True


def _lock(file: IO[bytes]) -> None:
    """Lock a file until it is closed; ``OSError`` where another holds it. Windows needs no lock."""
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _write(place: Path, data: bytes) -> None:
    _root().mkdir(parents=True, exist_ok=True)
    for folder in (_spool(), place.parent.parent, place.parent):
        folder.mkdir(mode=0o700, exist_ok=True)
    spooled = _spool() / uuid4().hex
    try:
        with spooled.open("xb") as target:
            _lock(target)
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
        spooled.replace(place)
    finally:
        spooled.unlink(missing_ok=True)
