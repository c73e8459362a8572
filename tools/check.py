"""`./run check`: style, types, floors, migrations, lock files; all are run, then the broken are named."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("src", "tests", "tools")
ADDRESS = re.compile(
    r"https?://|file:|--(?:extra-)?index-url|--find-links|(?<![\w.])/(?!(?:dev/null)\b)[a-z]+/"
)


def main() -> int:
    """Run every check; 0 when all hold."""
    failed = [name for name, command in steps().items() if not holds(name, command)]
    print("\ncheck: locks hold no address", flush=True)
    if found := addresses_in_locks(ROOT):
        print("\n".join(found))
        failed.append("locks")
    print(f"\nNot kept: {', '.join(failed)}" if failed else "\nAll checks hold.")
    return 1 if failed else 0


def steps() -> dict[str, list[str]]:
    """The tools by name, with their arguments; each runs in the checkout."""
    scripts = Path(sys.executable).parent
    return {
        "style": [str(scripts / "ruff"), "check", *FOLDERS],
        "format": [str(scripts / "ruff"), "format", "--check", *FOLDERS],
        "types": [str(scripts / "mypy")],
        "floors": [str(scripts / "lint-imports"), "--config", ".importlinter"],
        "migrations": [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "django",
            "makemigrations",
            "--check",
            "--dry-run",
        ],
    }


def holds(name: str, command: list[str]) -> bool:
    """Run one check, showing what it says."""
    print(f"\ncheck: {name}", flush=True)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "nhipcau.site.settings"}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def addresses_in_locks(root: Path) -> list[str]:
    """Lines of the lock files that name where packages came from: `file:line: text`."""
    return [
        f"{path.name}:{number}: {line}"
        for path in sorted((root / "requirements").glob("*.txt"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if ADDRESS.search(line)
    ]


if __name__ == "__main__":
    sys.exit(main())
