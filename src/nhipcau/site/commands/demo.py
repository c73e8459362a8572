"""`nhipcau demo`: an example office with sample data, apart from any office's."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from nhipcau.site import launch, serving
from nhipcau.site.commands.speaking import answer, command, say
from nhipcau.site.database.addresses import database
from nhipcau.site.database.locks import HeldError
from nhipcau.site.database.places import Place, home

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nhipcau.site.database.addresses import Addresses

HOST = "127.0.0.1"
#: So many demos can run beside one another.
PLACES = 9


def main(arguments: Sequence[str]) -> int:
    """Start an example office, read its sample papers and the files named, and serve it on this machine."""
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
        for place in _places():
            try:
                return _demo(place, options)
            except HeldError:
                # Another demo runs there: this one takes the next place, with data of its own.
                continue
        raise HeldError(f"{PLACES} demos are running; end one of them first.")


def _places() -> Iterator[Place]:
    yield Place(home(), "demo")
    for number in range(2, PLACES + 1):
        yield Place(home(), f"demo-{number}")


def _demo(place: Place, options: argparse.Namespace) -> int:
    with database(place, say=say, own_server=False) as addresses:
        say("Preparing the example office...")
        launch.migrate(place, addresses)
        environment = launch.surroundings(place, addresses, NHIPCAU_DEMO="1", NHIPCAU_SERVE="")
        launch.set_up(environment)
        from nhipcau.site import demo

        summary = demo.build([file.absolute() for file in options.files])
        if options.no_serve:
            answer(summary.text(None))
        else:
            _serve(addresses, environment, options.port, summary.text)
    return 0


def _serve(
    addresses: Addresses, environment: dict[str, str], wanted: int | None, text: Callable[[str | None], str]
) -> None:
    port = serving.free_port(HOST, wanted or 8000, tries=1 if wanted else serving.PORTS)
    serving.serve(
        addresses,
        environment,
        host=HOST,
        port=port,
        processes=1,
        workers=1,
        ready=lambda: answer(text(f"http://{HOST}:{port}/")),
        say=say,
    )
