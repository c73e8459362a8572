"""Where the product keeps its state on a machine: one home, in it one place for the office and one a demo."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What the account of the server must be able to pass through, and nobody can list.
PASSABLE = 0o711
PRIVATE = 0o700


def is_root() -> bool:
    """Whether this process is the system's superuser (never on Windows)."""
    return sys.platform != "win32" and os.geteuid() == 0


def home(environ: Mapping[str, str] = os.environ) -> Path:
    """The product's own directory: `NHIPCAU_DATA`, else the usual place for state on this system."""
    named = environ.get("NHIPCAU_DATA", "").strip()
    if named:
        return Path(named).expanduser().absolute()
    if is_root():
        return Path("/var/lib/nhipcau")
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home()) / "nhipcau"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "nhipcau"
    return Path(environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "nhipcau"


@dataclass(frozen=True)
class Place:
    """One office's (or one demo's) share of the home: its cluster, secrets, files and lock."""

    home: Path
    name: str = "office"

    @property
    def root(self) -> Path:
        """The folder of this place."""
        return self.home / self.name

    @property
    def cluster(self) -> Path:
        """PostgreSQL's data directory."""
        return self.root / "cluster"

    @property
    def secrets(self) -> Path:
        """The file of generated passwords."""
        return self.root / "secrets.json"

    @property
    def files(self) -> Path:
        """The store of attachments."""
        return self.root / "files"

    @property
    def outside(self) -> Path:
        """What must outlive the database or vouch for it: seals and erasures, appended here too."""
        return self.root / "outside"

    @property
    def static(self) -> Path:
        """Where `serve` gathers style sheets and scripts."""
        return self.root / "static"

    @property
    def lock(self) -> Path:
        """The file that whoever runs this place holds locked."""
        return self.root / "lock"

    @property
    def log(self) -> Path:
        """What the database server says."""
        return self.root / "server.log"

    def make(self) -> None:
        """Create the folders of this place, with the modes they need."""
        make_folder(self.home, PASSABLE if is_root() else PRIVATE)
        make_folder(self.root, PASSABLE if is_root() else PRIVATE)
        make_folder(self.files, PRIVATE)


def make_folder(path: Path, mode: int) -> None:
    """Create `path` and its missing parents; a folder that was there before keeps its mode, always."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True)
        # The umask of whoever calls must not decide; this folder is ours, so its mode may be set.
        folder.chmod(mode if folder == path else (0o755 if is_root() else PRIVATE))
