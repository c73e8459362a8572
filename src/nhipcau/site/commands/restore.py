"""`nhipcau restore`: what a backup holds, in an empty place."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from nhipcau.site import launch
from nhipcau.site.database.addresses import database
from nhipcau.site.database.places import Place, home
from nhipcau.site.speaking import answer, command, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.site.backups.restoring import Restored


def main(arguments: Sequence[str]) -> int:
    """Check ARCHIVE as a whole, then bring its database and files into this place, which must be empty."""
    parser = argparse.ArgumentParser("nhipcau restore", description=main.__doc__)
    parser.add_argument("archive", type=Path, metavar="ARCHIVE", help="what `nhipcau backup` wrote")
    parser.add_argument(
        "--key", type=Path, metavar="FILE", help="file of the secret key of an encrypted backup"
    )
    parser.add_argument(
        "--force", action="store_true", help="where there are data already, put them aside under another name"
    )
    options = parser.parse_args(arguments)
    with command():
        identity = options.key.read_text().strip() if options.key else ""
        place = Place(home())
        with database(place, say=say) as addresses:
            launch.set_up(launch.surroundings(place, addresses))
            from django.conf import settings

            from nhipcau.site.backups import restoring

            restored = restoring.restore(
                options.archive.absolute(),
                place,
                addresses,
                key=Path(settings.NHIPCAU_SEAL_KEY),
                identity=identity,
                is_forced=options.force,
            )
            _take_up(restored)
    _tell(restored)
    return 0


def _take_up(restored: Restored) -> None:
    """Erase again what was erased since the backup, and go on with the chain of seals."""
    from nhipcau.records.foundation.personal import replaying
    from nhipcau.records.foundation.sealing.keys import NoKeyError
    from nhipcau.site import sealing

    replaying.replay()
    try:
        sealing.seal(f"a backup of {restored.about['made_at']} was restored")
    except NoKeyError as error:
        say(f"The trail is not sealed until then: {error}")


def _tell(restored: Restored) -> None:
    answer(f"Restored what stood here at {restored.about['made_at']}, with {restored.files} files.")
    if restored.kept:
        answer(f"The former data stay in the database {restored.kept}; drop it when nobody misses anything.")
