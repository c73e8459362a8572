"""Homes for servers that the tests start and kill, and processes that hold them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nhipcau.site.database import binaries, places, processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def programs() -> Iterator[Path]:
    """PostgreSQL's programs, copied once where the server's account may go (as root only)."""
    home = Path(tempfile.mkdtemp(prefix="nhipcau-programs-"))
    if places.is_root():
        home.chmod(places.PASSABLE)
        binaries.copied(home)
    yield home / "postgresql"
    shutil.rmtree(home)


@pytest.fixture
def home(programs: Path) -> Iterator[Path]:
    """An empty home with a short name; whatever server is left in it is ended with the test."""
    made = Path(tempfile.mkdtemp(prefix="nhipcau-home-"))
    if programs.exists():
        made.chmod(places.PASSABLE)
        (made / "postgresql").symlink_to(programs)
    yield made
    for cluster in made.glob("*/cluster"):
        if (pid := processes.server_of(cluster)) is not None:
            processes.end(pid, cluster)
    shutil.rmtree(made)


@pytest.fixture(scope="session")
def migrated_office(programs: Path) -> Iterator[Path]:
    """The place of an office whose database is at this version, stopped; made once, for copying."""
    made = Path(tempfile.mkdtemp(prefix="nhipcau-office-"))
    if programs.exists():
        made.chmod(places.PASSABLE)
        (made / "postgresql").symlink_to(programs)
    command = [sys.executable, "-m", "nhipcau.site.main", "migrate"]
    subprocess.run(command, env={**os.environ, "NHIPCAU_DATA": str(made)}, check=True, capture_output=True)
    yield made / "office"
    shutil.rmtree(made)


@pytest.fixture
def old_home(home: Path, migrated_office: Path) -> Path:
    """A home whose databases were migrated before, so that a start is quick; nobody has signed in yet."""
    for name in ("office", "demo", "demo-2"):
        # With owners and modes, which the copying of the standard library leaves out.
        subprocess.run(["cp", "-a", str(migrated_office), str(home / name)], check=True)
    return home


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start `python -m MODULE ARGUMENTS` with pipes; what still runs at the end of the test is killed."""
    started: list[subprocess.Popen[str]] = []

    def begin(*arguments: object, **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # Nobody reads on while a test waits for something else; whoever writes must not wait for that.
            pipesize=2**20,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()
