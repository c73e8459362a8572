"""Children are started again ever more slowly, stopped in order, and end with their parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nhipcau.site import children
from nhipcau.site.children import Child, Family

if TYPE_CHECKING:
    from collections.abc import Iterator


class Clock:
    """A clock that the test turns."""

    now = 1000.0

    def monotonic(self) -> float:
        """The time it shows."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the family."""
    clock = Clock()
    monkeypatch.setattr(children.time, "monotonic", clock.monotonic)  # type: ignore[attr-defined]
    return clock


class Failing(Child):
    """A child that is dead as soon as it was started; counts its starts."""

    starts = 0

    def start(self) -> None:
        """Dies at once."""
        self.starts += 1
        self.started = children.time.monotonic()  # type: ignore[attr-defined]

    def is_up(self) -> bool:
        """Never."""
        return False


def test_a_child_that_keeps_failing_is_started_ever_more_slowly(clock: Clock) -> None:
    said: list[str] = []
    child = Failing("web", (), {})
    family = Family(said.append, [child])
    child.start()

    gaps, last = [], clock.now
    for _tick in range(4000):
        before = child.starts
        family.look_after()
        if child.starts > before:
            gaps.append(clock.now - last)
            last = clock.now
        clock.now += 0.1

    assert gaps[:4] == sorted(gaps[:4])
    assert gaps[0] == pytest.approx(1.0, abs=0.3)
    assert gaps[-1] == pytest.approx(children.LONGEST_PAUSE, abs=0.5)
    assert len(said) in {len(gaps), len(gaps) + 1}
    assert said[0] == "The web process ended (status none); it is started again."


def test_a_child_that_ran_long_is_started_again_at_once(clock: Clock) -> None:
    child = Failing("jobs", (), {}, pause=children.LONGEST_PAUSE)
    family = Family(lambda _sentence: None, [child])
    child.start()

    clock.now += children.STEADY + 1
    family.look_after()
    clock.now += 0.6
    family.look_after()

    assert child.starts == 2


class Sleeping(Child):
    """A real process that waits, and on SIGTERM does what its first argument says."""

    def start(self) -> None:
        """Start it; returns when it is ready for the signal."""
        program = (
            "import signal, sys, time\n"
            f"signal.signal(signal.SIGTERM, {self.arguments[0]})\n"
            "print('ready', flush=True)\n"
            "time.sleep(300)"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        self.process.stdout.readline()
        self.process.stdout.close()


def test_the_end_of_the_family_ends_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "GRACE", 0.5)
    with Family(lambda _sentence: None) as family:
        for words in ("lambda *_: sys.exit(0)", "signal.SIG_IGN"):
            family.children.append(Sleeping("sleeping", (words,), {}))
            family.children[-1].start()
        processes = [child.process for child in family.children]

    assert [process.returncode for process in processes if process] == [0, -signal.SIGKILL]


@pytest.fixture
def parent() -> Iterator[subprocess.Popen[str]]:
    """A process that starts a child of the site and tells its number; the child waits for its end."""
    program = (
        "import os, subprocess, sys, time\n"
        "child = 'from nhipcau.site.child import _end_with_parent; import time, threading; '\\\n"
        "    'threading.Thread(target=_end_with_parent, daemon=True).start(); time.sleep(300)'\n"
        "process = subprocess.Popen([sys.executable, '-c', child], stdin=subprocess.PIPE)\n"
        "print(process.pid, flush=True); time.sleep(300)"
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    yield process
    process.kill()
    process.communicate()


def test_a_child_ends_when_its_parent_is_killed(parent: subprocess.Popen[str]) -> None:
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    # It must have come as far as watching: before, the signal's default would end it as well.
    time.sleep(0.5)
    assert Path("/proc", str(pid)).exists()

    parent.kill()

    last = time.monotonic() + 30
    while is_running(pid):
        assert time.monotonic() < last
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    """Whether a process runs: a zombie waiting for somebody to ask after it does not."""
    try:
        os.kill(pid, 0)
        return Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
