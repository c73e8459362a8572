"""ZIP archives of documents: each file is opened in turn; one that fails does not stop the others."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats.opened import Member, Opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhipcau.reading.formats.packages import Package

MEDIA_TYPE = "application/zip"
NO_FILES = "Tệp nén không chứa tệp nào."
# What systems put into archives beside the files of people.
LITTER = ("__MACOSX/",)
LITTER_NAMES = {"thumbs.db", ".ds_store", "desktop.ini"}


def read(package: Package, open_member: Callable[[bytes, str], Opened]) -> Opened:
    """Open every file of an archive with ``open_member``.

    Raises UnreadableError where the archive is empty or a bomb; a single file that cannot be read is kept
    with its error.
    """
    members = [_member(package, name, open_member) for name in package.names if not _is_litter(name)]
    if not members:
        raise UnreadableError("empty", NO_FILES)
    return Opened("", MEDIA_TYPE, members=tuple(members))


def _is_litter(name: str) -> bool:
    return name.startswith(LITTER) or posixpath.basename(name).lower() in LITTER_NAMES


def _member(package: Package, name: str, open_member: Callable[[bytes, str], Opened]) -> Member:
    try:
        data = package.read(name)
    except UnreadableError as error:
        if error.code == "zip_bomb":
            raise
        return Member(name, 0, error=error)
    try:
        return Member(name, len(data), open_member(data, name))
    except UnreadableError as error:
        if error.code == "zip_bomb":
            raise
        return Member(name, len(data), error=error)
