"""The only place from which the reader runs outside programs: tesseract, bounded in time, memory and output.

Pictures go in and text comes out through pipes; nothing is written to a disk.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import threading
from functools import lru_cache
from typing import Literal

from nhipcau.reading.formats.limits import DEFAULT, Limits

INSTALL = "apt-get install tesseract-ocr tesseract-ocr-vie"
Layout = Literal["page", "block", "sparse"]
SEGMENTATION: dict[Layout, str] = {"page": "3", "block": "6", "sparse": "11"}
# What of the environment a program needs to find its files and libraries; nothing else is handed on.
PASSED_ON = ("PATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "SYSTEMROOT")


class ProgramError(Exception):
    """An outside program is missing, failed, or went beyond its bounds."""


@lru_cache(maxsize=1)
def can_recognise() -> bool:
    """Whether tesseract with Vietnamese is installed."""
    if shutil.which("tesseract") is None:
        return False
    try:
        listed = run(["tesseract", "--list-langs"], b"", seconds=20)
    except ProgramError:
        return False
    return b"vie" in listed.split()


def recognise(
    picture: bytes, *, limits: Limits = DEFAULT, layout: Layout = "page", dpi: int | None = None
) -> str:
    """The text of a picture (PNM, PNG, JPEG or TIFF bytes), as tesseract reads Vietnamese.

    ``layout`` says what it shows: a page in columns and paragraphs, one block, or scattered words.
    Raises ProgramError.
    """
    command = ["tesseract", "stdin", "stdout", "-l", "vie", "--psm", SEGMENTATION[layout]]
    if dpi:
        command += ["--dpi", str(dpi)]
    out = run(
        command, picture, seconds=limits.ocr_seconds, memory=limits.ocr_memory, output=limits.ocr_output
    )
    return out.decode("utf-8", errors="replace").replace("\f", "\n")


def run(
    command: list[str],
    data: bytes,
    *,
    seconds: float,
    memory: int = DEFAULT.ocr_memory,
    output: int = DEFAULT.ocr_output,
) -> bytes:
    """Run a program with ``data`` as its input; return what it prints.

    Raises ProgramError where it is missing, fails, prints more than ``output`` bytes, needs more than
    ``memory`` bytes or runs longer than ``seconds``.
    """
    environment = {key: os.environ[key] for key in PASSED_ON if key in os.environ}
    environment |= {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}
    try:
        process = subprocess.Popen(  # noqa: S603 - the commands are fixed lists of this module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
    except OSError as error:
        raise ProgramError(str(error)) from error
    with process:
        _bound(process, memory, seconds)
        late = threading.Timer(seconds, process.kill)
        feeder = threading.Thread(target=_feed, args=(process, data), daemon=True)
        late.start()
        feeder.start()
        try:
            printed = _collect(process, output)
            if len(printed) > output:
                process.kill()
            code = process.wait()
        finally:
            late.cancel()
            process.kill()
            feeder.join()
    if code != 0 or len(printed) > output:
        raise ProgramError(f"{command[0]}: {code}")
    return printed


def _bound(process: subprocess.Popen[bytes], memory: int, seconds: float) -> None:
    """Set limits on the started process where the system can (Linux); elsewhere only time and output bind."""
    if sys.platform != "linux":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.prlimit(process.pid, resource.RLIMIT_AS, (memory, memory))
        resource.prlimit(process.pid, resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, 0))
        resource.prlimit(process.pid, resource.RLIMIT_CORE, (0, 0))


def _feed(process: subprocess.Popen[bytes], data: bytes) -> None:
    if process.stdin is None:
        return
    with contextlib.suppress(OSError, ValueError):
        process.stdin.write(data)
    with contextlib.suppress(OSError, ValueError):
        process.stdin.close()


def _collect(process: subprocess.Popen[bytes], output: int) -> bytes:
    printed = b""
    while process.stdout is not None and len(printed) <= output:
        chunk = process.stdout.read1(65536)  # type: ignore[attr-defined]
        if not chunk:
            break
        printed += chunk
    return printed
