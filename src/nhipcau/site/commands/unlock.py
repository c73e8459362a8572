"""`nhipcau unlock`: the way back in when nobody who administers can sign in any more."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from nhipcau.site import launch
from nhipcau.site.database.addresses import database
from nhipcau.site.database.places import Place, home
from nhipcau.site.speaking import FAILED, answer, command, say

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Unlock an account and switch it on again; with a new password or without its second factor if asked."""
    parser = argparse.ArgumentParser("nhipcau unlock", description=main.__doc__)
    parser.add_argument("username", help="sign-in name of the account")
    parser.add_argument("--why", required=True, help="the reason, kept in the trail")
    parser.add_argument(
        "--new-password", action="store_true", help="make one; it is changed at first sign-in"
    )
    parser.add_argument("--no-second-factor", action="store_true", help="take lost factors away")
    options = parser.parse_args(arguments)
    with command():
        place = Place(home())
        with database(place, say=say, shared=True) as addresses:
            launch.set_up(launch.surroundings(place, addresses, NHIPCAU_SERVE="1"))
            from nhipcau.site.rescue import rescue

            told = rescue(
                options.username,
                why=options.why,
                new_password=options.new_password,
                no_second_factor=options.no_second_factor,
            )
    answer(told or f"There is no account {options.username!r}.")
    return 0 if told else FAILED
