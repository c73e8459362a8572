"""Where the output finds no place, one sentence is told and the exit code says that it was no success."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

FULL = Path("/dev/full")
COMMANDS = ["read", "chain"]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A paper to read."""
    path = tmp_path / "giay.txt"
    path.write_text("Số: 7/KH-UBND\n\nKẾ HOẠCH\nVề giao lưu nhân dân\n", "utf-8")
    return path


@pytest.mark.skipif(not FULL.exists(), reason="this system has no full disk to write to")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_is_told_in_one_line(command: str, paper: Path) -> None:
    with FULL.open("w") as full:
        done = _run([command, str(paper)], stdout=full)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "could not be written" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no shell to close a stream")
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("closed", [">&-", "2>&-"])
def test_a_stream_that_was_closed_before_changes_no_exit_code(command: str, closed: str, paper: Path) -> None:
    line = f'exec "$0" -m nhipcau.site.main {command} "$1" {closed}'
    done = subprocess.run(
        ["sh", "-c", line, sys.executable, str(paper)],
        capture_output=True,
        text=True,
        check=False,
        env=_env(),
    )
    assert (done.returncode, done.stderr) == (0, "")


def _run(arguments: list[str], *, stdout: IO[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nhipcau.site.main", *arguments],
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env=_env(),
    )


def _env() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C"}
