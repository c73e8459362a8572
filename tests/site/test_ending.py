"""However a command ends, no server is left, no data are lost and no foreign process is touched."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import psycopg
import pytest

from nhipcau.site.database import account, embedded, locks, processes
from nhipcau.site.database.places import Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Start = Callable[..., subprocess.Popen[str]]


def quiet(_sentence: str) -> None:
    """Says nothing."""


def ready(holder: subprocess.Popen[str]) -> str:
    """Wait until the holder's server is up; returns its address."""
    assert holder.stdout is not None
    url = holder.stdout.readline().strip()
    assert url.startswith("postgresql://"), holder.communicate()
    return url


def server(home: Path) -> int:
    """The process number of the server of the office's place."""
    pid = processes.server_of(Place(home).cluster)
    assert pid is not None
    return pid


def keep_a_row(url: str) -> None:
    """Write something that must be found again."""
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")


def kept(url: str) -> object:
    """What `keep_a_row` wrote."""
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT number FROM kept").fetchone()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_each_signal_stops_the_server(home: Path, start: Start, name: str) -> None:
    holder = start("tests.site.holder", home)
    ready(holder)
    pid = server(home)

    holder.send_signal(getattr(signal, name))

    assert holder.wait(30) == 128 + getattr(signal, name)
    assert processes.server_of(Place(home).cluster) is None
    assert not (Place(home).cluster / processes.PID_FILE).exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_normal_exit_stops_the_server(home: Path, start: Start) -> None:
    holder = start("tests.site.holder", home, "until-line")
    ready(holder)

    _out, errors = holder.communicate("\n", timeout=30)

    assert (holder.returncode, errors) == (0, "Creating the database, once...\n")
    assert processes.server_of(Place(home).cluster) is None


def test_signals_in_a_row_still_end_in_order(home: Path, start: Start) -> None:
    holder = start("tests.site.holder", home)
    ready(holder)

    for name in ("SIGINT", "SIGTERM", "SIGINT", "SIGHUP"):
        holder.send_signal(getattr(signal, name))

    holder.wait(30)
    assert not (Place(home).cluster / processes.PID_FILE).exists()


def test_after_the_holder_was_killed_the_next_start_and_stop_are_clean(home: Path, start: Start) -> None:
    holder = start("tests.site.holder", home)
    keep_a_row(ready(holder))
    left = server(home)

    holder.kill()
    holder.wait()
    assert server(home) == left

    with embedded.running(Place(home), say=quiet) as found:
        assert kept(found.cluster.superuser("nhipcau").url) == (7,)
    assert processes.server_of(Place(home).cluster) is None
    assert not (Place(home).cluster / processes.PID_FILE).exists()


def test_after_the_server_was_killed_it_starts_again_with_its_data(home: Path) -> None:
    with embedded.running(Place(home), say=quiet) as found:
        url = found.cluster.superuser("nhipcau").url
        keep_a_row(url)

        os.kill(server(home), signal.SIGKILL)
        while found.cluster.is_up():
            time.sleep(0.01)
        found.cluster.start()

        assert kept(url) == (7,)
    assert processes.server_of(Place(home).cluster) is None


def test_after_both_were_killed_the_next_start_has_the_data(home: Path, start: Start) -> None:
    holder = start("tests.site.holder", home)
    keep_a_row(ready(holder))

    os.kill(server(home), signal.SIGKILL)
    holder.kill()
    holder.wait()

    with embedded.running(Place(home), say=quiet) as found:
        assert kept(found.cluster.superuser("nhipcau").url) == (7,)


def test_a_place_in_use_is_told_in_a_sentence_and_left_alone(home: Path, start: Start) -> None:
    holder = start("tests.site.holder", home)
    ready(holder)
    pid = server(home)

    second = start("tests.site.holder", home)
    _out, errors = second.communicate(timeout=30)

    assert (second.returncode, errors) == (
        1,
        f"nhipcau: {Place(home).root} is in use by another running nhipcau (process {holder.pid})\n",
    )
    assert server(home) == pid


def test_a_lock_dies_with_its_holder(home: Path, start: Start) -> None:
    holder = start("tests.site.holder", home)
    ready(holder)
    with pytest.raises(locks.HeldError), locks.held(Place(home).lock):
        pytest.fail("it was not held")

    holder.kill()
    holder.wait()

    with locks.held(Place(home).lock):
        pass


@pytest.fixture
def foreign(home: Path) -> subprocess.Popen[bytes]:
    """A living process of the server's own account that is no server."""
    Place(home).make()
    return subprocess.Popen(["sleep", "300"], **account.run_as(account.account_for(Place(home).cluster)))


def test_a_stale_pid_file_that_names_a_foreign_process_harms_nobody(
    home: Path, foreign: subprocess.Popen[bytes]
) -> None:
    place = Place(home)
    try:
        with embedded.running(place, say=quiet) as found:
            keep_a_row(found.cluster.superuser("nhipcau").url)
            os.kill(server(home), signal.SIGKILL)
            while found.cluster.is_up():
                time.sleep(0.01)
            stale = place.cluster / processes.PID_FILE
            _first, rest = stale.read_text().split("\n", 1)
            stale.write_text(f"{foreign.pid}\n{rest}")

        # The block above ended with the number of the foreign process in the file: it must not be stopped.
        assert foreign.poll() is None
        with embedded.running(place, say=quiet) as found:
            assert kept(found.cluster.superuser("nhipcau").url) == (7,)
        assert foreign.poll() is None
    finally:
        foreign.kill()
        foreign.wait()


def test_the_server_of_another_place_is_not_taken_for_ours(home: Path) -> None:
    first, second = Place(home, "one"), Place(home, "two")
    with embedded.running(first, say=quiet):
        with embedded.running(second, say=quiet):
            pass
        theirs = processes.server_of(first.cluster)
        (second.cluster / processes.PID_FILE).write_text(f"{theirs}\n")

        with embedded.running(second, say=quiet) as found:
            psycopg.connect(**found.app.parameters).close()

        assert processes.server_of(first.cluster) == theirs
