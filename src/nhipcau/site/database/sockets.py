"""Where clients reach the server: a socket in a folder that only we can enter; on Windows a loopback port."""

from __future__ import annotations

import os
import socket
import stat
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from nhipcau.site.database.logins import DEFAULT_PORT
from nhipcau.site.database.passwords import write_private
from nhipcau.site.database.places import PRIVATE, make_folder

if TYPE_CHECKING:
    from nhipcau.site.database.account import Account
    from nhipcau.site.database.places import Place

SOCKET_NAME = f".s.PGSQL.{DEFAULT_PORT}"
#: The system's limit for the path of a socket is 107 bytes on Linux and 103 on macOS.
LONGEST = 103


def address(place: Place, account: Account | None) -> tuple[str, int]:
    """Host and port for the server of `place`; the host is a folder wherever there are Unix sockets."""
    if sys.platform == "win32":
        return "127.0.0.1", _port(place)
    return str(_folder(place, account)), DEFAULT_PORT


def clear(host: str) -> None:
    """Remove what a server that is dead left in the folder of its socket."""
    if host.startswith("/"):
        for name in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
            Path(host, name).unlink(missing_ok=True)


def _folder(place: Place, account: Account | None) -> Path:
    folder = place.root / "socket"
    if len(os.fsencode(folder / SOCKET_NAME)) > LONGEST:
        folder = _short_folder(place, account)
    elif not folder.exists():
        make_folder(folder, PRIVATE)
        if account:
            account.own(folder)
    if not _is_private(folder, account):
        raise PermissionError(f"{folder} must be a folder that only the database's account can enter")
    return folder


def _short_folder(place: Place, account: Account | None) -> Path:
    """A private folder with a short name, remembered in the place for the next start."""
    note = place.root / "socket.at"
    known = Path(note.read_text().strip()) if note.exists() else None
    if known is not None and _is_private(known, account):
        return known
    usual = tempfile.gettempdir()
    parent = usual if len(os.fsencode(usual)) < LONGEST // 2 else "/tmp"  # noqa: S108 -- mkdtemp makes it private
    made = Path(tempfile.mkdtemp(prefix="nhipcau-", dir=parent))
    if account:
        account.own(made)
    write_private(note, str(made))
    return made


def _is_private(folder: Path, account: Account | None) -> bool:
    try:
        found = folder.lstat()
    except OSError:
        return False
    owner = account.uid if account else os.geteuid()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == owner and stat.S_IMODE(found.st_mode) == PRIVATE


def _port(place: Place) -> int:
    """The loopback port of a place: chosen once, kept while it is free or our own server has it."""
    note = place.root / "port"
    if note.exists():
        return int(note.read_text())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    write_private(note, str(port))
    return port
