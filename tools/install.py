"""Sets up the checkout: an environment, the locked packages, the package itself, the catalogues.

Standard library only, as it runs before anything is installed. A second run finds that nothing changed.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tools import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Lock files from the smallest to the largest: each holds all of the one before, with the same versions.
LOCKS = ("runtime", "development", "bench")


class SetUpError(RuntimeError):
    """The set-up cannot go on; the message says what to do."""


def ready(root: Path, lock: str) -> Path:
    """The project's own Python, with everything of `lock` installed in it."""
    folder = root / ".venv"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    with alone(root / ".cache"):
        if not works(python):
            make_environment(folder)
        if not is_installed(root, lock):
            install(root, python, lock)
        catalogue.compile_all(root / "src" / "nhipcau" / "locale")
    return python


def works(python: Path) -> bool:
    """Whether there is a virtual environment whose Python still runs."""
    if not python.exists():
        return False
    return subprocess.run([python, "-c", "import pip"], capture_output=True, check=False).returncode == 0


def make_environment(folder: Path) -> None:
    """Create the virtual environment; Debian keeps a part of it in a package of its own."""
    say("Setting up (once)...")
    try:
        venv.EnvBuilder(with_pip=True, symlinks=sys.platform != "win32", clear=folder.exists()).create(folder)
    except (subprocess.CalledProcessError, ImportError, OSError) as error:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetUpError(
            f"Python's venv or pip is missing or the folder cannot be written ({error}). "
            f"On Debian and Ubuntu: apt-get install python{version}-venv, then run this again."
        ) from error


def install(root: Path, python: Path, lock: str) -> None:
    """Install what the lock file names, each by its hash, then the checkout itself."""
    say(f"Installing the packages of requirements/{lock}.txt...")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    run([*pip, "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(lock_file(root, lock))])
    run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(root)])
    stamp(root).write_text(f"{lock} {digest(root, lock)}\n")


def is_installed(root: Path, lock: str) -> bool:
    """Whether this lock file, or one that holds it, was installed as it stands now."""
    if not stamp(root).exists():
        return False
    done, _space, what = stamp(root).read_text().strip().partition(" ")
    if done not in LOCKS[LOCKS.index(lock) :]:
        return False
    return what == digest(root, done)


def digest(root: Path, lock: str) -> str:
    """Changes when the lock file, the project's own file, the Python or the checkout's path changes."""
    content = hashlib.sha256(f"{sys.version} {root}".encode())
    for path in (lock_file(root, lock), root / "pyproject.toml"):
        content.update(path.read_bytes())
    return content.hexdigest()


def lock_file(root: Path, lock: str) -> Path:
    """Where a lock file stands."""
    return root / "requirements" / f"{lock}.txt"


def stamp(root: Path) -> Path:
    """What was installed last, kept inside the environment so that it goes with it."""
    return root / ".venv" / "nhipcau-installed"


def run(command: list[str]) -> None:
    """Run a step of the set-up; its own output tells what is wrong."""
    if subprocess.run(command, check=False).returncode:
        raise SetUpError(
            "The packages were not installed; the reason stands above. Run it again when it is cured."
        )


def say(sentence: str) -> None:
    """Progress, apart from what a command answers."""
    print(sentence, file=sys.stderr, flush=True)


@contextmanager
def alone(cache: Path) -> Iterator[None]:
    """Only one set-up at a time; the system lets go of the lock, however we end."""
    cache.mkdir(exist_ok=True)
    descriptor = os.open(cache / "install.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
