"""`nhipcau demo`: example offices with sample data, apart from any office's."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from nhipcau.site import offices
from nhipcau.site.speaking import command

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Start example offices, read their sample papers and the files named, and serve them on this machine."""
    parser = argparse.ArgumentParser("nhipcau demo", description=main.__doc__)
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="papers to read besides the samples"
    )
    parser.add_argument("--no-serve", action="store_true", help="end after the summary")
    parser.add_argument("--port", type=int, help="port to listen on (default: the first free one from 8000)")
    options = parser.parse_args(arguments)
    if missing := [str(file) for file in options.files if not file.is_file()]:
        parser.error(f"no such file: {', '.join(missing)}")
    with command():
        files = [file.absolute() for file in options.files]
        return offices.run_demo(files, port=options.port, is_served=not options.no_serve)
