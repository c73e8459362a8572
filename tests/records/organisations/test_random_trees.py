"""Random acts on random trees: the ancestor table says of every day what a slow, obvious model says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from nhipcau.records.foundation.models import Ancestor, Unit
from nhipcau.records.organisations import services
from nhipcau.records.organisations.selectors import path, subtree
from tests.records.organisations.building import us
from tests.records.organisations.slow_model import DAYS, SlowTree

BASE = date(2020, 1, 1)
ACTS = ("move", "move", "move", "move", "merge", "merge", "merge", "close", "found", "undo")

Act = tuple[str, int, int, int]
acts = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 40), st.integers(1, DAYS - 1), st.integers(-3, 40)),
    min_size=10,
    max_size=18,
)
#: For each of the first six units: the day on which it begins, and below which earlier one.
trees = st.lists(st.tuples(st.sampled_from([0, 0, 0, 1, 3]), st.integers(-1, 5)), min_size=4, max_size=6)


def day_of(number: int) -> date:
    """The date of a day of the model."""
    return BASE + timedelta(days=number * 100)


class Play:
    """The same acts on the services and on the model."""

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self.model = SlowTree()
        self.before: list[tuple[SlowTree, Unit]] = []

    def found(self, day: int, parent: int) -> None:
        above = self.units[parent] if 0 <= parent < len(self.units) else None
        number = len(self.units)
        if above is not None and parent not in self.model.alive[day]:
            return
        made = services.found_unit(
            by=us(), name=f"Đơn vị {number}", level="commune", founded_on=day_of(day), parent=above
        )
        self._keep(made)
        self.units.append(made)
        self.model.found(number, day, parent if above else None)

    def act(self, kind: str, one: int, day: int, other: int) -> None:
        if kind == "found":
            self.found(day, other)
        elif kind == "undo":
            self._undo()
        else:
            count = len(self.units)
            getattr(self, f"_{kind}")(one % count, day, other % count if other >= 0 else -1)

    def _move(self, one: int, day: int, other: int) -> None:
        parent = other if other >= 0 else None
        may = self.model.may_move(one, day, parent)
        above = self.units[other] if other >= 0 else None
        if self._done(
            may,
            lambda: services.move_unit(by=us(), unit=self.units[one], parent=above, on=day_of(day)),
            self.units[one],
        ):
            self.model.move(one, day, parent)

    def _close(self, one: int, day: int, _other: int) -> None:
        may = self.model.may_close(one, day)
        if self._done(
            may,
            lambda: services.close_unit(by=us(), unit=self.units[one], closed_on=day_of(day)),
            self.units[one],
        ):
            self.model.close(one, day)

    def _merge(self, one: int, day: int, other: int) -> None:
        if other < 0:
            return
        may = self.model.may_merge(one, day, other)
        if self._done(
            may,
            lambda: services.merge_units(
                by=us(), units=[self.units[one]], into=self.units[other], on=day_of(day)
            ),
            self.units[other],
        ):
            self.model.merge(one, day, other)

    def _undo(self) -> None:
        if len(self.before) > 0:
            self.model, chief = self.before.pop()
            services.undo_last(by=us(), unit=chief)

    def _keep(self, chief: Unit) -> None:
        self.before.append((self.model.copy(), chief))

    def _done(self, may: bool, call: object, chief: Unit) -> bool:
        """Whether the service did it; it must do what the model allows, and refuse what it does not."""
        assert callable(call)
        try:
            with transaction.atomic():
                call()
        except ValidationError as error:
            refused = error.messages
        else:
            refused = []
        assert bool(refused) != may, refused
        if refused:
            return False
        self._keep(chief)
        return True

    def check(self) -> None:
        """Every row of the table, on every day, and no period cut in two."""
        numbers = {unit.pk: number for number, unit in enumerate(self.units)}
        rows = list(Ancestor.objects.filter(unit__in=numbers))
        for day in range(DAYS):
            on = day_of(day)
            told = {
                (numbers[row.unit_id], numbers[row.ancestor_id], row.depth)
                for row in rows
                if row.valid_from <= on and (row.valid_to is None or on < row.valid_to)
            }
            assert told == self.model.lines(day), day
        ends = {(row.unit_id, row.ancestor_id, row.depth, row.valid_to) for row in rows}
        assert not [row for row in rows if (row.unit_id, row.ancestor_id, row.depth, row.valid_from) in ends]

    def check_selectors(self, day: int) -> None:
        """The doors to the table say the same."""
        lines = self.model.lines(day)
        for number, unit in enumerate(self.units):
            above = sorted((-depth, up) for one, up, depth in lines if one == number)
            assert path(by=us(), unit=unit, on=day_of(day)) == [self.units[up] for _depth, up in above]
            below = {self.units[one] for one, up, _depth in lines if up == number}
            assert set(subtree(by=us(), unit=unit, on=day_of(day))) == below


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=trees, todo=acts)
def test_the_table_says_what_a_slow_model_says(
    db: None, tree: list[tuple[int, int]], todo: list[Act]
) -> None:
    with transaction.atomic():
        play = Play()
        for day, parent in tree:
            play.found(day, parent if parent < len(play.units) else -1)
        for act in todo:
            note(str(act))
            play.act(*act)
            play.check()
        play.check_selectors(DAYS // 2)
        transaction.set_rollback(True)
