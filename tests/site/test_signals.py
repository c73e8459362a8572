"""A signal ends a command once, in order, and never between starting a process and knowing it."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from nhipcau.site import speaking
from nhipcau.site.database.signals import NAMES, Stopped, shielded, stopping


@pytest.mark.parametrize("name", NAMES)
def test_each_signal_is_one_exception_with_the_shells_status(name: str) -> None:
    number = getattr(signal, name)

    with pytest.raises(Stopped) as caught, stopping():
        signal.raise_signal(number)

    assert caught.value.code == 128 + number


def test_a_signal_waits_for_the_end_of_the_shield() -> None:
    seen: list[str] = []

    with pytest.raises(Stopped), stopping():  # noqa: PT012 -- where it is raised is the promise
        with shielded():
            with shielded():
                signal.raise_signal(signal.SIGTERM)
                seen.append("inner")
            seen.append("outer")
        seen.append("after")

    assert seen == ["inner", "outer"]


def test_cleaning_up_is_not_disturbed_by_further_signals() -> None:
    seen: list[str] = []

    with pytest.raises(Stopped), stopping():  # noqa: PT012 -- what is done after is the promise
        try:
            signal.raise_signal(signal.SIGINT)
        finally:
            signal.raise_signal(signal.SIGTERM)
            with shielded():
                signal.raise_signal(signal.SIGINT)
            seen.append("clean")

    assert seen == ["clean"]


def test_afterwards_signals_mean_what_they_meant() -> None:
    before = [signal.getsignal(getattr(signal, name)) for name in NAMES]

    with stopping():
        assert signal.getsignal(signal.SIGTERM) not in before

    assert [signal.getsignal(getattr(signal, name)) for name in NAMES] == before


def test_a_command_tells_which_signal_ended_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught, speaking.command():
        signal.raise_signal(signal.SIGTERM)

    assert caught.value.code == 128 + signal.SIGTERM
    assert capsys.readouterr().err == "nhipcau: ended by SIGTERM.\n"


def test_trouble_is_a_sentence_and_never_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught, speaking.command():
        raise PermissionError(13, "Permission denied", "/srv/state")

    assert caught.value.code == speaking.FAILED
    assert capsys.readouterr().err == "nhipcau: [Errno 13] Permission denied: '/srv/state'\n"


def test_speaking_to_nobody_is_no_trouble() -> None:
    program = (
        "import os, sys; from nhipcau.site.speaking import answer, say\n"
        "sys.stdin.readline(); answer('one'); say('two'); os._exit(7)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdin is not None
    process.stdout.close()
    process.stderr.close()

    process.stdin.write(b"\n")
    process.stdin.close()

    assert process.wait(30) == 7
