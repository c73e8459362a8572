"""A login to a database as one value, and its form as a `DATABASE_URL`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from nhipcau.site import environment

DEFAULT_PORT = 5432


class BadURLError(environment.BadSettingError):
    """A `DATABASE_URL` that cannot be understood."""


@dataclass(frozen=True)
class Login:
    """Where a database is and as whom to enter; `host` may be the folder of a Unix socket."""

    user: str
    password: str
    host: str
    port: int
    database: str
    options: tuple[tuple[str, str], ...] = ()

    @property
    def url(self) -> str:
        """The login as an address, with the socket's folder in the query."""
        who = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        socket = self.host.startswith("/")
        where = "" if socket else f"{self.host}:{self.port}"
        query = [*(([("host", self.host), ("port", str(self.port))]) if socket else []), *self.options]
        return f"postgresql://{who}@{where}/{quote(self.database, safe='')}" + (
            f"?{urlencode(query)}" if query else ""
        )

    @property
    def parameters(self) -> dict[str, Any]:
        """Keyword arguments of `psycopg.connect`."""
        return {
            "user": self.user,
            "password": self.password,
            "host": self.host,
            "port": self.port,
            "dbname": self.database,
            **dict(self.options),
        }

    def to(self, database: str) -> Login:
        """The same person at another database of the same server."""
        return replace(self, database=database)


def parse(url: str) -> Login:
    """Read `postgresql://user:password@host:port/name?option=value`; or raise `BadURLError`."""
    parts = urlsplit(url.strip())
    if parts.scheme not in {"postgresql", "postgres"}:
        raise BadURLError("a database address begins with postgresql://")
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", None) or parts.hostname or ""
    database = unquote(parts.path.lstrip("/"))
    try:
        port = int(query.pop("port", None) or parts.port or DEFAULT_PORT)
    except ValueError as error:
        raise BadURLError("the port of a database address is a number") from error
    for value, name in ((parts.username, "user"), (host, "host"), (database, "database name")):
        if not value:
            raise BadURLError(f"the database address names no {name}")
    return Login(
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=host,
        port=port,
        database=database,
        options=tuple(query.items()),
    )


def from_environment(name: str) -> Login | None:
    """The login that the variable `name` holds (or the file that `<name>_FILE` names); None when not set."""
    value = environment.secret(name)
    if not value.strip():
        return None
    try:
        return parse(value)
    except BadURLError as error:
        raise BadURLError(f"{name}: {error}") from error
