"""Looks at a file in memory: what it holds, and whether it bears a secrecy mark. Writes nothing anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nhipcau.reading.contract import as_contract
from nhipcau.reading.findings import MarkedError, Source, UnreadableError
from nhipcau.reading.formats.opened import Opened
from nhipcau.reading.formats.opening import open_file
from nhipcau.reading.formats.plain import refuse_table
from nhipcau.reading.reader import read_text
from nhipcau.reading.secrecy import find_mark, in_name


@dataclass(frozen=True, slots=True)
class Leaf:
    """One paper of a file.

    The file itself (``member`` empty) or a member of a container, by its path there.
    """

    member: str
    opened: Opened | None
    error: str = ""


def look(name: str, data: bytes) -> list[Leaf]:
    """The papers of a file, after the secrecy stop.

    Raises ``MarkedError`` with the gravest mark of the whole file, ``UnreadableError`` where it cannot be
    read.
    """
    # The name is looked at first: a marked file that cannot be opened is refused for its mark.
    look_at_name(name)
    opened = open_file(data, name)
    leaves = list(_leaves(opened, ""))
    marks = [mark for mark in (_mark(leaf, name) for leaf in leaves) if mark]
    if marks:
        raise MarkedError(max(marks, key=["mật", "tối mật", "tuyệt mật"].index))
    refuse_table(opened, name)
    papers = [
        leaf for leaf in leaves if leaf.opened is None or leaf.opened.text.strip() or not leaf.opened.members
    ]
    return papers or leaves[:1]


def look_at_name(name: str) -> None:
    """Raise ``MarkedError`` where the name of a file bears a mark."""
    named = in_name(name)
    if named:
        raise MarkedError(named)


def was_recognised(leaves: list[Leaf]) -> bool:
    """Whether pictures of the file were recognised: that is slow, and should not be done again."""
    return any(leaf.opened is not None and leaf.opened.ocr for leaf in leaves)


def as_plain(leaf: Leaf) -> dict[str, Any] | None:
    """What was opened, as the database can keep it until it is read; ``None`` where nothing was."""
    if leaf.opened is None:
        return None
    opened = leaf.opened
    kept = {"text": opened.text, "media_type": opened.media_type, "pages": opened.pages, "ocr": opened.ocr}
    return {key: _keepable(value) for key, value in kept.items()}


def from_plain(member: str, kept: dict[str, Any]) -> Leaf:
    """The leaf that ``as_plain`` kept; what only the look for marks needs is gone."""
    return Leaf(member, Opened(**kept))


def reading_of(leaf: Leaf, *, name: str, sha256: str, size: int) -> dict[str, Any]:
    """What the reader finds in a paper, as an object of the contract that the database can keep.

    Raises ``UnreadableError`` where it could not be opened.
    """
    if leaf.opened is None:
        raise UnreadableError("unreadable", leaf.error)
    source = Source(
        name=leaf.member or name,
        media_type=leaf.opened.media_type,
        bytes=size,
        sha256=sha256,
        pages=leaf.opened.pages,
        ocr=leaf.opened.ocr,
    )
    kept: dict[str, Any] = _keepable(as_contract(read_text(leaf.opened.text, source)))
    return kept


def _leaves(opened: Opened, path: str) -> Iterator[Leaf]:
    yield Leaf(path, opened)
    for member in opened.members:
        name = f"{path}/{member.name}" if path else member.name
        if member.opened is None:
            yield Leaf(name, None, str(member.error or ""))
        else:
            yield from _leaves(member.opened, name)


def _mark(leaf: Leaf, name: str) -> Any:
    full_name = f"{name}\n{leaf.member}"
    if leaf.opened is None:
        return find_mark("", (), full_name)
    return find_mark(leaf.opened.text, leaf.opened.extras, full_name)


def _keepable(value: Any) -> Any:
    """The same value without what JSON in the database cannot hold (NUL, lone surrogates); offsets stay."""
    if isinstance(value, str):
        return "".join(_FORBIDDEN.get(letter, letter) for letter in value) if _has_forbidden(value) else value
    if isinstance(value, list):
        return [_keepable(item) for item in value]
    if isinstance(value, dict):
        return {key: _keepable(item) for key, item in value.items()}
    return value


_FORBIDDEN = {"\0": "\ufffd", **{chr(code): "\ufffd" for code in range(0xD800, 0xE000)}}


def _has_forbidden(text: str) -> bool:
    if "\0" in text:
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
