"""Writes the lock files from pyproject.toml: `.venv/bin/python -m tools.lock [--upgrade]`.

Every version by its hashes, for all systems at once, and no address of where it came from.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Lock file: the extras it holds. Each is a constraint of the next, so that versions agree.
EXTRAS = {
    "runtime": ("setup",),
    "development": ("setup", "test", "check"),
    "bench": ("setup", "test", "check", "bench"),
}
HEAD = "# Written by tools/lock.py from pyproject.toml; not by hand.\n"


def main(arguments: list[str]) -> int:
    """Write all lock files; `--upgrade` looks for newer versions, else the ones there stay."""
    constraints: list[str] = []
    for name, extras in EXTRAS.items():
        path = ROOT / "requirements" / f"{name}.txt"
        done = subprocess.run(
            [
                Path(sys.executable).parent / "uv",
                "pip",
                "compile",
                "--quiet",
                "--universal",
                "--python-version=3.11",
                "--generate-hashes",
                "--no-emit-index-url",
                "--no-emit-find-links",
                "--no-header",
                "--no-annotate",
                *(f"--extra={extra}" for extra in extras),
                *constraints,
                *arguments,
                f"--output-file={path}",
                "pyproject.toml",
            ],
            cwd=ROOT,
            check=False,
        )
        if done.returncode:
            return done.returncode
        path.write_text(HEAD + path.read_text())
        constraints += [f"--constraint={path}"]
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
