"""`nhipcau backup`: the database and the files of one moment in one archive."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from nhipcau.site import launch
from nhipcau.site.database.addresses import database
from nhipcau.site.database.places import Place, home
from nhipcau.site.speaking import FAILED, answer, command, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.site.backups.saving import Saved


def main(arguments: Sequence[str]) -> int:
    """Write everything the office keeps to ARCHIVE, which must not exist; people go on working meanwhile."""
    parser = argparse.ArgumentParser("nhipcau backup", description=main.__doc__)
    parser.add_argument("archive", type=Path, nargs="?", metavar="ARCHIVE", help="file to write")
    parser.add_argument(
        "--to",
        action="append",
        default=[],
        metavar="age1...",
        help="encrypt for this public key (may be given several times)",
    )
    parser.add_argument(
        "--new-key",
        type=Path,
        metavar="FILE",
        help="make a key pair: the secret key goes to FILE, and nothing else",
    )
    options = parser.parse_args(arguments)
    if (options.archive is None) == (options.new_key is None):
        parser.error("name the ARCHIVE to write, or --new-key FILE")
    with command():
        if options.new_key is not None:
            return _make_key(options.new_key)
        return _backup(options.archive.absolute(), options.to)


def _make_key(path: Path) -> int:
    from nhipcau.site.backups import archive

    secret, public = archive.new_key()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{secret}\n")
    say(f"The secret key stands in {path}. Keep it apart from the backups: without it nobody can open them.")
    answer(public)
    return 0


def _backup(target: Path, recipients: Sequence[str]) -> int:
    place = Place(home())
    with database(place, say=say, shared=True) as addresses:
        if addresses.owner is None:
            say("nhipcau backup: it needs the owner's address in DATABASE_OWNER_URL.")
            return FAILED
        launch.set_up(launch.surroundings(place, addresses))
        from django.conf import settings

        from nhipcau.site.backups import saving

        key = Path(settings.NHIPCAU_SEAL_KEY)
        saved = saving.back_up(
            target, owner=addresses.owner, outside=place.outside, key=key, recipients=recipients
        )
    if not recipients:
        say(f"The key that signs the trail is not in it: keep a copy of {key} apart.")
    return _tell(target, saved, is_encrypted=bool(recipients))


def _tell(target: Path, saved: Saved, *, is_encrypted: bool) -> int:
    kind = "encrypted" if is_encrypted else "not encrypted: keep it where only administrators can read it"
    answer(f"{target}: {saved.size:,} bytes, {saved.files} files; {kind}.")
    for name in saved.missing:
        say(f"Not in the backup, because the store lost or spoilt it: {name}")
    return FAILED if saved.missing else 0
