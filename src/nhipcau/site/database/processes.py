"""Tells whether a process number is the database server of one data directory, and ends only that one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

#: A number that no process can have (above the kernel's highest); the server takes it for a dead one.
NOBODY = 4_194_305
PID_FILE = "postmaster.pid"


def server_of(cluster: Path) -> int | None:
    """The process number of the living server of `cluster`, or None.

    A number that a foreign process has taken over since the server died is not taken for it.
    """
    pid = written_pid(cluster)
    if pid is None or not _is_server(pid, cluster):
        return None
    return pid


def written_pid(cluster: Path) -> int | None:
    """The number in the first line of `postmaster.pid`, whoever it belongs to now."""
    try:
        first = (cluster / PID_FILE).read_text(errors="replace").split("\n", 1)[0].strip()
    except OSError:
        return None
    return abs(int(first)) if first.lstrip("-").isdigit() else None


def disarm(cluster: Path) -> None:
    """Make a stale `postmaster.pid` harmless: its number names no living process any more.

    Only the number is replaced. The rest stays, as the server finds by it whether the memory of its
    predecessor is still in use, a check that would be lost if the file were deleted.
    """
    path = cluster / PID_FILE
    if not path.exists() or path.is_symlink():
        return
    owner = cluster.stat()
    _first, _newline, rest = path.read_text(errors="replace").partition("\n")
    aside = path.with_name(f"{PID_FILE}.{os.getpid()}")
    aside.unlink(missing_ok=True)
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{NOBODY}\n{rest}")
    if sys.platform != "win32":
        os.chown(aside, owner.st_uid, owner.st_gid)
    aside.replace(path)


def end(pid: int, cluster: Path, *, seconds: float = 60) -> bool:
    """Ask the server to stop at once but cleanly, then without a checkpoint; True when it is gone."""
    requests = [signal.SIGINT] if sys.platform == "win32" else [signal.SIGINT, signal.SIGQUIT]
    for request in requests:
        if not _is_server(pid, cluster):
            return True
        try:
            os.kill(pid, request)
        except ProcessLookupError:
            return True
        if _gone_within(seconds, pid, cluster):
            return True
    return False


def _gone_within(seconds: float, pid: int, cluster: Path) -> bool:
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        if not _is_server(pid, cluster):
            return True
        time.sleep(0.05)
    return False


def _is_server(pid: int, cluster: Path) -> bool:
    if pid == NOBODY:
        return False
    if sys.platform == "linux":
        return _is_server_by_proc(pid, cluster)
    if sys.platform == "win32":
        return _command_line(["tasklist", "/FI", f"PID eq {pid}", "/FO", "CSV"]).find("postgres.exe") >= 0
    command = _command_line(["ps", "-o", "command=", "-p", str(pid)])
    return "postgres" in command and str(cluster) in command


def _is_server_by_proc(pid: int, cluster: Path) -> bool:
    process = Path("/proc", str(pid))
    try:
        # Field 3 of stat stands after the name in brackets; a zombie serves nobody.
        state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        folder = (process / "cwd").readlink()
        name = (process / "exe").readlink().name
    except (OSError, IndexError):
        return False
    # The kernel marks a program whose file was replaced meanwhile, as by an upgrade.
    name = name.removesuffix(" (deleted)")
    return state != "Z" and name == "postgres" and folder == cluster.resolve()


def _command_line(arguments: list[str]) -> str:
    found = subprocess.run(arguments, capture_output=True, text=True, check=False)  # noqa: S603 -- ours
    return found.stdout
