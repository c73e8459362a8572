"""`nhipcau audit`: seal the trail, and look whether anybody bent it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from nhipcau.site import launch
from nhipcau.site.database.addresses import database
from nhipcau.site.database.places import Place, home
from nhipcau.site.speaking import command, say

if TYPE_CHECKING:
    from collections.abc import Sequence

EPILOG = (
    "Exit codes: 0 nothing is wrong; 1 it could not be done (no key, no database); 2 the trail was bent, "
    "each place is named; 64 wrong use."
)


def main(arguments: Sequence[str]) -> int:
    """Seal the trail of events, or look whether anything in it was changed, removed or slipped in."""
    parser = argparse.ArgumentParser("nhipcau audit", description=main.__doc__, epilog=EPILOG)
    parser.add_argument("--place", default="office", help="which of this machine's places (default: office)")
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    verify = acts.add_parser("verify", help="look at the whole trail", epilog=EPILOG)
    verify.add_argument("--since-last", action="store_true", help="only what came since the last seal")
    verify.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    verify.add_argument("--key", type=Path, metavar="FILE", help="a copy of the public key, kept elsewhere")
    seal = acts.add_parser("seal", help="seal now what was committed since the last seal")
    seal.add_argument("--restored", default="", metavar="REASON", help="go on after a backup was restored")
    replay = acts.add_parser("replay-erasures", help="after a restore: erase again what the backup forgot")
    replay.add_argument("files", nargs="*", type=Path, metavar="FILE", help="default: those of this place")
    options = parser.parse_args(arguments)
    with command():
        place = Place(home(), options.place)
        with database(place, say=say, own_server=options.place == "office", shared=True) as addresses:
            launch.set_up(launch.surroundings(place, addresses))
            from nhipcau.site import auditing

            return auditing.run(options)
