"""The generated passwords of a place, in a file that only its owner may read."""

from __future__ import annotations

import json
import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: For whom passwords are made: the cluster's superuser, the three roles, and Django's signing key.
NAMES = ("superuser", "owner", "app", "reader", "secret_key")


def passwords(path: Path) -> dict[str, str]:
    """The passwords kept at `path` by name, made on first use and for names that came later."""
    kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = [name for name in NAMES if name not in kept]
    if missing:
        kept |= {name: secrets.token_urlsafe(48 if name == "secret_key" else 24) for name in missing}
        write_private(path, json.dumps(kept, indent=1))
    return kept


def write_private(path: Path, text: str) -> None:
    """Write a file that never, not even for a moment, has another mode than 0600."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.unlink(missing_ok=True)
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    aside.replace(path)
