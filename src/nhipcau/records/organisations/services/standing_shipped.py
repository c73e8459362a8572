"""Shipped acts put into a draft: what stands of the units concerned, and what each act opens and closes.

Everything is asked of the database beforehand, in a fixed number of queries, so that an edition of fifteen
thousand acts is drafted in memory. An act that meets something an office entered itself leaves it as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from nhipcau.records.foundation.models import Office, Unit
from nhipcau.records.organisations.models import (
    Change,
    FocalPoint,
    ParentLink,
    UnitCode,
    UnitVersion,
)
from nhipcau.records.organisations.services.drafting import Basis, Draft, Facts, facts_of
from nhipcau.records.organisations.shipped.acts import Act, Code, Names, Place, name_of_act, name_of_unit


class Standing:
    """The units that some acts speak of, with their latest rows; ``carry_out`` adds one act to the draft."""

    def __init__(self, acts: Iterable[Act]) -> None:
        self.draft = Draft()
        self.touched: set[str] = set()
        self._units: dict[str, Unit] = {}
        self._versions: dict[str, UnitVersion] = {}
        self._links: dict[tuple[str, str], ParentLink] = {}
        self._codes: dict[tuple[str, str], UnitCode] = {}
        acts = list(acts)
        self._find(acts)
        self._read()

    def obstacle(self, act: Act) -> str:
        """Why an act cannot be added to what stands, as a sentence; empty where it can."""
        for names in act.names:
            if (row := self._versions.get(names.unit)) and not _ends_before(row, act):
                return _differs(row.name)
        for place in act.places:
            if (link := self._links.get((place.unit, place.hierarchy))) and not _ends_before(link, act):
                return _differs(link.unit.name)
        for key in [*act.ends, *self._needed(act)]:
            if key not in self._units:
                return _("“%(unit)s” is not there.") % {"unit": key}
        for key in act.ends:
            if not _ends_before(self._versions[key], act):
                return _differs(self._versions[key].name)
        return ""

    def is_new(self, key: str) -> bool:
        """Whether the unit is not in the database yet."""
        return key not in self._units or self._units[key].pk is None

    def carry_out(self, act: Act) -> None:
        """Add what the act opens, closes and hands over; it has no obstacle."""
        for names in act.names:
            if names.unit not in self._units:
                self._units[names.unit] = self._unit(names)
        change = self.draft.act(act.kind, self._units[act.unit], act.day, _basis(act))
        change.public_id = name_of_act(act.key)
        for key in act.ends:
            self._end(change, key, act)
        for names in act.names:
            self._name(change, names)
        for place in act.places:
            self._place(change, place)
        for code in act.codes:
            self._code(change, code)
        for each in act.successors:
            self.draft.succeed(
                change,
                self._units[each.predecessor],
                self._units[each.successor],
                each.kind,
                extent=each.extent,
                is_default=each.is_default,
                note=each.note,
            )
        self.touched |= {act.unit, *act.ends}

    def _needed(self, act: Act) -> set[str]:
        """The units that must be there, or be founded by the act itself."""
        named = {names.unit for names in act.names}
        links = {end for each in act.successors for end in (each.predecessor, each.successor)}
        return ({act.unit} | links | {place.parent for place in act.places}) - named

    def _unit(self, names: Names) -> Unit:
        unit = self.draft.unit(_facts(names))
        unit.public_id = name_of_unit(names.unit)
        return unit

    def _name(self, change: Change, names: Names) -> None:
        facts = _facts(names)
        if row := self._versions.get(names.unit):
            # What the office added (a short name, a pillar) goes on where the tables say nothing.
            said = {name: value for name in Facts.__dataclass_fields__ if (value := getattr(facts, name))}
            facts = facts_of(row, **said)
            self.draft.end(row, change)
        self._versions[names.unit] = self.draft.version(change, self._units[names.unit], facts)

    def _place(self, change: Change, place: Place) -> None:
        key = place.unit, place.hierarchy
        if key in self._links:
            self.draft.end(self._links[key], change)
        unit, parent = self._units[place.unit], self._units[place.parent]
        self._links[key] = self.draft.place(change, unit, parent, place.hierarchy)

    def _code(self, change: Change, code: Code) -> None:
        key = code.unit, code.code_list
        row = self._codes.get(key)
        if row is not None and row.valid_to is None:
            self.draft.end(row, change)
        unit = self._units[code.unit]
        self._codes[key] = self.draft.code(change, unit, code.code_list, code.list_version, code.code)

    def _end(self, change: Change, key: str, act: Act) -> None:
        """Close all that holds of a unit; what an office put below it goes on below its successor."""
        self.draft.end(self._versions[key], change)
        held = [row for (unit, _kind), row in [*self._links.items(), *self._codes.items()] if unit == key]
        for row in held:
            if row.valid_to is None:
                self.draft.end(row, change)
        if self._units[key].pk is not None:
            self._end_what_an_office_added(change, key, act)
