"""The parts of a ZIP package as streams, each within the bounds of what one file may unpack to."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from lxml import etree

from nhipcau.interchange.formats.sheets.book import MB, Bounds, damaged
from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats.limits import BOMB
from nhipcau.reading.formats.packages import FAULTS, LOCKED

#: A part that is read whole (not as a stream) may have this many bytes.
WHOLE = 16 * MB


class Stream(io.RawIOBase):
    """A part that is being unpacked; raises where it grows beyond what is left."""

    def __init__(self, inner: IO[bytes], most: int) -> None:
        super().__init__()
        self._inner, self._left = inner, most

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes."""
        data = self._inner.read(size if size >= 0 else self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise UnreadableError("zip_bomb", BOMB)
        return data


class Parts:
    """A package whose parts are opened one at a time."""

    def __init__(self, data: bytes, bounds: Bounds) -> None:
        """Read the directory. Raises ``UnreadableError`` for damage, passwords and too many entries."""
        self.bounds = bounds
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._infos = {info.filename.lstrip("/"): info for info in self._zip.infolist()}
        except FAULTS as error:
            raise damaged() from error
        if len(self._infos) > bounds.entries:
            raise UnreadableError("zip_bomb", f"Tệp nén chứa quá nhiều tệp (hơn {bounds.entries}).")
        if any(info.flag_bits & 0x1 for info in self._infos.values()):
            raise UnreadableError("encrypted", LOCKED)
        if sum(info.file_size for info in self._infos.values()) > bounds.unpacked_bytes:
            raise UnreadableError("zip_bomb", BOMB)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts, without folders."""
        return tuple(name for name in self._infos if not name.endswith("/"))

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    @contextmanager
    def open(self, name: str) -> Iterator[Stream]:
        """The part as a stream; every fault of the package is told as one sentence."""
        info = self._infos.get(name)
        if info is None:
            raise damaged()
        most = min(self.bounds.unpacked_bytes, max(MB, info.compress_size * self.bounds.ratio))
        try:
            with self._zip.open(info) as inner:
                yield Stream(inner, most)
        except (*FAULTS, etree.XMLSyntaxError) as error:
            if isinstance(error, UnreadableError):
                raise
            raise damaged() from error

    def read(self, name: str) -> bytes:
        """A small part whole."""
        with self.open(name) as stream:
            data = stream.read(WHOLE + 1)
        if len(data) > WHOLE:
            raise UnreadableError("too_large", "Tệp có phần phụ (hình, kiểu, ghi chú) quá lớn để đọc.")
        return data

    def tree(self, name: str) -> Any:
        """A small part as XML; ``None`` where the package has none of that name."""
        if name not in self:
            return None
        data = self.read(name)
        try:
            return etree.fromstring(data, _parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise damaged() from error

    def events(self, name: str, *tags: str) -> Iterator[tuple[str, Any]]:
        """The elements with these tags (any namespace) as they end; each must be cleared by who takes it."""
        with self.open(name) as stream:
            yield from etree.iterparse(
                stream,
                events=("start", "end"),
                tag=[f"{{*}}{tag}" for tag in tags],
                resolve_entities=False,
                no_network=True,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )


def let_go(element: Any) -> None:
    """Forget an element that was read, and those before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def local(element: Any) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
