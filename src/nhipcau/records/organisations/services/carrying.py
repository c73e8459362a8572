"""Shipped acts put into a draft: what stands of the units concerned, and what each act opens and closes.

Everything is asked of the database beforehand, in a fixed number of queries, so that an edition of fifteen
thousand acts is drafted in memory. An act that meets what an office entered itself leaves that as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from nhipcau.records.foundation.models import Office, Unit
from nhipcau.records.organisations.models import (
    BOUNDARIES,
    Change,
    FocalPoint,
    ParentLink,
    UnitCode,
    UnitVersion,
)
from nhipcau.records.organisations.services.drafting import Basis, Draft, Facts, Row, facts_of
from nhipcau.records.organisations.shipped.acts import Act, Code, Names, Place, name_of_act, name_of_unit


@dataclass(slots=True)
class Held:
    """A unit with its latest rows: by hierarchy, by list of codes; and what an office hung on it."""

    unit: Unit
    version: UnitVersion | None = None
    links: dict[str, ParentLink] = field(default_factory=dict)
    codes: dict[str, UnitCode] = field(default_factory=dict)
    children: list[ParentLink] = field(default_factory=list)
    duties: list[FocalPoint] = field(default_factory=list)
    office: Office | None = None


class Carrying:
    """The units that some acts speak of, as they stand; ``carry_out`` adds one act after the other."""

    def __init__(self, acts: list[Act]) -> None:
        self.draft = Draft()
        #: Keys of the units on which something was done, and of those among them that are new.
        self.touched: set[str] = set()
        self.founded: set[str] = set()
        self._held = _standing(acts)

    def obstacle(self, act: Act) -> str:
        """Why an act cannot be added to what stands, as a sentence; empty where it can."""
        founded = {names.unit for names in act.names}
        missing = sorted(key for key in _needed(act) - founded if key not in self._held)
        if missing:
            return _("%(key)s is not there.") % {"key": missing[0]}
        for key, row in self._rows_ended(act):
            if row is None or row.valid_to is not None or row.valid_from >= act.day or act.kind == "found":
                return _("“%(unit)s” stays as it was entered here.") % {"unit": self._held[key].unit.name}
        return ""

    def carry_out(self, act: Act) -> None:
        """Add what the act opens, closes and hands over; it has no obstacle."""
        for names in act.names:
            if names.unit not in self._held:
                self._held[names.unit] = Held(self._unit(names))
                self.founded.add(names.unit)
        change = self.draft.act(act.kind, self._held[act.unit].unit, act.day, _basis(act))
        change.public_id = name_of_act(act.key)
        for key in act.ends:
            self._end(change, key, act)
        for names in act.names:
            self._name(change, names)
        for place in act.places:
            self._place(change, place)
        for code in act.codes:
            self._code(change, code)
        self._succeed(change, act)
        self.touched |= {act.unit, *act.ends}

    def _rows_ended(self, act: Act) -> list[tuple[str, Row | None]]:
        """The rows of units there that the act would close, with the keys of those."""
        keys = [*act.ends, *(names.unit for names in act.names if names.unit in self._held)]
        rows: list[tuple[str, Row | None]] = [(key, self._held[key].version) for key in keys]
        for place in act.places:
            link = self._held[place.unit].links.get(place.hierarchy) if place.unit in self._held else None
            if link is not None and link.valid_to is None:
                rows.append((place.unit, link))
        return rows

    def _unit(self, names: Names) -> Unit:
        unit = self.draft.unit(_facts(names))
        unit.public_id = name_of_unit(names.unit)
        return unit

    def _name(self, change: Change, names: Names) -> None:
        held, facts = self._held[names.unit], _facts(names)
        if held.version is not None:
            # What an office added (a short name, a pillar) goes on where the tables say nothing.
            said = {name: value for name in Facts.__dataclass_fields__ if (value := getattr(facts, name))}
            facts = facts_of(held.version, **said)
            self.draft.end(held.version, change)
        held.version = self.draft.version(change, held.unit, facts)

    def _place(self, change: Change, place: Place) -> None:
        held = self._held[place.unit]
        before = held.links.get(place.hierarchy)
        if before is not None and before.valid_to is None:
            self.draft.end(before, change)
        parent = self._held[place.parent].unit
        held.links[place.hierarchy] = self.draft.place(change, held.unit, parent, place.hierarchy)

    def _code(self, change: Change, code: Code) -> None:
        held = self._held[code.unit]
        before = held.codes.get(code.code_list)
        if before is not None and before.valid_to is None:
            self.draft.end(before, change)
        held.codes[code.code_list] = self.draft.code(
            change, held.unit, code.code_list, code.list_version, code.code
        )

    def _end(self, change: Change, key: str, act: Act) -> None:
        """Close all that holds of a unit; what an office put below it goes on below its successor."""
        held = self._held[key]
        rows: list[Row | None] = [held.version, *held.links.values(), *held.codes.values(), *held.duties]
        for row in rows:
            if row is not None and row.valid_to is None:
                self.draft.end(row, change)
        if held.office is not None:
            self.draft.close(held.office, change)
        if (successor := self._successor(key, act)) is not None:
            for link in held.children:
                self.draft.end(link, change)
                self.draft.place(change, link.unit, successor, link.hierarchy)

    def _successor(self, key: str, act: Act) -> Unit | None:
        """The unit that stands where another stood, where the act says so."""
        for each in act.successors:
            if each.predecessor == key and each.is_default and each.kind in BOUNDARIES:
                return self._held[each.successor].unit
        return None

    def _succeed(self, change: Change, act: Act) -> None:
        for each in act.successors:
            before, after = self._held[each.predecessor].unit, self._held[each.successor].unit
            self.draft.succeed(
                change,
                before,
                after,
                each.kind,
                extent=each.extent,
                is_default=each.is_default,
                note=each.note,
            )


def _needed(act: Act) -> set[str]:
    """The units that an act speaks of."""
    links = {end for each in act.successors for end in (each.predecessor, each.successor)}
    return {act.unit, *act.ends} | links | {place.parent for place in act.places}


def _facts(names: Names) -> Facts:
    return Facts(names.name, names.level, names.type, names.short_name, names.pillar)


def _basis(act: Act) -> Basis:
    return Basis(
        legal=act.legal_basis, decided_on=act.decided_on, working_from=act.working_from, note=act.note
    )


def _standing(acts: list[Act]) -> dict[str, Held]:
    """The units of the acts that are in the database, by key, with what holds of them."""
    keys = {key for act in acts for key in (*_needed(act), *(names.unit for names in act.names))}
    held = {key: Held(unit) for key, unit in _units(keys, acts).items()}
    if held:
        _read({one.unit.pk: one for one in held.values()})
    return held


def _units(keys: set[str], acts: list[Act]) -> dict[str, Unit]:
    """By their shipped ids; those that an office founded itself, by a code that only they can bear."""
    by_id = {name_of_unit(key): key for key in keys}
    found = {by_id[unit.public_id]: unit for unit in Unit.objects.filter(public_id__in=by_id)}
    codes = {
        (code.code_list, code.list_version, code.code): code.unit
        for act in acts
        for code in act.codes
        if code.unit not in found
    }
    lists = {code_list for code_list, _version, _code in codes}
    for row in UnitCode.objects.filter(code_list__in=lists).exclude(unit__in=found.values()):
        key = codes.get((row.code_list, row.list_version, row.code))
        if key is not None:
            found.setdefault(key, row.unit)
    return found


def _read(held: dict[int, Held]) -> None:
    """The latest rows of the units with these ids, and what an office hung on them."""
    for version in UnitVersion.objects.filter(unit__in=held).order_by("valid_from").select_related("unit"):
        held[version.unit_id].version = version
    for link in ParentLink.objects.filter(unit__in=held).order_by("valid_from").select_related("unit"):
        held[link.unit_id].links[link.hierarchy] = link
    for code in UnitCode.objects.filter(unit__in=held).order_by("valid_from").select_related("unit"):
        held[code.unit_id].codes[code.code_list] = code
    open_ended = Q(valid_to__isnull=True)
    for link in ParentLink.objects.filter(open_ended, parent__in=held).select_related("unit"):
        if link.unit_id not in held:
            held[link.parent_id].children.append(link)
    for duty in FocalPoint.objects.filter(open_ended).select_related("unit"):
        for unit in {duty.unit_id, duty.holder_id} & set(held):
            held[unit].duties.append(duty)
    for office in Office.objects.filter(unit__in=held, closed_on__isnull=True).select_related("unit"):
        held[office.unit_id].office = office
