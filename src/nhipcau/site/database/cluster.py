"""One PostgreSQL cluster of our own: made, started, found again after a crash, stopped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from nhipcau.site.database import binaries, processes, sockets
from nhipcau.site.database.account import account_for, run_as
from nhipcau.site.database.logins import Login
from nhipcau.site.database.passwords import passwords
from nhipcau.site.database.signals import shielded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nhipcau.site.database.places import Place

SUPERUSER = "nhipcau_superuser"
#: After this long the user hears that it goes on; recovery of a large cluster takes minutes.
PATIENCE = 3.0
LONGEST_RECOVERY = 3600.0
#: A log of more than this is put aside at the next start.
LONGEST_LOG = 5_000_000


class StartError(RuntimeError):
    """The server could not be made or started; the message ends with what it said itself."""


class Cluster:
    """The cluster of one place. Hold the place's lock while you call `start` and `stop`."""

    def __init__(
        self, place: Place, *, say: Callable[[str], None], options: Mapping[str, str] | None = None
    ) -> None:
        place.make()
        self.place = place
        self._say = say
        self._options = dict(options or {})
        self._account = account_for(place.cluster)
        self._programs = binaries.copied(place.home) if self._account else binaries.bundled()
        self._check_reach()
        self._passwords = passwords(place.secrets)
        self._process: subprocess.Popen[bytes] | None = None
        self._host, self._port = sockets.address(place, self._account)

    def login(self, user: str, password: str, database: str) -> Login:
        """A login to this cluster."""
        return Login(user, self._passwords[password], self._host, self._port, database)

    def superuser(self, database: str = "postgres") -> Login:
        """The login of the cluster's superuser, for making roles and databases only."""
        return self.login(SUPERUSER, "superuser", database)

    def start(self) -> None:
        """Bring the server up; returns when a connection has succeeded."""
        if not self.place.cluster.exists():
            self._make()
        if not self.is_up():
            processes.disarm(self.place.cluster)
            sockets.clear(self._host)
            self._launch()
        self._await()

    def is_up(self) -> bool:
        """Whether the server's process lives; reaps it when it has died."""
        if self._process is not None:
            if self._process.poll() is None:
                return True
            self._process = None
        return processes.server_of(self.place.cluster) is not None

    def stop(self) -> None:
        """Stop the server cleanly, whether we started it or found it running."""
        with shielded():
            pid = self._process.pid if self._process is not None else processes.server_of(self.place.cluster)
            if sys.platform == "win32":
                self._control("stop", "-m", "fast", "-w")
            elif pid is not None and not self._end(pid):
                self._say(f"The database server (process {pid}) does not stop; see {self.place.log}.")

    def _end(self, pid: int) -> bool:
        if self._process is None:
            return processes.end(pid, self.place.cluster)
        # Our own child must be reaped, or it would look alive for ever.
        self._process.send_signal(2)
        try:
            self._process.wait(60)
        except subprocess.TimeoutExpired:
            self._process.send_signal(3)
            self._process.wait(60)
        self._process = None
        return True

    def _check_reach(self) -> None:
        """The account must be able to enter the place; where a folder above bars it, say which."""
        if self._account is None:
            return
        try:
            self._run("postgres", "--version", cwd=self.place.root)
        except PermissionError as error:
            barring = (folder for folder in self.place.root.parents if not folder.stat().st_mode & 0o001)
            raise StartError(
                f"The account {self._account.name} cannot enter {next(barring, self.place.root)}. "
                "Name another directory in NHIPCAU_DATA; nhipcau does not change folders it did not make."
            ) from error

    def _make(self) -> None:
        """Run initdb aside and rename the result, so that a broken-off one is never taken for a cluster."""
        self._say("Creating the database, once...")
        self._clear_broken_off()
        with tempfile.TemporaryDirectory(prefix="new-", dir=self.place.root) as name:
            aside = Path(name)
            secret = aside / "password"
            secret.write_text(self._passwords["superuser"])
            secret.chmod(0o600)
            if self._account:
                self._account.own(aside)
                self._account.own(secret)
            made = self._run(
                "initdb",
                f"--pgdata={aside / 'cluster'}",
                f"--username={SUPERUSER}",
                f"--pwfile={secret}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                # The same order and case rules on every system, whatever locales it has.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                cwd=aside,
            )
            if made.returncode:
                raise StartError(self._told(f"The database could not be created.\n{made.stderr.strip()}"))
            (aside / "cluster").rename(self.place.cluster)
        self._clear_broken_off()

    def _clear_broken_off(self) -> None:
        """Remove what killed starts left; the initdb of one may still be writing, so what resists stays."""
        for broken_off in self.place.root.glob("new-*"):
            shutil.rmtree(broken_off, ignore_errors=True)

    def _launch(self) -> None:
        if self.place.log.exists() and self.place.log.stat().st_size > LONGEST_LOG:
            self.place.log.replace(self.place.log.with_suffix(".log.1"))
        if sys.platform == "win32":
            # The server refuses an administrator's rights; pg_ctl lays them down.
            words = " ".join(f"-c {name}={value}" for name, value in self._settings().items())
            self._control("start", "-W", "-l", str(self.place.log), "-o", words)
            return
        settings = [f"--{name}={value}" for name, value in self._settings().items()]
        descriptor = os.open(self.place.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as log, shielded():
            self._process = subprocess.Popen(  # noqa: S603 -- our own copy of the server
                [binaries.program(self._programs, "postgres"), "-D", self.place.cluster, *settings],
                cwd=self.place.cluster,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=_environment(),
                # Ctrl-C in the terminal is for us: we stop the server after its clients.
                start_new_session=True,
                **run_as(self._account),
            )

    def _settings(self) -> dict[str, str]:
        by_socket = self._host.startswith("/")
        return {
            "listen_addresses": "" if by_socket else self._host,
            "port": str(self._port),
            "unix_socket_directories": self._host if by_socket else "",
            "unix_socket_permissions": "0700",
            "password_encryption": "scram-sha-256",
            "timezone": "UTC",
            "log_timezone": "UTC",
            # Never a statement's text or a value in the log: papers are read with them.
            "log_min_error_statement": "panic",
            "log_parameter_max_length_on_error": "0",
            "log_error_verbosity": "terse",
            **self._options,
        }

    def _await(self) -> None:
        begun = time.monotonic()
        told = False
        while True:
            try:
                psycopg.connect(**self.superuser().parameters, connect_timeout=10).close()
            except psycopg.OperationalError as error:
                waited = time.monotonic() - begun
                self._check_alive(error, waited)
                if waited > PATIENCE and not told:
                    told = True
                    self._say("The database is recovering; after a crash this may take minutes. Please wait.")
                time.sleep(0.05 if waited < PATIENCE else 0.5)
            else:
                return

    def _check_alive(self, error: Exception, waited: float) -> None:
        died = self._process is not None and self._process.poll() is not None
        if died:
            self._process = None
            raise StartError(self._told("The database server stopped while it was starting."))
        if "password authentication failed" in str(error):
            raise StartError(
                f"The passwords in {self.place.secrets} are not those of the database beside it."
            )
        if waited > LONGEST_RECOVERY or (self._process is None and waited > PATIENCE and not self.is_up()):
            raise StartError(self._told("The database server cannot be reached."))

    def _told(self, sentence: str) -> str:
        """The sentence, and the end of the server's log."""
        lines = (
            self.place.log.read_text(errors="replace").splitlines()[-8:] if self.place.log.exists() else []
        )
        return "\n".join([sentence, *(f"  | {line}" for line in lines)])

    def _run(self, name: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        with shielded():
            return subprocess.run(  # noqa: S603 -- our own copy of the programs
                [binaries.program(self._programs, name), *arguments],
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                env=_environment(),
                check=False,
                start_new_session=True,
                **run_as(self._account),
            )

    def _control(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._run("pg_ctl", *arguments, "-D", str(self.place.cluster), cwd=self.place.root)


def _environment() -> dict[str, Any]:
    """What the server inherits: nothing that could turn its settings, or name a locale it lacks."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP") if sys.platform == "win32" else ("PATH",)
    return {**{name: os.environ[name] for name in kept if name in os.environ}, "LC_ALL": "C"}
