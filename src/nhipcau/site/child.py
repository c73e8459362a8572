"""What a child process does: serve pages, work on jobs, migrate, or bring in the shipped units."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.core.handlers.wsgi import WSGIHandler


def main(arguments: list[str]) -> int:
    """`web HOST PORT PROCESSES`, `jobs`, `units`, or `migrate APPLICATION-ROLE [READING-ROLE]`."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "nhipcau.site.settings"
    threading.Thread(target=_end_with_parent, daemon=True).start()
    name, *rest = arguments
    if name == "web":
        _serve_pages(rest[0], int(rest[1]), int(rest[2]))
    elif name == "migrate":
        _migrate(rest[0], rest[1] if len(rest) > 1 else None)
    elif name == "units":
        _load_units()
    else:
        return _work_on_jobs()
    return 0


def _end_with_parent() -> None:
    """The parent holds the other end of our standard input; when it is gone, so are we."""
    while os.read(0, 1024):
        pass
    if sys.platform == "win32":
        os._exit(0)
    os.kill(os.getpid(), signal.SIGTERM)


def _serve_pages(host: str, port: int, processes: int) -> None:
    from nhipcau.site.wsgi import application

    if sys.platform == "win32":
        import waitress

        waitress.serve(application, host=host, port=port, threads=8, ident=None)
        return
    _gunicorn(application, f"[{host}]:{port}" if ":" in host else f"{host}:{port}", processes)


def _gunicorn(application: WSGIHandler, bind: str, processes: int) -> None:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            for key, value in _GUNICORN.items():
                self.cfg.set(key, value)
            self.cfg.set("bind", bind)
            self.cfg.set("workers", processes)

        def load(self) -> Callable[..., Any]:
            return application

    Server().run()


_GUNICORN: dict[str, Any] = {
    "worker_class": "gthread",
    "threads": 4,
    "timeout": 120,
    "graceful_timeout": 20,
    # Memory that a large paper took is given back in time; not all processes at once.
    "max_requests": 5000,
    "max_requests_jitter": 500,
    "loglevel": "warning",
    # A socket by which others could steer the server; nobody here does.
    "control_socket_disable": True,
    "proc_name": "nhipcau-web",
}


def _work_on_jobs() -> int:
    import django
    from django.core.management import call_command
    from django.db import OperationalError

    django.setup()

    from nhipcau.records.foundation import files, jobs
    from nhipcau.site import sealing

    try:
        # What a killed process left half-written goes, what a killed worker left half-done is taken up again.
        files.clean_spool()
        files.sweep_orphans()
        jobs.requeue_stale()
        # Beside the jobs, on a connection of its own; several workers may do so, each minute is sealed once.
        threading.Thread(target=sealing.every_minute, args=(threading.Event(),), daemon=True).start()
        call_command(
            "db_worker", queue_name="*", interval=0.5, startup_delay=False, reload=False, verbosity=0
        )
    except OperationalError:
        print("The database does not answer; the jobs wait for it.", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _load_units() -> None:
    import django

    django.setup()

    from nhipcau.site import first_units

    first_units.load()


def _migrate(app: str, reader: str | None) -> None:
    """Here `DATABASE_URL` is the owner's: the one process that enters as the owner, and it ends at once."""
    import django
    from django.core.management import call_command

    django.setup()

    from nhipcau.site.database import logins, roles
    from nhipcau.site.database.rules import table_rules

    call_command("migrate", interactive=False, verbosity=0)
    owner = logins.from_environment("DATABASE_URL")
    if owner is None:
        raise logins.BadURLError("the process that migrates was given no database")
    roles.grant(owner, app=app, reader=reader, rules=table_rules())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
