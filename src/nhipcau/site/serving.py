"""Serving pages: a free port, the web and job processes, and the watch over them and the database."""

from __future__ import annotations

import errno
import os
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.site.children import Family
from nhipcau.site.database.cluster import StartError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nhipcau.site.database.addresses import Addresses

#: How many ports a demo tries before it gives up.
PORTS = 20
LAST_PORT = 65535
LONGEST_START = 60.0


@dataclass(frozen=True)
class Listening:
    """Where pages are served, by how many processes, and by how many jobs are worked on."""

    host: str
    port: int
    processes: int
    workers: int

    @property
    def address(self) -> str:
        """For a browser on this machine."""
        return (
            f"http://[{self.host}]:{self.port}/" if ":" in self.host else f"http://{self.host}:{self.port}/"
        )


class PortError(RuntimeError):
    """The port is taken or not allowed."""


def free_port(host: str, wanted: int, *, tries: int = 1) -> int:
    """The first port from `wanted` on that can be listened on; raises `PortError` with a sentence."""
    if not 0 < wanted <= LAST_PORT:
        raise PortError(f"There is no port {wanted}; name one from 1 to {LAST_PORT} with --port.")
    for port in range(wanted, min(wanted + tries, LAST_PORT + 1)):
        reason = _obstacle(host, port)
        if reason is None:
            return port
        if reason != errno.EADDRINUSE:
            raise PortError(f"Port {port} of {host} cannot be used: {_words(reason)}.")
    raise PortError(f"Port {wanted} of {host} is in use by another program; name another with --port.")


def serve(
    addresses: Addresses,
    environment: Mapping[str, str],
    how: Listening,
    *,
    ready: Callable[[], None],
    say: Callable[[str], None],
) -> None:
    """Start the processes, call `ready` once pages are answered, and watch until a signal ends it."""
    with Family(say) as family:
        web = family.add("web", how.host, str(how.port), str(how.processes), environment=environment)
        for _number in range(how.workers):
            family.add("jobs", environment=environment)
        last = time.monotonic() + LONGEST_START
        while not _answers(how.host, how.port):
            if not web.is_up() or time.monotonic() > last:
                raise StartError("The web server did not start; its reason stands above.")
            time.sleep(0.1)
        ready()
        _watch(addresses, family, say)


def _watch(addresses: Addresses, family: Family, say: Callable[[str], None]) -> None:
    server = addresses.server
    while True:
        time.sleep(0.5)
        if server is not None and not server.cluster.is_up():
            say("The database server has stopped; it is started again.")
            server.cluster.start()
            say("The database is there again.")
        family.look_after()


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((_reachable(host), port), timeout=2):
            return True
    except OSError:
        return False


def _reachable(host: str) -> str:
    """An address to knock at, for a server that listens on all of them."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- not bound here


def _obstacle(host: str, port: int) -> int | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            return error.errno or errno.EINVAL
    return None


def _words(number: int) -> str:
    return os.strerror(number)
