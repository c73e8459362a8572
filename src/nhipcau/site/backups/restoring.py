"""Bringing a backup back: checked as a whole first, restored beside what is there, and put in its place last.

Where the embedded server is ours, the dump goes into a database of its own, which takes the name of the old
one in the end; so a restore that fails or is killed leaves everything as it was. Files only come in addition:
they stand under the hash of their content.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from nhipcau.site import launch
from nhipcau.site.backups import archive, programs
from nhipcau.site.backups.troubles import NotEmptyError, ProgramError
from nhipcau.site.database import roles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhipcau.site.database.addresses import Addresses
    from nhipcau.site.database.logins import Login
    from nhipcau.site.database.places import Place

_NEW = "nhipcau_restored"
_OLD = "nhipcau_before"
_STAGING = "restore-"


@dataclass(frozen=True)
class Restored:
    """What came back; ``kept`` names the database of the former data, empty where there were none."""

    about: dict[str, Any]
    files: int
    kept: str = ""


def restore(
    source: Path,
    place: Place,
    addresses: Addresses,
    *,
    key: Path,
    identity: str = "",
    is_forced: bool = False,
) -> Restored:
    """Bring the backup ``source`` into ``place``, which must be empty unless ``is_forced``.

    ``key`` is where the key that signs the trail belongs, ``identity`` the secret key of an encrypted backup.
    Raises ``NotEmptyError``, ``ArchiveError``, ``ProgramError``, ``MigrateError``; then nothing of the backup
    is in force.
    """
    owner = _owner(addresses)
    is_used = holds_data(owner)
    if is_used and not is_forced:
        raise NotEmptyError("There are data here already: restore elsewhere, or --force puts them aside.")
    if is_used and addresses.server is None:
        raise NotEmptyError(
            "On a server of your own a backup goes into an empty database: create one, and name it in "
            "DATABASE_URL and its sisters."
        )
    with _staging(place) as folder:
        about = archive.unpack(source, folder, identity=identity)
        # Files first: a database without its files would be worse than files that nothing names.
        count = _bring_files(folder / "files", place.files)
        kept = _bring_database(place, addresses, folder / "database")
        _bring_outside(folder / "outside", place, key)
    return Restored(about, count, kept)


def holds_data(owner: Login) -> bool:
    """Whether anybody works in a database: a migrated one without a single account holds nothing."""
    with psycopg.connect(**owner.parameters) as connection:
        made = connection.execute("SELECT to_regclass('public.foundation_account')").fetchone()
        if made is None or made[0] is None:
            return False
        found = connection.execute("SELECT EXISTS (SELECT 1 FROM foundation_account)").fetchone()
        return bool(found and found[0])


def _owner(addresses: Addresses) -> Login:
    if addresses.owner is None:
        raise ProgramError("Restoring needs the owner's address in DATABASE_OWNER_URL.")
    return addresses.owner


@contextmanager
def _staging(place: Place) -> Iterator[Path]:
    """A private folder beside the store; what a killed restore left is removed first."""
    for left in place.root.glob(f"{_STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=place.root))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _bring_database(place: Place, addresses: Addresses, dump: Path) -> str:
    owner = _owner(addresses)
    if addresses.server is None:
        _empty(owner)
        programs.restore(owner, dump)
        launch.migrate(place, addresses)
        return ""
    superuser = addresses.server.cluster.superuser()
    roles.drop_database(superuser, _NEW)
    users = (addresses.server.app.user, addresses.server.reader.user)
    roles.make_database(superuser, _NEW, owner=owner.user, users=users)
    beside = _beside(addresses)
    programs.restore(_owner(beside), dump)
    launch.migrate(place, beside)
    return _exchange(superuser, owner)


def _empty(owner: Login) -> None:
    """Take away the tables of a migrated database in which nobody has worked."""
    with psycopg.connect(**owner.parameters) as connection:
        connection.execute("DROP OWNED BY CURRENT_USER CASCADE")


def _beside(addresses: Addresses) -> Addresses:
    """The same three roles in the new database."""
    reader = addresses.reader.to(_NEW) if addresses.reader else None
    return replace(addresses, app=addresses.app.to(_NEW), owner=_owner(addresses).to(_NEW), reader=reader)


def _exchange(superuser: Login, owner: Login) -> str:
    """Give the new database the name of the old one, in one transaction; the old stays under a free name."""
    with psycopg.connect(**superuser.parameters, autocommit=True) as connection:
        names = {str(row[0]) for row in connection.execute("SELECT datname FROM pg_database").fetchall()}
    kept = "" if not holds_data(owner) else next(n for n in _names() if n not in names)
    with psycopg.connect(**superuser.parameters) as connection:
        if kept:
            _rename(connection, owner.database, kept)
        else:
            # Nothing was in it; dropping is no part of a transaction, so it steps aside first.
            _rename(connection, owner.database, f"{_OLD}_empty")
        _rename(connection, _NEW, owner.database)
    if not kept:
        roles.drop_database(superuser, f"{_OLD}_empty")
    return kept


def _names() -> Iterator[str]:
    yield from (f"{_OLD}_{number}" for number in range(1, 1_000))


def _rename(connection: psycopg.Connection[Any], old: str, new: str) -> None:
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new))
    )


def _bring_files(staged: Path, store: Path) -> int:
    """Move the files to where the store keeps them; what is there already is the same by its hash."""
    count = 0
    for path in sorted(staged.glob("*/*")):
        target = store / path.parent.name / path.name[:2] / path.name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.replace(target)
        count += 1
    return count


def _bring_outside(staged: Path, place: Place, key: Path) -> None:
    """Lay out what was kept beside the database where it is missing; what is there is newer and stays.

    The key that signs the trail comes back too, where the backup was encrypted and so holds it.
    """
    for path in sorted(staged.rglob("*")):
        name = path.relative_to(staged)
        target = key if name.parts[0] == archive.KEY else place.outside / name
        if path.is_file() and not target.exists():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.chmod(0o600)
            shutil.move(path, target)
