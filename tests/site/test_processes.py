"""A process number is believed only where the process is the server of that directory."""

from __future__ import annotations

import os
import stat
import subprocess
from typing import TYPE_CHECKING

import pytest

from nhipcau.site.database import processes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def cluster(tmp_path: Path) -> Path:
    """A folder that looks like a data directory."""
    folder = tmp_path / "cluster"
    folder.mkdir()
    return folder


@pytest.fixture
def stranger(cluster: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A living process that stands in that very folder, but is no server."""
    process = subprocess.Popen(["sleep", "300"], cwd=cluster)
    yield process
    process.kill()
    process.wait()


def write(cluster: Path, pid: object) -> Path:
    """Write a pid file as the server does."""
    path = cluster / processes.PID_FILE
    path.write_text(f"{pid}\n{cluster}\n1790000000\n5432\n\n\n  5432001  0\nready   \n")
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("content", ["", "x", "-", "0x12", "12 13"])
def test_a_file_that_is_none_names_nobody(cluster: Path, content: str) -> None:
    (cluster / processes.PID_FILE).write_text(content)

    assert processes.written_pid(cluster) is None
    assert processes.server_of(cluster) is None


def test_without_a_file_there_is_no_server(cluster: Path) -> None:
    assert processes.server_of(cluster) is None
    processes.disarm(cluster)
    assert list(cluster.iterdir()) == []


def test_a_stranger_in_the_folder_is_no_server_and_is_not_ended(
    cluster: Path, stranger: subprocess.Popen[bytes]
) -> None:
    write(cluster, stranger.pid)

    assert processes.written_pid(cluster) == stranger.pid
    assert processes.server_of(cluster) is None
    assert processes.end(stranger.pid, cluster)
    assert stranger.poll() is None


def test_disarming_changes_the_number_and_nothing_else(cluster: Path) -> None:
    path = write(cluster, os.getpid())
    before = path.read_text().split("\n", 1)[1]

    processes.disarm(cluster)

    assert path.read_text() == f"{processes.NOBODY}\n{before}"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(ProcessLookupError):
        os.kill(processes.NOBODY, 0)
    assert [entry.name for entry in cluster.iterdir()] == [processes.PID_FILE]


def test_a_pid_file_that_points_elsewhere_is_not_followed(cluster: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("123\nkept\n")
    (cluster / processes.PID_FILE).symlink_to(target)

    processes.disarm(cluster)

    assert target.read_text() == "123\nkept\n"
