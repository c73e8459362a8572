"""What an act of reorganisation does to units, told without the database; units are named by their keys.

A key is that of the edition: ``2004/64`` is code 64 in the list of 2004, ``body/VUFO`` a central body.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

#: The names of what is shipped are the same in every installation, so that offices can speak of one unit.
_NAMES = UUID("6f0c3c54-3f0a-5d0b-9f5e-2f6a1f4b7c11")


@dataclass(frozen=True, slots=True)
class Names:
    """What a unit is called from the act on."""

    unit: str
    name: str
    level: str
    type: str = ""
    short_name: str = ""
    pillar: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Below which unit it stands from the act on, in one hierarchy; without any it is a top."""

    unit: str
    hierarchy: str
    parent: str


@dataclass(frozen=True, slots=True)
class Code:
    """The code by which it is known from the act on; an older one of the same list ends."""

    unit: str
    code_list: str
    list_version: str
    code: str


@dataclass(frozen=True, slots=True)
class Successor:
    """Who took over from whom, and how much."""

    predecessor: str
    successor: str
    kind: str
    extent: str = "whole"
    is_default: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One act: the rows that it opens, the units that it ends, who succeeds whom, and its paper."""

    key: str
    kind: str
    unit: str
    day: date
    decided_on: date | None = None
    working_from: date | None = None
    legal_basis: str = ""
    note: str = ""
    names: tuple[Names, ...] = ()
    places: tuple[Place, ...] = ()
    codes: tuple[Code, ...] = ()
    ends: tuple[str, ...] = ()
    successors: tuple[Successor, ...] = ()


def name_of_unit(key: str) -> UUID:
    """The public id of a shipped unit, the same in every installation."""
    return uuid5(_NAMES, f"unit/{key}")


def name_of_act(key: str) -> UUID:
    """The public id of a shipped act, by which a second load knows that it was done."""
    return uuid5(_NAMES, f"act/{key}")
