"""The embedded database keeps to itself: its folders, its modes, its passwords."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from nhipcau.site.database import account, binaries, cluster, embedded, places, sockets
from nhipcau.site.database.places import Place
from tests.site.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

needs_root = pytest.mark.skipif(not places.is_root(), reason="only root runs the server as another account")


def mode(path: Path) -> int:
    """The permission bits of a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


def quiet(_sentence: str) -> None:
    """Says nothing."""


def test_data_and_passwords_and_socket_are_private(home: Path) -> None:
    place = Place(home)

    with embedded.running(place, say=quiet) as server:
        socket = Path(server.app.host)

        assert mode(place.cluster) == 0o700
        assert mode(place.secrets) == 0o600
        assert mode(place.files) == 0o700
        assert mode(socket) == 0o700
        assert not server.app.url.startswith("postgresql://nhipcau_app:@")
        assert place.cluster.stat().st_uid == socket.stat().st_uid


@needs_root
def test_root_runs_the_server_as_an_unprivileged_account(home: Path) -> None:
    place = Place(home)

    with embedded.running(place, say=quiet):
        found = account.account_for(place.cluster)

        assert found is not None
        assert found.uid == place.cluster.stat().st_uid != 0


def test_nobody_enters_without_the_password(home: Path) -> None:
    with embedded.running(Place(home), say=quiet) as server:
        wrong = {**server.cluster.superuser().parameters, "password": "guessed"}

        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(**wrong)


def test_it_listens_on_no_network(home: Path) -> None:
    with (
        embedded.running(Place(home), say=quiet) as server,
        psycopg.connect(**server.app.parameters) as connection,
    ):
        row = connection.execute("SHOW listen_addresses").fetchone()

        assert row == ("",)


def test_a_path_too_long_for_a_socket_gets_a_private_folder_elsewhere(home: Path) -> None:
    long = home / ("d" * 60) / ("e" * 60)
    if places.is_root():
        places.make_folder(long, places.PASSABLE)
        (long / "postgresql").symlink_to(home / "postgresql")

    for _start in range(2):
        with embedded.running(Place(long), say=quiet) as server:
            socket = Path(server.app.host)

            assert len(str(socket / sockets.SOCKET_NAME)) <= sockets.LONGEST
            assert mode(socket) == 0o700
    assert (Place(long).root / "socket.at").read_text() == str(socket)
    shutil.rmtree(socket)


def test_a_socket_folder_that_others_may_enter_is_refused(home: Path) -> None:
    place = Place(home)
    place.make()
    (place.root / "socket").mkdir(mode=0o755)

    with pytest.raises(PermissionError, match="only the database's account"):
        cluster.Cluster(place, say=quiet)
    assert mode(place.root / "socket") == 0o755


def test_a_creation_that_was_broken_off_is_begun_again(home: Path) -> None:
    place = Place(home)
    place.make()
    (place.root / "new-broken" / "cluster").mkdir(parents=True)
    (place.root / "new-broken" / "cluster" / "PG_VERSION").write_text("18\n")

    with embedded.running(place, say=quiet) as server:
        psycopg.connect(**server.app.parameters).close()
    assert not list(place.root.glob("new-*"))


def test_a_long_recovery_is_told_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", -1.0)
    said: list[str] = []

    with embedded.running(Place(home), say=said.append):
        pass

    assert len([sentence for sentence in said if "may take minutes" in sentence]) == 1


@pytest.fixture
def private_parent() -> Iterator[Path]:
    """A folder like root's own home: 0700, so that the server's account cannot pass it."""
    parent = Path(tempfile.mkdtemp(prefix="nhipcau-private-"))
    assert mode(parent) == 0o700
    yield parent
    shutil.rmtree(parent)


def modes_above(path: Path) -> dict[Path, int]:
    """The modes of a folder and of all above it."""
    return {folder: mode(folder) for folder in (path, *path.parents)}


def test_a_clone_under_a_private_parent_runs_and_no_mode_above_it_changes(
    private_parent: Path, home: Path
) -> None:
    clone = private_parent / "clone"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    packages = clone / "packages"
    packages.mkdir()
    for name in (binaries.PACKAGE, binaries.LIBRARIES):
        shutil.copytree(binaries.bundled() / name, packages / name)
    (home / "postgresql").unlink(missing_ok=True)
    before = modes_above(clone)

    path = os.pathsep.join([str(packages), str(clone / "src"), str(ROOT / "src"), str(ROOT)])
    holder = subprocess.run(
        [sys.executable, "-m", "tests.site.holder", str(home), "until-line"],
        cwd=clone,
        env={**os.environ, "PYTHONPATH": path},
        input="\n",
        capture_output=True,
        text=True,
        check=False,
    )

    assert (holder.returncode, holder.stderr) == (0, "Creating the database, once...\n")
    assert modes_above(clone) == before


@needs_root
def test_a_home_that_the_account_cannot_enter_is_told_and_left_as_it_is(private_parent: Path) -> None:
    place = Place(private_parent / "home")

    with pytest.raises(cluster.StartError) as caught:
        cluster.Cluster(place, say=quiet)

    assert str(private_parent) in str(caught.value)
    assert "Name another directory in NHIPCAU_DATA" in str(caught.value)
    assert mode(private_parent) == 0o700
