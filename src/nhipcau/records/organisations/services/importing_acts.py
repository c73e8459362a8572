"""The acts by which rows of a file of units are written: founding many in one draft, renaming, moving."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from nhipcau.reading.text import fold
from nhipcau.records.foundation import events
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.intake import RowRefusedError, Trouble, Wanted
from nhipcau.records.foundation.models import Unit
from nhipcau.records.foundation.policies import UNITS, Forbidden
from nhipcau.records.organisations.models import Change
from nhipcau.records.organisations.services.drafting import Basis, Draft, Facts
from nhipcau.records.organisations.services.shaping import move_unit, rename_unit
from nhipcau.records.organisations.services.standing import begin, end_of_life, version_on
from nhipcau.records.organisations.services.writing import write

FACTS = ("name", "short_name", "type", "level", "pillar")
#: The unit below which a row places its own, given those that are being founded, by folded name.
Above = Callable[[Wanted, Mapping[str, Unit]], Unit | None]


class UnitActs:
    """Writes one batch of rows; ``keep`` is told of the units that were founded, once they stand."""

    def __init__(self, by: Actor, above: Above, keep: Callable[[Mapping[str, Unit]], None]) -> None:
        self.by, self._above, self._keep = by, above, keep

    def write(self, rows: Sequence[Wanted]) -> None:
        """Found the new units in one stroke, then rename and move the others; one event for each act.

        Raises ``RowRefusedError`` for the first row that a service refuses.
        """
        new = [place for place, row in enumerate(rows) if row.found.record is None]
        if not self._all_found([rows[place] for place in new]):
            for place in new:
                self._found_one(place, rows[place])
        for place, row in enumerate(rows):
            if row.found.record is not None:
                self._change_one(place, row)

    def _all_found(self, rows: list[Wanted]) -> bool:
        """Found all in one draft; whether that went well. Nothing is written where it did not."""
        try:
            with transaction.atomic():
                self._found(rows)
        except (ValidationError, Forbidden):
            return False
        return True

    def _found_one(self, place: int, row: Wanted) -> None:
        try:
            with transaction.atomic():
                self._found([row])
        except (ValidationError, Forbidden) as error:
            raise _refused(place, error) from error

    def _change_one(self, place: int, row: Wanted) -> None:
        try:
            with transaction.atomic():
                self._change(row)
        except (ValidationError, Forbidden) as error:
            raise _refused(place, error) from error

    def _found(self, rows: list[Wanted]) -> None:
        if not rows:
            return
        known = [above for row in rows if (above := self._above(row, {})) is not None]
        begin(self.by, *{unit.pk: unit for unit in known}.values())
        draft, made = Draft(), _Made()
        for row in rows:
            unit, above, since = self._draft(draft, row, made)
            made.units[fold(unit.name)] = unit
            made.told.append((unit, above, since))
        write(draft)
        for unit, above, since in made.told:
            changes = events.creation(unit, "name", "short_name", "level", "pillar")
            changes |= {"parent": (None, above), "founded_on": (None, since)}
            events.record(by=self.by, verb="found", record=unit, changes=changes)
        self._keep(made.units)

    def _draft(self, draft: Draft, row: Wanted, made: _Made) -> tuple[Unit, Unit | None, date]:
        values = row.found.wanted
        facts = Facts(**{name: values.get(name, "") for name in FACTS})
        unit = draft.unit(facts)
        unit.full_clean()
        since = values.get("since") or self.by.on
        change = draft.act(Change.Kind.FOUND, unit, since, Basis(legal=values.get("basis", "")))
        draft.version(change, unit, facts)
        above = self._above(row, made.units)
        if above is not None:
            draft.place(change, unit, above, until=made.until(above, since))
        return unit, above, since

    def _change(self, row: Wanted) -> None:
        unit = UNITS.fetch(self.by, str(row.found.record.public_id))  # type: ignore[union-attr]
        values, changes = row.found.wanted, row.changes
        day = day_of(values.get("since"), row.found.standing["since"], self.by.on)
        basis = Basis(legal=values.get("basis", ""))
        facts = {name: values[name] for name in FACTS if name in changes}
        if facts:
            rename_unit(by=self.by, unit=unit, on=day, basis=basis, **facts)
        if "parent" in changes:
            move_unit(by=self.by, unit=unit, parent=self._above(row, {}), on=day, basis=basis)


class _Made:
    """What one draft has founded so far."""

    def __init__(self) -> None:
        self.units: dict[str, Unit] = {}
        self.told: list[tuple[Unit, Unit | None, date]] = []
        self._lives: dict[tuple[int, date], date | None] = {}

    def until(self, above: Unit, since: date) -> date | None:
        """Until when the parent exists; what this very draft founds has no end."""
        if above.pk is None:
            return None
        key = (above.pk, since)
        if key not in self._lives:
            version_on(above, since)
            self._lives[key] = end_of_life(above, since)
        return self._lives[key]


def day_of(since: date | None, began: date, today: date) -> date:
    """The day of a change: as written; what only repeats when the unit began says nothing."""
    return today if since is None or since == began else since


def _refused(place: int, error: Exception) -> RowRefusedError:
    words = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
    return RowRefusedError(place, Trouble("", words))
