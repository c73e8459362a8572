"""Files that are ZIP packages (DOCX, ODT, ZIP itself), unpacked in memory within the limits.

Nothing is ever written to a disk, so that a marked paper leaves no trace.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import IO

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats.limits import BOMB, MB, Limits

CHUNK = 1 * MB
BROKEN = "Tệp bị hỏng hoặc bị cắt cụt, không mở được."
LOCKED = "Tệp nén có đặt mật khẩu; hãy bỏ mật khẩu rồi thử lại."
# What zipfile lets out on damaged archives.
FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, OSError, NotImplementedError,
    OverflowError, RuntimeError, IndexError, AttributeError, MemoryError,
)  # fmt: skip


class Package:
    """An opened ZIP archive that hands out its parts within ``limits``."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Read the directory. Raises UnreadableError for damage, passwords, and too many entries."""
        self.limits = limits
        self.unpacked = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        except FAULTS as error:
            raise UnreadableError("damaged", BROKEN) from error
        if len(self._zip.infolist()) > limits.entries:
            raise UnreadableError("zip_bomb", f"Tệp nén chứa quá nhiều tệp (hơn {limits.entries}).")
        if any(info.flag_bits & 0x1 for info in self._parts.values()):
            raise UnreadableError("encrypted", LOCKED)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts in the order of the directory, without folders."""
        return tuple(self._parts)

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def read(self, name: str) -> bytes:
        """Unpack one part. Raises UnreadableError where it is damaged, missing or beyond the limits."""
        info = self._parts.get(name)
        if info is None:
            raise UnreadableError("damaged", BROKEN)
        most = self._allowed(info)
        try:
            with self._zip.open(info) as part:
                data = _bounded(part, most)
        except FAULTS as error:
            raise UnreadableError("damaged", BROKEN) from error
        if len(data) > most:
            raise UnreadableError("zip_bomb", BOMB)
        self.unpacked += len(data)
        return data

    def _allowed(self, info: zipfile.ZipInfo) -> int:
        """How many bytes of this part may be unpacked; more is a bomb."""
        by_ratio = max(MB, info.compress_size * self.limits.ratio)
        left = self.limits.unpacked_bytes - self.unpacked
        most = min(by_ratio, self.limits.part_bytes, left)
        if info.file_size > most:
            raise UnreadableError("zip_bomb", BOMB)
        return most


def _bounded(part: IO[bytes], most: int) -> bytes:
    """Read up to one chunk more than ``most`` bytes."""
    chunks: list[bytes] = []
    size = 0
    while size <= most:
        chunk = part.read(min(CHUNK, most + 1 - size))
        if not chunk:
            break
        chunks.append(chunk)
        size += len(chunk)
    return b"".join(chunks)
