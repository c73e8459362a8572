"""Which database a command works with: the office's own server, or the embedded one, started for it."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.site.database import embedded, logins
from nhipcau.site.database.locks import HeldError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nhipcau.site.database.embedded import Server
    from nhipcau.site.database.logins import Login
    from nhipcau.site.database.places import Place


@dataclass(frozen=True)
class Addresses:
    """The logins of the three roles as far as they are known; `server` where it is the embedded one."""

    app: Login
    owner: Login | None
    reader: Login | None
    server: Server | None = None

    def for_work(self) -> dict[str, str]:
        """Environment of what works: the owner's address is taken away."""
        return {
            "DATABASE_URL": self.app.url,
            "DATABASE_READER_URL": self.reader.url if self.reader else "",
            "DATABASE_OWNER_URL": "",
        }

    def for_migrating(self) -> dict[str, str]:
        """Environment of the one command that enters as the owner."""
        return {**self.for_work(), "DATABASE_OWNER_URL": self.owner.url if self.owner else ""}


@contextmanager
def database(
    place: Place, *, say: Callable[[str], None], own_server: bool = True, shared: bool = False
) -> Iterator[Addresses]:
    """The addresses in `DATABASE_URL` and its sisters, else those of the embedded server of `place`.

    `own_server=False` never looks at the environment: a demo's data stay apart from an office's.
    `shared=True` takes the embedded server also where another process of ours runs it.
    """
    app = logins.from_environment("DATABASE_URL") if own_server else None
    if app is not None:
        yield Addresses(
            app, logins.from_environment("DATABASE_OWNER_URL"), logins.from_environment("DATABASE_READER_URL")
        )
        return
    with ExitStack() as stack:
        try:
            server = stack.enter_context(embedded.running(place, say=say))
        except HeldError:
            if not shared:
                raise
            server = embedded.attached(place, say=say)
        yield Addresses(server.app, server.owner, server.reader, server)


def without_secrets(environ: dict[str, str] | None = None) -> dict[str, str]:
    """The environment less every database address: what a child inherits before its own are added."""
    names = {
        f"{name}{end}"
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_READER_URL")
        for end in ("", "_FILE")
    }
    return {name: value for name, value in (environ or dict(os.environ)).items() if name not in names}
