"""How the commands of the site speak and end: sentences on stderr, one status for what went wrong."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from nhipcau.site.backups.troubles import ArchiveError, NotEmptyError, ProgramError
from nhipcau.site.database.account import NoAccountError
from nhipcau.site.database.binaries import NoBinariesError
from nhipcau.site.database.cluster import StartError
from nhipcau.site.database.locks import HeldError
from nhipcau.site.database.signals import Stopped, stopping
from nhipcau.site.environment import BadSettingError
from nhipcau.site.launch import MigrateError
from nhipcau.site.serving import PortError

if TYPE_CHECKING:
    from collections.abc import Iterator

FAILED = 1
#: Troubles of the installation: each is one sentence with its cure, never a traceback.
TROUBLES = (
    ArchiveError,
    BadSettingError,
    HeldError,
    MigrateError,
    NoAccountError,
    NoBinariesError,
    NotEmptyError,
    OSError,
    PortError,
    ProgramError,
    StartError,
)


def say(sentence: str) -> None:
    """Tell the person at the terminal; what a command answers goes to stdout, this does not."""
    # Nobody may listen any more: a terminal that was closed, a pipe that was enough for its reader.
    with suppress(OSError):
        print(sentence, file=sys.stderr, flush=True)  # noqa: T201 -- the command line speaks here


def answer(sentence: str = "") -> None:
    """What the command was asked for."""
    with suppress(OSError):
        print(sentence, flush=True)  # noqa: T201 -- the command line speaks here


@contextmanager
def command() -> Iterator[None]:
    """Around a whole command: signals end it in order, troubles of the installation are sentences."""
    try:
        with stopping():
            yield
    except Stopped as stopped:
        say(f"nhipcau: ended by {signal.Signals(stopped.number).name}.")
        raise
    except TROUBLES as error:
        say(f"nhipcau: {error}")
        raise SystemExit(FAILED) from None
