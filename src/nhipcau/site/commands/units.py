"""`nhipcau units`: the shipped units through time, brought into the database."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from nhipcau.site import launch, readiness
from nhipcau.site.database.addresses import database
from nhipcau.site.database.places import Place, home
from nhipcau.site.speaking import FAILED, answer, command, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.records.organisations.services import Brought

EPILOG = (
    "A second time does nothing; a later edition adds what changed; what the office entered itself stays. "
    "Exit codes: 0 done; 1 it could not be done, and nothing was written; 64 wrong use."
)
#: So many sentences of one kind are printed; the rest are counted.
SHOWN = 10


def main(arguments: Sequence[str]) -> int:
    """Bring in provinces, districts, communes and central bodies, as they were and as they are."""
    parser = argparse.ArgumentParser("nhipcau units", description=main.__doc__, epilog=EPILOG)
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    load = acts.add_parser("load", help="bring in the edition that is shipped", epilog=EPILOG)
    load.add_argument("--dry-run", action="store_true", help="tell what would be done, and write nothing")
    options = parser.parse_args(arguments)
    with command():
        place = Place(home())
        with database(place, say=say, shared=True) as addresses:
            launch.set_up(launch.surroundings(place, addresses))
            if obstacles := readiness.before_serving(addresses):
                for trouble in obstacles:
                    say(f"nhipcau units: {trouble.what} {trouble.cure}")
                return FAILED
            return _load(is_trial=options.dry_run)


def _load(*, is_trial: bool) -> int:
    from django.core.exceptions import ValidationError

    from nhipcau.site import first_units

    try:
        brought = first_units.load(is_trial=is_trial)
    except ValidationError as error:
        say(f"nhipcau units: {' '.join(error.messages)} Nothing was written.")
        return FAILED
    answer("\n".join(lines(brought, is_trial=is_trial)))
    return 0


def lines(brought: Brought, *, is_trial: bool) -> list[str]:
    """What was done, or would be, line by line."""
    edition = brought.edition
    made = f"edition {edition.dataset_version} of {edition.generated_at:%d/%m/%Y}"
    counts = f"{brought.new} new, {brought.changed} changed, {brought.unchanged} unchanged"
    done = "Nothing was written; a load would make" if is_trial else "Loaded"
    return [
        f"Units: {made}, up to {edition.latest_decree}.",
        f"{done}: {counts} ({brought.acts} acts).",
        *_listed("Kept as entered here", brought.kept),
        *_listed("Entered here with another day or basis", brought.differing),
    ]


def _listed(what: str, sentences: tuple[str, ...]) -> list[str]:
    if not sentences:
        return []
    more = [f"  ... and {len(sentences) - SHOWN} more"] if len(sentences) > SHOWN else []
    return [f"{what}: {len(sentences)}", *(f"  {sentence}" for sentence in sentences[:SHOWN]), *more]
