"""The file of seals outside the database: one line a seal, only ever appended to.

Whoever appends holds the file locked. A line is whole when it ends: what a killed process left half-written
is recognised, and replaced by whoever comes next.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from nhipcau.records.foundation.sealing.forms import BadSealError, Signed, read_line

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_STEP = 65536


class Ledger:
    """The file at ``path``; it need not exist yet."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep others from appending until the block ends; the lock dies with its process."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _opened(self.path) as file:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX)
            yield

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Keep the file as it is until the block ends, by reading rights alone; it may be missing."""
        if fcntl is None or not self.path.exists():
            yield
            return
        with self.path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            yield

    def size(self) -> int:
        """Its length in bytes; 0 where it is missing."""
        return self.path.stat().st_size if self.path.exists() else 0

    def seals(self, until: int | None = None) -> Iterator[Signed | BadSealError]:
        """Each line in order, as far as byte ``until``; a line that is no seal comes as its error.

        A last line without its end was broken off while it was written, and is left out.
        """
        if not self.path.exists():
            return
        left = self.size() if until is None else until
        with self.path.open("rb") as file:
            for line in file:
                left -= len(line)
                if left < 0 or not line.endswith(b"\n"):
                    return
                yield _read(line)

    def last(self) -> Signed | None:
        """The last whole line; raises ``BadSealError`` where that is no seal."""
        line = self._last_line()
        if not line:
            return None
        found = _read(line)
        if isinstance(found, BadSealError):
            raise found
        return found

    def append(self, signed: Signed) -> None:
        """Write one line and force it to disk. Call it while ``held``; a broken-off line goes first."""
        with _opened(self.path) as file:
            file.truncate(self._whole())
            file.seek(0, os.SEEK_END)
            file.write(signed.line().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def _whole(self) -> int:
        """The length without a line that was broken off."""
        size = self.size()
        with self.path.open("rb") as file:
            place = size
            while place > 0:
                begin = max(0, place - _STEP)
                file.seek(begin)
                found = file.read(place - begin).rfind(b"\n")
                if found >= 0:
                    return begin + found + 1
                place = begin
        return 0

    def _last_line(self) -> bytes:
        if not self.path.exists():
            return b""
        end = self._whole()
        with self.path.open("rb") as file:
            place, line = end - 1, b""
            while place > 0:
                begin = max(0, place - _STEP)
                file.seek(begin)
                piece = file.read(place - begin)
                found = piece.rfind(b"\n")
                if found >= 0:
                    return piece[found + 1 :] + line
                line, place = piece + line, begin
            return line


def _opened(path: Path) -> IO[bytes]:
    """Open for reading and writing, made for its owner only."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")


def _read(line: bytes) -> Signed | BadSealError:
    try:
        return read_line(line.decode().rstrip("\n"))
    except UnicodeDecodeError:
        return BadSealError("this line is no text")
    except BadSealError as error:
        return error
