"""What a register says of files that are brought into it, and how the import speaks with its area.

The import reads, compares and tells; the area knows its records: it finds the one that a row means, and its
services write. Neither knows the other's inside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol
from uuid import UUID

from django.db import models

from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor

#: What a cell is read as. ``choice`` is one of the field's choices; ``record`` the words that name a record,
#: which the area looks up.
Value = Literal["text", "date", "number", "yes", "choice", "record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """How a field comes in from a file.

    ``is_key`` fields together tell which record a row means where it bears no public id. ``is_act`` fields
    say something of the change (its day, its legal basis) and not of the record: they are not compared.
    ``also`` are further headings under which the field is known; ``longest`` is in letters.
    """

    value: Value = "text"
    is_key: bool = False
    is_act: bool = False
    also: tuple[str, ...] = ()
    example: str = ""
    longest: int = 500


@dataclass(frozen=True, slots=True)
class Brought:
    """A row of a file: where it stands, the record it names if any, and its values by field.

    A field whose cell is empty is not among the values: it leaves what there is.
    """

    sheet: str
    number: int
    public_id: UUID | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a row cannot be written: the field (empty: the row as a whole), and a sentence with the cure."""

    field: str
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the area says of a row.

    ``record`` is what it means (``None``: a new one), ``standing`` its values as they stand, ``wanted`` the
    values of the row in the spelling of the records.
    """

    record: models.Model | None = None
    standing: Mapping[str, Any] = field(default_factory=dict)
    wanted: Mapping[str, Any] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row that is to be written: as brought, and what was found of it; ``changes`` are old and new."""

    brought: Brought
    found: Found
    changes: Mapping[str, tuple[Any, Any]]


class RowRefusedError(Exception):
    """A row that a service refused while writing; ``place`` is its index among the rows given."""

    def __init__(self, place: int, trouble: Trouble) -> None:
        super().__init__(trouble.why)
        self.place, self.trouble = place, trouble


class Room(Protocol):
    """What an area gives for one run over a file; it may remember what earlier rows brought."""

    def find(self, rows: Sequence[Brought]) -> list[Found]:
        """What each row means; writes nothing."""

    def write(self, *, by: Actor, rows: Sequence[Wanted]) -> None:
        """Write the rows by the area's services, one event each; raises ``RowRefusedError``."""

    def standing(self) -> Sequence[tuple[UUID, Mapping[str, Any]]]:
        """Every record that the actor may bring in anew, by public id, as the export writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """That files may be brought into a register: who may, and how its area's room is opened."""

    permission: Permission
    open: Callable[[Actor], Room]
