"""The one door: `./run demo | test | check | bench | accuracy | serve`. Needs nothing but Python 3.11.

Each command sets up what it needs first (tools/install.py), then hands over to the project's own Python.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The set-up is read from the checkout, whatever Python runs this file.
sys.path.insert(0, str(ROOT))

from tools import browser, install  # noqa: E402 -- after the path

USAGE = """usage: ./run COMMAND [ARGUMENTS]

  demo [FILE...] [--no-serve] [--port N]   example offices with sample papers, and the files named
  test [--full] [PYTEST ARGUMENTS]         everything that is promised, proved
  check                                    style, types, floors, migrations, lock files
  bench [--large | --units | --trail]      how fast and how large, beside limits and peers
  accuracy                                 how right the reader is, and what was gained and lost
  serve [ARGUMENTS]                        the office's server (docs/install.md)
"""
#: Processes for the tests: each starts a database server, and some a browser.
MOST = 8
#: Command: the lock file it needs, and what the project's Python runs.
COMMANDS = {
    "demo": ("runtime", ["-m", "nhipcau.site.main", "demo"]),
    "serve": ("runtime", ["-m", "nhipcau.site.main", "serve"]),
    "test": ("development", ["-m", "pytest"]),
    "check": ("development", ["-m", "tools.check"]),
    "accuracy": ("development", ["-m", "tools.accuracy"]),
    "bench": ("bench", ["-m", "tools.bench"]),
}


def main(arguments: list[str]) -> int:
    """Set up and run one command; returns its exit status."""
    if not arguments or arguments[0] not in COMMANDS:
        print(USAGE, file=sys.stderr)
        return 0 if arguments and arguments[0] in {"-h", "--help", "help"} else 2
    name, rest = arguments[0], arguments[1:]
    lock, command = COMMANDS[name]
    try:
        python = install.ready(ROOT, lock)
    except install.SetUpError as error:
        print(f"./run: {error}", file=sys.stderr)
        return 1
    environment = dict(os.environ)
    if name == "test":
        rest, added = test_arguments(rest)
        environment.update(added)
    # The demo names files from where the caller stands; everything else belongs to the checkout.
    folder = Path.cwd() if name in {"demo", "serve"} else ROOT
    return hand_over([str(python), *command, *rest], environment, folder)


def test_arguments(rest: list[str]) -> tuple[list[str], dict[str, str]]:
    """What pytest is told: which tests are left out, and where the browser is."""
    full = "--full" in rest
    words = [word for word in rest if word != "--full"]
    spread = processes(words)
    left_out = [] if full else ["full"]
    found = browser.find_or_install()
    if found is None:
        left_out.append("browser")
        print("Left out, as there is no Chromium and none can be installed: the tests marked browser.")
    if left_out and "-m" not in words:
        words += ["-m", " and ".join(f"not {mark}" for mark in left_out)]
    return [*spread, *words, "-rs"], {"NHIPCAU_CHROMIUM": found} if found else {}


def processes(words: list[str]) -> list[str]:
    """As many as there are cores for the whole suite, a file of tests to each; else one: it starts sooner."""
    cores = min(os.cpu_count() or 1, MOST)
    return [] if words or cores == 1 else ["-n", str(cores), "--dist", "loadfile"]


def hand_over(command: list[str], environment: dict[str, str], folder: Path) -> int:
    """Become the command, so that signals reach it and nothing stands between; on Windows, wait for it."""
    sys.stdout.flush()
    os.chdir(folder)
    if sys.platform != "win32":
        os.execve(command[0], command, environment)
    return subprocess.call(command, env=environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
