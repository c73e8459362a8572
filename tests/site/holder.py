"""Holds an embedded database, as `serve` does, until a signal or a line on stdin: started by the tests."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from nhipcau.site.database import embedded
from nhipcau.site.database.places import Place
from nhipcau.site.speaking import answer, command, say


def main() -> None:
    """`python -m tests.site.holder HOME`: prints the superuser's address, then waits."""
    with command(), embedded.running(Place(Path(sys.argv[1])), say=say) as server:
        answer(server.cluster.superuser("nhipcau").url)
        if sys.argv[2:] == ["until-line"]:
            sys.stdin.readline()
        else:
            time.sleep(600)


if __name__ == "__main__":
    main()
