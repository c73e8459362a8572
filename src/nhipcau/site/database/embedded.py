"""Runs the embedded database of a place: its lock, its server, its three roles and their addresses."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.site.database import locks, roles
from nhipcau.site.database.cluster import Cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from nhipcau.site.database.logins import Login
    from nhipcau.site.database.places import Place

DATABASE = "nhipcau"


@dataclass(frozen=True)
class Server:
    """A running embedded server with the logins of its three roles."""

    cluster: Cluster
    owner: Login
    app: Login
    reader: Login


@contextmanager
def running(
    place: Place, *, say: Callable[[str], None] = print, options: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Hold the lock of `place` and run its server until the block ends, however it ends.

    Raises `locks.HeldError` where another process runs this place, `StartError` where PostgreSQL fails.
    """
    place.make()
    with locks.held(place.lock):
        cluster = Cluster(place, say=say, options=options)
        try:
            cluster.start()
            yield _with_roles(cluster)
        finally:
            cluster.stop()


def attached(place: Place, *, say: Callable[[str], None]) -> Server:
    """The server that another process of ours runs in `place`, to look at: neither started nor stopped."""
    return _server(Cluster(place, say=say))


def _server(cluster: Cluster) -> Server:
    return Server(
        cluster,
        owner=cluster.login(roles.OWNER, "owner", DATABASE),
        app=cluster.login(roles.APP, "app", DATABASE),
        reader=cluster.login(roles.READER, "reader", DATABASE),
    )


def _with_roles(cluster: Cluster) -> Server:
    server = _server(cluster)
    roles.make(cluster.superuser(), (server.owner, server.app, server.reader))
    users = (server.app.user, server.reader.user)
    roles.make_database(cluster.superuser(), DATABASE, owner=server.owner.user, users=users)
    return server
