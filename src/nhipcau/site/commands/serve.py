"""`nhipcau serve`: the office's server."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from nhipcau.site import offices
from nhipcau.site.serving import Listening
from nhipcau.site.speaking import command

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Serve the office's pages and work on its jobs until a signal ends it."""
    parser = argparse.ArgumentParser("nhipcau serve", description=main.__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument("--processes", type=int, default=2 * (os.cpu_count() or 1), help="web processes")
    parser.add_argument("--workers", type=int, default=1, help="processes that work on jobs")
    parser.add_argument("--office", default="", help="name of the office, for the very first start")
    options = parser.parse_args(arguments)
    with command():
        how = Listening(options.host, options.port, options.processes, options.workers)
        return offices.serve_office(how, name=options.office)
