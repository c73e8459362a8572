"""The processes that `serve` and `demo` start beside themselves: started, watched, started again, stopped."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from nhipcau.site.database.signals import shielded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: A child that ends sooner than this after its start is failing; it is started again ever more slowly.
STEADY = 30.0
LONGEST_PAUSE = 30.0
#: Running requests and jobs get this long to end.
GRACE = 30.0


@dataclass
class Child:
    """One process of ours: `python -m nhipcau.site.child NAME ARGUMENTS`."""

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.5
    again_at: float = 0.0

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C reaches only us, who stop the children in order."""
        with shielded():
            self.process = subprocess.Popen(  # noqa: S603 -- our own module
                [sys.executable, "-m", "nhipcau.site.child", self.name, *self.arguments],
                # The child ends when this pipe closes: so it dies with us, even when we are killed.
                stdin=subprocess.PIPE,
                env=dict(self.environment),
                start_new_session=sys.platform != "win32",
            )
        self.started = time.monotonic()

    def is_up(self) -> bool:
        """Whether its process lives."""
        return self.process is not None and self.process.poll() is None


@dataclass
class Family:
    """All children of one command; use as a context manager, which stops them at the end."""

    say: Callable[[str], None]
    children: list[Child] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        with shielded():
            self.stop()

    def add(self, name: str, *arguments: str, environment: Mapping[str, str]) -> Child:
        """Start one more child."""
        child = Child(name, arguments, environment)
        self.children.append(child)
        child.start()
        return child

    def look_after(self) -> None:
        """Start again, after a pause that grows, whichever child has died."""
        now = time.monotonic()
        for child in self.children:
            if child.is_up():
                continue
            if child.again_at < child.started:
                child.pause = 0.5 if now - child.started > STEADY else min(child.pause * 2, LONGEST_PAUSE)
                child.again_at = now + child.pause
                code = child.process.returncode if child.process else "none"
                self.say(f"The {child.name} process ended (status {code}); it is started again.")
            elif now >= child.again_at:
                child.start()

    def stop(self) -> None:
        """Ask all children to end, the last started first; who does not within the grace is killed."""
        for child in reversed(self.children):
            if child.is_up() and child.process is not None:
                child.process.terminate()
        last = time.monotonic() + GRACE
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, last - time.monotonic()))
            except subprocess.TimeoutExpired:
                _kill(child.process)
            if child.process.stdin is not None:
                child.process.stdin.close()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a child with everything that it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, 9)
    process.wait()
