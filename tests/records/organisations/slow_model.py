"""The tree as a child would keep it: for every day, who is there and who stands below whom."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

DAYS = 8

#: Below whom a unit stands on a day, and which stretch of days that belongs to.
Place = tuple[int, int]


@dataclass
class SlowTree:
    """``alive[d]`` and ``above[d]`` for each day; ``stretch`` numbers what was entered as one place."""

    alive: list[set[int]] = field(default_factory=lambda: [set() for _day in range(DAYS)])
    above: list[dict[int, Place]] = field(default_factory=lambda: [{} for _day in range(DAYS)])
    stretch: int = 0

    def copy(self) -> SlowTree:
        """The tree as it is now, to come back to."""
        return deepcopy(self)

    def found(self, unit: int, day: int, parent: int | None) -> None:
        """It lives from the day on, below the parent for as long as that lives."""
        self.stretch += 1
        for each in range(day, DAYS):
            self.alive[each].add(unit)
        if parent is not None:
            self._place(unit, day, parent, [*range(day, DAYS)])

    def may_move(self, unit: int, day: int, parent: int | None) -> bool:
        """Whether a service should let it move."""
        if unit not in self.alive[day]:
            return False
        old = self.above[day].get(unit)
        if (old[0] if old else None) == parent:
            return False
        began_today = old and (day == 0 or self.above[day - 1].get(unit, (None, None))[1] == old[1])
        if old and day > 0 and not began_today:
            return False
        if old and day == 0:
            return False
        if parent is not None and (parent == unit or parent not in self.alive[day]):
            return False
        after = self.copy()
        after.move(unit, day, parent)
        return not any(after.in_circle(unit, each) for each in range(DAYS))

    def move(self, unit: int, day: int, parent: int | None) -> None:
        """It stands below the parent until its place changes next."""
        old = self.above[day].get(unit)
        days = []
        for each in range(day, DAYS):
            if self.above[each].get(unit, (0, None))[1] != (old[1] if old else None):
                break
            days.append(each)
        self.stretch += 1
        for each in days:
            self.above[each].pop(unit, None)
        if parent is not None:
            self._place(unit, day, parent, days)

    def may_close(self, unit: int, day: int, spare: tuple[int, ...] = ()) -> bool:
        """It began before, nothing stands below it from then on, and its place does not change later."""
        if day == 0 or unit not in self.alive[day - 1] or unit not in self.alive[day]:
            return False
        if any(unit not in self.alive[each] for each in range(day, DAYS)):
            return False
        below = {
            child
            for each in range(day, DAYS)
            for child, (parent, _stretch) in self.above[each].items()
            if parent == unit and child not in spare
        }
        return not below and not self._begins_later(unit, day)

    def close(self, unit: int, day: int) -> None:
        """It is there no longer."""
        for each in range(day, DAYS):
            self.alive[each].discard(unit)
            self.above[each].pop(unit, None)

    def may_merge(self, unit: int, day: int, into: int) -> bool:
        """Both began before the day, and no child of the merged one takes its place later."""
        if unit == into or day == 0 or into not in self.alive[day - 1] or into not in self.alive[day]:
            return False
        children = self.children(unit, day)
        later = {child for child in children if self.above[day - 1].get(child) != self.above[day].get(child)}
        starts = {
            child
            for each in range(day, DAYS)
            for child, (parent, _stretch) in self.above[each].items()
            if parent == unit
        }
        if later or starts != children or not self.may_close(unit, day, tuple(children)):
            return False
        after = self.copy()
        after.merge(unit, day, into)
        return not any(after.in_circle(each, d) for d in range(DAYS) for each in after.alive[d])

    def merge(self, unit: int, day: int, into: int) -> None:
        """What stood below the one stands below the other; that one, if it did, where the first stood."""
        children = self.children(unit, day)
        first = self.above[day].get(unit)
        for child in children:
            number = self.above[day][child][1]
            self.stretch += 1
            for each in range(day, DAYS):
                if self.above[each].get(child, (0, 0))[1] == number:
                    parent = (first[0] if first else None) if child == into else into
                    del self.above[each][child]
                    if parent is not None and parent in self.alive[each]:
                        self.above[each][child] = (parent, self.stretch)
        self.close(unit, day)

    def children(self, unit: int, day: int) -> set[int]:
        """Who stands directly below it."""
        return {child for child, (parent, _stretch) in self.above[day].items() if parent == unit}

    def lines(self, day: int) -> set[tuple[int, int, int]]:
        """Every unit with each of its ancestors and the number of steps between them."""
        found = set()
        for unit in self.alive[day]:
            here, depth = unit, 0
            found.add((unit, unit, 0))
            while here in self.above[day]:
                here, depth = self.above[day][here][0], depth + 1
                found.add((unit, here, depth))
        return found

    def in_circle(self, unit: int, day: int) -> bool:
        """Whether the way up from it comes back to it."""
        here = unit
        for _step in range(len(self.alive[day]) + 1):
            place = self.above[day].get(here)
            if place is None:
                return False
            here = place[0]
            if here == unit:
                return True
        return True

    def _place(self, unit: int, day: int, parent: int, days: list[int]) -> None:
        for each in days:
            if parent not in self.alive[each] or unit not in self.alive[each]:
                break
            self.above[each][unit] = (parent, self.stretch)

    def _begins_later(self, unit: int, day: int) -> bool:
        here = self.above[day].get(unit)
        before = self.above[day - 1].get(unit)
        later = any(self.above[each].get(unit) not in (here, None) for each in range(day, DAYS))
        return later or (here is not None and here != before)
