"""`nhipcau serve`: the office's server."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from nhipcau.site import launch, readiness, serving
from nhipcau.site.commands.speaking import FAILED, answer, command, say
from nhipcau.site.database.addresses import database
from nhipcau.site.database.places import Place, home

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
        return _serve(options)


def _serve(options: argparse.Namespace) -> int:
    place = Place(home())
    port = serving.free_port(options.host, options.port)
    with database(place, say=say) as addresses:
        if obstacles := readiness.before_migrating(addresses):
            return _refuse(obstacles)
        if addresses.owner is not None:
            launch.migrate(place, addresses)
        environment = launch.surroundings(place, addresses, NHIPCAU_SERVE="1", NHIPCAU_DEMO="")
        launch.set_up(environment)
        if obstacles := readiness.before_serving(addresses):
            return _refuse(obstacles)
        _first_start(options.office)
        serving.serve(
            addresses,
            environment,
            host=options.host,
            port=port,
            processes=options.processes,
            workers=options.workers,
            ready=lambda: answer(f"Nhịp Cầu answers at http://{options.host}:{port}/ (Ctrl-C ends it)."),
            say=say,
        )
    return 0


def _first_start(office: str) -> None:
    from django.core.management import call_command

    from nhipcau.site import first_start

    call_command("collectstatic", interactive=False, verbosity=0)
    if signin := first_start.administrator(office):
        answer(
            f"An administrator was made. This password is shown once: {signin.username} / {signin.password}"
        )


def _refuse(obstacles: list[readiness.Trouble]) -> int:
    for trouble in obstacles:
        say(f"nhipcau serve: {trouble.what} {trouble.cure}")
    return FAILED
