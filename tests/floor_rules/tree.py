"""The files that the rules are about, and their syntax."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "nhipcau"
SHARED = ROOT.parent / "shared"
BINARY = {".png", ".jpg", ".docx", ".doc", ".pdf", ".odt", ".rtf", ".zip", ".xlsx", ".mo", ".woff2", ".ico"}

needs_shared = pytest.mark.skipif(
    not SHARED.exists(), reason="the handbook and the seeds stand beside the checkout, and are not here"
)


@cache
def modules(folder: Path = PACKAGE) -> tuple[Path, ...]:
    """All modules of the product, migrations too."""
    return tuple(sorted(path for path in folder.rglob("*.py")))


@cache
def syntax(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is or would be committed; all of them where there is no git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert listed.returncode == 0, "the rules are asked in a clone"
    return tuple(path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file())


@cache
def texts() -> dict[Path, str]:
    """The text files of the tree by path."""
    found = {}
    for path in tracked():
        if path.suffix.lower() not in BINARY:
            try:
                found[path] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
    return found


def name(path: Path) -> str:
    """A path as a reader would say it."""
    return str(path.relative_to(ROOT))
