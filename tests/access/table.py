"""The table of who may what from where: read from ``table.toml``, where what is not named is refused.

An answer is one of ``yes``, ``told`` (403 with the reason) and ``hidden`` (as if it did not exist).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nhipcau.records.foundation.access import ROLES

FILE = Path(__file__).parent / "table.toml"
#: Where a record lies, seen from who asks.
PLACES = ("own", "department", "below", "beside", "above", "elsewhere")
YES, TOLD, HIDDEN = "yes", "told", "hidden"
SECTIONS = ("address", "service", "kind")


@dataclass(frozen=True, slots=True)
class Group:
    """Some doors with the same answers. ``answers`` maps place and role; what it lacks is ``hidden``."""

    section: str
    title: str
    doors: tuple[str, ...]
    answers: Mapping[tuple[str, str], str]

    def answer(self, place: str, role: str) -> str:
        """What somebody with this role, from whom the record lies in this place, is answered."""
        return self.answers.get((place, role), HIDDEN)


@cache
def groups() -> tuple[Group, ...]:
    """All groups, in the order of the file."""
    told = tomllib.loads(FILE.read_text("utf-8"))
    return tuple(_group(section, one) for section in SECTIONS for one in told.get(section, []))


def doors(section: str) -> dict[str, Group]:
    """The group of each door of a section; a door stands in the table once."""
    found: dict[str, Group] = {}
    for group in groups():
        for door in group.doors if group.section == section else ():
            assert door not in found, f"“{door}” stands in table.toml twice"
            found[door] = group
    return found


def left_out(section: str) -> dict[str, str]:
    """What of a section is not asked of roles and places, with the reason."""
    told: dict[str, dict[str, str]] = tomllib.loads(FILE.read_text("utf-8"))["without"]
    return told.get(section, {})


def _group(section: str, told: Mapping[str, Any]) -> Group:
    answers: dict[tuple[str, str], str] = {}
    for answer in (YES, TOLD):
        for places, roles in told.get(answer, {}).items():
            for place in PLACES if places == "everywhere" else places.split():
                for role in ROLES if roles == "all" else roles.split():
                    assert place in PLACES, f"there is no place “{place}”"
                    assert role in ROLES, f"there is no role “{role}”"
                    answers.setdefault((place, role), answer)
    return Group(section, told["title"], tuple(told["doors"]), answers)
