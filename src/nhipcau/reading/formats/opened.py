"""What an opened file is: its raw text, and beside it everything that the secrecy stop must see."""

from __future__ import annotations

from dataclasses import dataclass

from nhipcau.reading.findings import UnreadableError


@dataclass(frozen=True, slots=True)
class Opened:
    """The content of one file. ``text`` is raw (not yet normalised), in reading order.

    ``extras`` holds what is printed or kept beside the main text: properties, headers, footers, text
    boxes, comments, attachment names. ``has_unread_pictures``: the first page holds a picture that nobody
    could read, so that a person must confirm that it bears no mark. ``members``: the files of a ZIP or of
    an edXML message.
    """

    text: str
    media_type: str
    pages: int | None = None
    ocr: bool = False
    extras: tuple[str, ...] = ()
    has_unread_pictures: bool = False
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a container, by its name there; either ``opened`` or ``error`` is there."""

    name: str
    size: int
    opened: Opened | None = None
    error: UnreadableError | None = None
