"""Units that come in by a file: which unit a row means, and the acts that write it.

A row means the unit whose record id it bears, else the unit of that name below that parent in the actor's own
part of the tree. A unit without a parent stands below the actor's own unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nhipcau.reading.text import fold
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.intake import Brought, Found, RowRefusedError, Trouble, Wanted
from nhipcau.records.foundation.models import ADMINISTRATIVE, Ancestor, Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.foundation.policies import Forbidden
from nhipcau.records.organisations.models import ParentLink, UnitVersion
from nhipcau.records.organisations.policies import require_reach
from nhipcau.records.organisations.services.importing_acts import FACTS, UnitActs, day_of
from nhipcau.records.organisations.services.standing import shown, version_on


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit as it stands on the actor's day."""

    unit: Unit
    version: UnitVersion
    parent: Unit | None

    @property
    def values(self) -> dict[str, Any]:
        """What the fields of the register hold of it."""
        facts = {name: getattr(self.version, name) for name in FACTS}
        return facts | {"parent": self.parent.name if self.parent else "", "since": self.version.valid_from}


class UnitRoom:
    """One run over a file of units by one actor."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        self._own: dict[int, Standing] | None = None
        self._by_name: dict[str, list[Standing]] = defaultdict(list)
        #: Names that earlier rows of the file found anew: the unit, once it is written.
        self._coming: dict[str, Unit | None] = {}

    def standing(self) -> list[tuple[UUID, Mapping[str, Any]]]:
        """Every unit of the actor's own part of the tree, but the top of it, in the order of names."""
        rows = [one for one in self._load().values() if one.unit.pk != (self.by.unit and self.by.unit.pk)]
        return [
            (one.unit.public_id, one.values) for one in sorted(rows, key=lambda one: one.version.sort_key)
        ]

    def find(self, rows: Sequence[Brought]) -> list[Found]:
        """Which unit each row means, and what would change of it."""
        named = self._with_ids(rows)
        return [self._found(row, named) for row in rows]

    def write(self, *, by: Actor, rows: Sequence[Wanted]) -> None:
        """Found the new units in one stroke, then rename and move the others, one event each."""
        before = dict(self._coming)
        try:
            UnitActs(by, self.above, self._coming.update).write(rows)
        except RowRefusedError:
            self._coming = before
            raise

    def above(self, row: Wanted, made: Mapping[str, Unit]) -> Unit | None:
        """The unit below which a row places its own; ``made`` are those that the same draft founds."""
        words = row.brought.values.get("parent")
        if words is None:
            return self.by.unit
        parent = self._parent(words)
        if isinstance(parent, Standing):
            return parent.unit
        return made.get(fold(words)) or self._coming.get(fold(words))

    def _load(self) -> dict[int, Standing]:
        if self._own is None:
            below = Ancestor.objects.filter(
                in_force(self.by.on), hierarchy=ADMINISTRATIVE, ancestor=self.by.unit
            ).values("unit_id")
            self._own = {one.unit.pk: one for one in self._stand(unit__in=below)}
            for one in self._own.values():
                self._by_name[fold(one.version.name)].append(one)
        return self._own

    def _stand(self, **which: Any) -> list[Standing]:
        """Units with the version and the parent of the actor's day."""
        versions = list(UnitVersion.objects.filter(in_force(self.by.on), **which).select_related("unit"))
        links = ParentLink.objects.filter(
            in_force(self.by.on), hierarchy=ADMINISTRATIVE, unit__in=[row.unit_id for row in versions]
        )
        parents = {link.unit_id: link.parent for link in links.select_related("parent")}
        return [Standing(row.unit, row, parents.get(row.unit_id)) for row in versions]

    def _with_ids(self, rows: Sequence[Brought]) -> dict[UUID, Standing]:
        ids = [row.public_id for row in rows if row.public_id is not None]
        return {one.unit.public_id: one for one in self._stand(unit__public_id__in=ids)} if ids else {}

    def _found(self, row: Brought, named: Mapping[UUID, Standing]) -> Found:
        own = self._load()
        wanted, troubles = dict(row.values), []
        parent: Standing | str | None = None
        if "parent" in wanted:
            parent = self._parent(wanted["parent"])
            if parent is None:
                troubles.append(Trouble("parent", self._no_parent(wanted["parent"])))
            elif isinstance(parent, Standing):
                wanted["parent"] = parent.unit.name
        found = self._meant(row, named, parent) if not troubles else None
        if isinstance(found, Trouble):
            troubles.append(found)
            found = None
        if found is None:
            troubles += self._troubles_of_new(row, parent) if not troubles else []
            if not troubles:
                self._coming.setdefault(fold(str(wanted.get("name", ""))), None)
                wanted.setdefault("parent", self.by.unit.name if self.by.unit else "")
            return Found(None, {}, wanted, tuple(troubles))
        if found.unit.pk not in own:
            troubles += self._out_of_reach(found.unit)
        if isinstance(parent, Standing) and found.parent is not None and parent.unit.pk != found.parent.pk:
            wanted["parent"] = _told_apart(parent.unit, found.parent)
        troubles += self._troubles_of_change(row, found, wanted)
        return Found(found.unit, found.values, wanted, tuple(troubles))

    def _parent(self, words: str) -> Standing | str | None:
        """The unit that a parent's name or id means; its folded name where the file itself brings it."""
        self._load()
        key = fold(words)
        found = self._by_name.get(key, [])
        if len(found) == 1:
            return found[0]
        if not found and key in self._coming:
            return key
        return next(
            (one for one in (self._own or {}).values() if str(one.unit.public_id) == words.strip()), None
        )

    def _no_parent(self, words: str) -> str:
        if len(self._by_name.get(fold(words), [])) > 1:
            return _("Several units are called “%s”; write the record id of the one that is meant.") % words
        return (
            _("In your part of the tree no unit is called “%s”. Found it first, or in a row above.") % words
        )

    def _meant(
        self, row: Brought, named: Mapping[UUID, Standing], parent: Standing | str | None
    ) -> Standing | Trouble | None:
        if row.public_id is not None:
            found = named.get(row.public_id)
            return found or Trouble(
                "public_id", _("No unit has this record id today. Empty the cell for a new one.")
            )
        same = self._by_name.get(fold(str(row.values.get("name", ""))), [])
        if isinstance(parent, Standing):
            same = [one for one in same if one.parent is not None and one.parent.pk == parent.unit.pk]
        elif isinstance(parent, str):
            same = []
        if len(same) > 1:
            return Trouble(
                "name", _("Several units are called so; name the parent unit, or bring the record id along.")
            )
        return same[0] if same else None

    def _troubles_of_new(self, row: Brought, parent: Standing | str | None) -> list[Trouble]:
        since = row.values.get("since") or self.by.on
        above = parent if isinstance(parent, Standing) else None
        if parent is None and self.by.unit is not None:
            above = self._load().get(self.by.unit.pk)
        if above is None or since >= above.version.valid_from:
            return []
        try:
            version_on(above.unit, since)
        except ValidationError as error:
            return [Trouble("since", " ".join(error.messages))]
        return []

    def _troubles_of_change(self, row: Brought, found: Standing, wanted: Mapping[str, Any]) -> list[Trouble]:
        values = found.values
        if all(values.get(name) == wanted[name] for name in (*FACTS, "parent") if name in wanted):
            return []
        began = found.version.valid_from
        if day_of(row.values.get("since"), began, self.by.on) <= began:
            words = _("What stands began on %s; a change needs a later day in “In force on”.")
            return [Trouble("since", words % shown(began))]
        return []

    def _out_of_reach(self, unit: Unit) -> list[Trouble]:
        try:
            require_reach(self.by, unit)
        except Forbidden as error:
            return [Trouble("", str(error))]
        return []


def _told_apart(unit: Unit, other: Unit) -> str:
    """The name of a unit, with its id where another bears the same."""
    return unit.name if unit.name != other.name else f"{unit.name} ({unit.public_id})"
