"""Finds Chromium for the browser tests; where it may be installed (Debian, root), installs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
#: A face with every Vietnamese letter, for the pages that the tests look at.
PACKAGES = ("chromium", "fonts-dejavu-core")


def find() -> str | None:
    """The path of a Chromium on this machine."""
    named = os.environ.get("NHIPCAU_CHROMIUM", "")
    candidates = (named, *NAMES) if named else NAMES
    return next((path for name in candidates if (path := shutil.which(name))), None)


def find_or_install() -> str | None:
    """Like `find`, after trying to install it where that is allowed."""
    found = find()
    if found or not may_install():
        return found
    print("Installing Chromium for the browser tests...", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    steps = (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", *PACKAGES],
    )
    for step in steps:
        # Their output would drown the tests'; it is shown where the step fails.
        done = subprocess.run(step, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{' '.join(step)} failed:\n{done.stdout[-1000:]}{done.stderr[-1000:]}", file=sys.stderr)
    return find()


def may_install() -> bool:
    """Whether this is Debian or a child of it, and we are root."""
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None
