"""`nhipcau migrate`: bring the database to this version, as its owner."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from nhipcau.site import launch
from nhipcau.site.database.addresses import database
from nhipcau.site.database.places import Place, home
from nhipcau.site.speaking import command, say

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Migrate the database of DATABASE_OWNER_URL, or the embedded one; grants its two working roles."""
    parser = argparse.ArgumentParser("nhipcau migrate", description=main.__doc__)
    parser.parse_args(arguments)
    with command():
        place = Place(home())
        with database(place, say=say) as addresses:
            launch.migrate(place, addresses)
            say("The database is at this version, and its roles may do what they need.")
    return 0
