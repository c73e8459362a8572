"""`nhipcau check`: what is wrong with this installation, and the cure."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from nhipcau.site import launch, readiness
from nhipcau.site.database.addresses import database
from nhipcau.site.database.places import Place, home
from nhipcau.site.speaking import FAILED, answer, command, say

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Look at the settings, the database and what its roles may do; status 1 where something is wrong."""
    parser = argparse.ArgumentParser("nhipcau check", description=main.__doc__)
    parser.parse_args(arguments)
    with command():
        place = Place(home())
        with database(place, say=say, shared=True) as addresses:
            troubles = readiness.before_migrating(addresses)
            if not troubles:
                launch.set_up(launch.surroundings(place, addresses, NHIPCAU_SERVE="1"))
                troubles = [*readiness.of_settings(), *readiness.before_serving(addresses)]
    for trouble in troubles:
        answer(f"- {trouble.what}\n  {trouble.cure}")
    answer(f"{len(troubles)} found." if troubles else "Nothing is wrong.")
    return FAILED if troubles else 0
