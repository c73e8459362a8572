"""The two lives of the product: an office's server, and a demo with sample data beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.site import demo_choices, launch, readiness, serving
from nhipcau.site.database.addresses import database
from nhipcau.site.database.locks import HeldError
from nhipcau.site.database.places import Place, home
from nhipcau.site.serving import Listening
from nhipcau.site.speaking import FAILED, answer, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from nhipcau.site.database.addresses import Addresses

HOST = "127.0.0.1"
PORT = 8000
#: So many demos can run beside one another.
PLACES = 9


def serve_office(how: Listening, *, name: str) -> int:
    """Bring the office's database up to date and serve; `name` is the office's, at its very first start.

    Refuses, with status 1 and the cure, where the database or its roles are not as they must be.
    """
    place = Place(home())
    serving.free_port(how.host, how.port)
    with database(place, say=say) as addresses:
        if obstacles := readiness.before_migrating(addresses):
            return _refuse(obstacles)
        if addresses.owner is not None:
            launch.migrate(place, addresses)
        environment = launch.surroundings(place, addresses, NHIPCAU_SERVE="1", NHIPCAU_DEMO="")
        launch.set_up(environment)
        if obstacles := readiness.before_serving(addresses):
            return _refuse(obstacles)
        _first_start(name)
        serving.serve(
            addresses,
            environment,
            how,
            ready=lambda: _tell_address(how),
            say=say,
        )
    return 0


def run_demo(files: Sequence[Path], *, port: int | None, is_served: bool) -> int:
    """Run a demo in the first place that no other demo holds."""
    if is_served and port is not None:
        # Told before a minute of preparing.
        serving.free_port(HOST, port)
    for place in _places():
        try:
            return _demo(place, files, port, is_served=is_served)
        except HeldError:
            # Another demo runs there: this one takes the next place, with data of its own.
            continue
    raise HeldError(f"{PLACES} demos are running; end one of them first.")


def _first_start(name: str) -> None:
    from django.core.management import call_command

    from nhipcau.site import first_start

    call_command("collectstatic", interactive=False, verbosity=0)
    if signin := first_start.administrator(name):
        answer(
            f"An administrator was made. This password is shown once: {signin.username} / {signin.password}"
        )


def _tell_address(how: Listening) -> None:
    from django.conf import settings

    answer(f"Nhịp Cầu answers at {how.address} (Ctrl-C ends it).")
    if settings.SESSION_COOKIE_SECURE:
        answer("It expects TLS in front of it; on a closed network without, set NHIPCAU_TLS=0.")


def _refuse(obstacles: list[readiness.Trouble]) -> int:
    for trouble in obstacles:
        say(f"nhipcau serve: {trouble.what} {trouble.cure}")
    return FAILED


def _places() -> Iterator[Place]:
    yield Place(home(), "demo")
    for number in range(2, PLACES + 1):
        yield Place(home(), f"demo-{number}")


def _demo(place: Place, files: Sequence[Path], port: int | None, *, is_served: bool) -> int:
    with database(place, say=say, own_server=False) as addresses:
        say("Preparing the example offices...")
        launch.migrate(place, addresses)
        environment = launch.surroundings(place, addresses, NHIPCAU_DEMO="1", NHIPCAU_SERVE="")
        demo_choices.write(place)
        launch.set_up(environment)
        from nhipcau.records.foundation import files as store
        from nhipcau.site import demo

        # A demo that was killed may have left a half-written file.
        store.clean_spool()
        summary = demo.build(files)
        if is_served:
            _serve_demo(addresses, environment, port, summary.text)
        else:
            answer(summary.text(None))
    return 0


def _serve_demo(
    addresses: Addresses, environment: dict[str, str], port: int | None, text: Callable[[str | None], str]
) -> None:
    free = serving.free_port(HOST, PORT if port is None else port, tries=serving.PORTS if port is None else 1)
    how = Listening(HOST, free, processes=1, workers=1)
    serving.serve(addresses, environment, how, ready=lambda: answer(text(how.address)), say=say)
