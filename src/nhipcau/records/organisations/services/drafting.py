"""What one or many acts open and close, put together in memory before anything is written.

A service drafts one act; a loader drafts thousands. ``writing.write`` then writes all of it at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from nhipcau.reading.text import fold
from nhipcau.reckoning.sorting import sort_key
from nhipcau.records.foundation.models import Office, Reference, Unit
from nhipcau.records.organisations.models import (
    Change,
    FocalPoint,
    Hierarchy,
    ParentLink,
    Succession,
    UnitCode,
    UnitVersion,
)

Row = UnitVersion | ParentLink | UnitCode | FocalPoint
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Basis:
    """What an act rests on: when it was decided, from when it is worked by, and the paper."""

    legal: str = ""
    decided_on: date | None = None
    working_from: date | None = None
    document: Reference | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a version says of a unit. ``type`` is the word of the law: tỉnh, phường, sở, ban, hội ..."""

    name: str
    level: str
    type: str = ""
    short_name: str = ""
    pillar: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """A row that an act closes, and the end that it had before."""

    row: Row
    change: Change
    valid_to: date | None
    closed_by: Change | None


@dataclass(slots=True)
class Draft:
    """Unsaved rows that may point at each other, in the order in which they are written."""

    units: list[Unit] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    versions: list[UnitVersion] = field(default_factory=list)
    links: list[ParentLink] = field(default_factory=list)
    codes: list[UnitCode] = field(default_factory=list)
    duties: list[FocalPoint] = field(default_factory=list)
    successions: list[Succession] = field(default_factory=list)
    ends: list[End] = field(default_factory=list)
    offices: list[tuple[Office, Change]] = field(default_factory=list)
    #: What new units (by ``id()``) are called, until the act is there that opens their first version.
    waiting: dict[int, Facts] = field(default_factory=dict)

    @property
    def dated(self) -> list[Row]:
        """The dated rows to be opened."""
        return [*self.versions, *self.links, *self.codes, *self.duties]

    def act(self, kind: str, unit: Unit, on: date, basis: Basis | None = None) -> Change:
        """An act that is chiefly about ``unit`` and in force on a day."""
        rests = basis or Basis()
        change = Change(
            kind=kind,
            unit=unit,
            in_force_on=on,
            decided_on=rests.decided_on,
            working_from=rests.working_from,
            legal_basis=rests.legal,
            document=rests.document,
            note=rests.note,
        )
        self.changes.append(change)
        return change

    def unit(self, facts: Facts) -> Unit:
        """A new identity; it exists from the first version that is opened for it."""
        unit = Unit(
            name=facts.name,
            short_name=facts.short_name,
            level=facts.level,
            pillar=facts.pillar,
            folded=folded_name(facts.name, facts.short_name),
        )
        self.units.append(unit)
        return unit

    def version(
        self,
        change: Change,
        unit: Unit,
        facts: Facts,
        *,
        until: date | None = None,
        since: date | None = None,
    ) -> UnitVersion:
        """The unit is called this from the act's day (or ``since``) until before ``until``."""
        row = UnitVersion(
            unit=unit,
            name=facts.name,
            short_name=facts.short_name,
            type=facts.type,
            level=facts.level,
            pillar=facts.pillar,
            folded=words_of(facts.name, facts.short_name),
            sort_key=sort_key(facts.name)[:1200],
            valid_from=since or change.in_force_on,
            valid_to=until,
            opened_by=change,
        )
        self.versions.append(row)
        return row

    def place(
        self,
        change: Change,
        unit: Unit,
        parent: Unit,
        hierarchy: str = Hierarchy.ADMINISTRATIVE,
        *,
        until: date | None = None,
        since: date | None = None,
    ) -> ParentLink:
        """The unit stands below ``parent`` from the act's day (or ``since``) until before ``until``."""
        row = ParentLink(
            unit=unit,
            parent=parent,
            hierarchy=hierarchy,
            valid_from=since or change.in_force_on,
            valid_to=until,
            opened_by=change,
        )
        self.links.append(row)
        return row

    def code(
        self,
        change: Change,
        unit: Unit,
        code_list: str,
        list_version: str,
        code: str,
        *,
        until: date | None = None,
        since: date | None = None,
    ) -> UnitCode:
        """The unit bears this code in a version of a list."""
        row = UnitCode(
            unit=unit,
            code_list=code_list,
            list_version=list_version,
            code=code,
            valid_from=since or change.in_force_on,
            valid_to=until,
            opened_by=change,
        )
        self.codes.append(row)
        return row

    def duty(
        self, change: Change, subject: str, unit: Unit, holder: Unit, *, until: date | None = None
    ) -> FocalPoint:
        """``holder`` handles the subject for ``unit`` from the act's day."""
        row = FocalPoint(
            subject=subject,
            unit=unit,
            holder=holder,
            valid_from=change.in_force_on,
            valid_to=until,
            opened_by=change,
        )
        self.duties.append(row)
        return row

    def succeed(
        self,
        change: Change,
        predecessor: Unit,
        successor: Unit,
        kind: str,
        *,
        extent: str = Succession.Extent.WHOLE,
        share: Decimal | None = None,
        note: str = "",
        is_default: bool = True,
    ) -> Succession:
        """``successor`` takes over from ``predecessor`` on the act's day."""
        row = Succession(
            change=change,
            predecessor=predecessor,
            successor=successor,
            kind=kind,
            in_force_on=change.in_force_on,
            extent=extent,
            share=share,
            note=note,
            is_default=is_default,
        )
        self.successions.append(row)
        return row

    def end(self, row: Row, change: Change, day: date | None = None) -> None:
        """Close a row (saved or of this draft) before the act's day (or ``day``)."""
        self.ends.append(End(row, change, row.valid_to, row.closed_by))
        row.valid_to = day or change.in_force_on
        row.closed_by = change

    def close(self, office: Office, change: Change) -> None:
        """Close the registers of a unit on the act's day."""
        self.offices.append((office, change))
        office.closed_on = change.in_force_on


def facts_of(version: UnitVersion, **changed: Any) -> Facts:
    """What a version says, with some of it changed; ``None`` changes nothing."""
    kept = {name: getattr(version, name) for name in Facts.__dataclass_fields__}
    return Facts(**(kept | {name: value for name, value in changed.items() if value is not None}))


def folded_name(name: str, short_name: str) -> str:
    """The words by which a unit is found, as its identity keeps them."""
    return fold(f"{name} {short_name}")


def words_of(name: str, short_name: str = "") -> str:
    """The words of a name without marks, each after a blank; what no letter or digit is parts words."""
    return "".join(f" {word}" for word in _WORDS.findall(fold(f"{name} {short_name}")))[:450]
