"""What ``scope`` gives after any history of the tree is what a slow, obvious model gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from nhipcau.records.documents.models import Document
from nhipcau.records.documents.policies import DOCUMENTS
from nhipcau.records.foundation import services as foundation
from nhipcau.records.foundation.actors import Actor, NoGrantError, act, system
from nhipcau.records.foundation.models import Account, Grant, Job, Office, Unit, UnitRole
from nhipcau.records.foundation.policies import ACCOUNTS, GRANTS, JOBS, UNITS
from nhipcau.records.foundation.references import refer
from nhipcau.records.organisations import services as organisations

#: A history begins before, and mostly ends after, the day from which roles in records are seen from above.
START, SEEN_FROM_ABOVE = date(2025, 7, 1), date(2026, 1, 1)
ROLES = ("clerk", "auditor", "administrator")
Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["found", "move", "merge", "open", "close_office", "grant", "promise", "end"]),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    min_size=4,
    max_size=12,
)
#: Units let into documents: whose document, which unit, as what, days after the start, for how many days.
Share = tuple[int, int, str, int, int]
SHARES = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.integers(0, 9),
        st.sampled_from([UnitRole.Role.COORDINATION, UnitRole.Role.PARTICIPANT]),
        st.integers(0, 400),
        st.integers(0, 300),
    ),
    max_size=8,
)


@dataclass
class Model:
    """The history in plain lists: each place as (unit, parent, from, to), each office and grant with days."""

    units: list[int] = field(default_factory=list)
    lives: dict[int, list[Any]] = field(default_factory=dict)
    places: list[list[Any]] = field(default_factory=list)
    offices: list[list[Any]] = field(default_factory=list)
    grants: list[list[Any]] = field(default_factory=list)
    shares: list[list[Any]] = field(default_factory=list)

    def parent(self, unit: int, day: date) -> int | None:
        """The unit directly above on a day."""
        return next(
            (p for u, p, since, until in self.places if u == unit and _holds(day, since, until)), None
        )

    def upwards(self, unit: int, day: date) -> list[int]:
        """The unit, and step by step all above it on a day; who does not live then stands nowhere."""
        if not _holds(day, *self.lives[unit]):
            return []
        line = [unit]
        while (above := self.parent(line[-1], day)) is not None:
            assert above not in line, f"a circle: {line}, {above}"
            line.append(above)
        return line

    def office(self, unit: int, day: date) -> int | None:
        """The nearest office at or above the unit on a day."""
        open_ones = {u for u, since, until in self.offices if _holds(day, since, until)}
        return next((one for one in self.upwards(unit, day) if one in open_ones), None)

    def left(self, unit: int, day: date) -> set[int]:
        """The offices closed by a day that were the unit's office on their last day."""
        closed = {(u, until) for u, _since, until in self.offices if until is not None and until <= day}
        return {u for u, until in closed if self.office(unit, until - timedelta(days=1)) == u}

    def roles(self, account: int, unit: int, day: date) -> set[str]:
        """What an account may be in a unit on a day."""
        return {
            r
            for a, r, u, since, until in self.grants
            if (a, u) == (account, unit) and _holds(day, since, until)
        }

    def reach(self, unit: int, day: date) -> set[int]:
        """The units at or below a unit on a day."""
        return {one for one in self.units if unit in self.upwards(one, day)}

    def lent(self, unit: int, day: date) -> set[int]:
        """The offices whose document is read in a unit, because a unit has a role in it on a day."""
        own, below = {unit, self.office(unit, day)}, self.reach(unit, day)
        return {
            keeper
            for keeper, other, role, since, until in self.shares
            if _holds(day, since, until)
            if other in own
            or (other in below and role != UnitRole.Role.COORDINATION and day >= SEEN_FROM_ABOVE)
        }

    def end_place(self, unit: int, day: date) -> None:
        """The unit's place ends on a day."""
        for place in self.places:
            if place[0] == unit and place[3] is None:
                place[3] = day


def _holds(day: date, since: date, until: date | None) -> bool:
    return since <= day and (until is None or day < until)


class House:
    """Real units, people and offices, and beside them the model, led through the same steps."""

    def __init__(self) -> None:
        self.model = Model()
        self.units: dict[int, Unit] = {}
        self.accounts: dict[int, Account] = {}
        self.day = START
        self.alive: list[int] = []
        for step in (("found", 0, 0), ("found", 0, 0), ("open", 0, 0), ("open", 1, 0), ("grant", 0, 0)):
            self.go(step)

    def go(self, step: Step) -> None:
        """One step, a month after the last; what the house refuses has not happened."""
        verb, one, other = step
        self.day += timedelta(days=30)
        if not self.alive and verb != "found":
            return
        try:
            with transaction.atomic():
                getattr(self, f"_{verb}")(one, other)
        except ValidationError:
            return

    @property
    def by(self) -> Actor:
        """The product itself, on the day of the step."""
        return system(door="system", on=self.day)

    def _unit(self, place: int) -> Unit:
        return self.units[self.alive[place % len(self.alive)]]

    def _found(self, one: int, other: int) -> None:
        parent = self._unit(other) if self.alive and one % 5 else None
        unit = organisations.found_unit(
            by=self.by, name=f"Đơn vị {len(self.units)}", level="province", founded_on=self.day, parent=parent
        )
        self.units[unit.pk] = unit
        self.alive.append(unit.pk)
        self.model.units.append(unit.pk)
        self.model.lives[unit.pk] = [self.day, None]
        if parent is not None:
            self.model.places.append([unit.pk, parent.pk, self.day, None])

    def _move(self, one: int, other: int) -> None:
        unit, parent = self._unit(one), self._unit(other) if other else None
        organisations.move_unit(by=self.by, unit=unit, parent=parent, on=self.day)
        self.model.end_place(unit.pk, self.day)
        if parent is not None:
            self.model.places.append([unit.pk, parent.pk, self.day, None])

    def _merge(self, one: int, other: int) -> None:
        goes, stays = self._unit(one), self._unit(other)
        organisations.merge_units(by=self.by, units=[goes], into=stays, on=self.day)
        above = self.model.parent(goes.pk, self.day)
        for child in [u for u, p, _s, until in self.model.places if p == goes.pk and until is None]:
            self.model.end_place(child, self.day)
            # Who takes over from the one above takes its place.
            parent = above if child == stays.pk else stays.pk
            if parent is not None:
                self.model.places.append([child, parent, self.day, None])
        self.model.end_place(goes.pk, self.day)
        self.alive.remove(goes.pk)
        self.model.lives[goes.pk][1] = self.day
        for office in self.model.offices:
            if office[0] == goes.pk and office[2] is None:
                office[2] = self.day

    def _open(self, one: int, _other: int) -> None:
        unit = self._unit(one)
        if all(office[0] != unit.pk for office in self.model.offices):
            organisations.open_office(by=self.by, unit=unit, opened_on=self.day)
            self.model.offices.append([unit.pk, self.day, None])

    def _close_office(self, one: int, _other: int) -> None:
        unit = self._unit(one)
        for office in self.model.offices:
            if office[0] == unit.pk and office[2] is None:
                row = Office.objects.get(unit=unit)
                organisations.close_office(by=self.by, office=row, on=self.day)
                office[2] = self.day

    def _grant(self, one: int, other: int) -> None:
        account = self._account(one % 4)
        role, unit = ROLES[other % len(ROLES)], self._unit(other)
        foundation.give_grant(by=self.by, account=account, role=role, unit=unit, valid_from=self.day)
        self.model.grants.append([account.pk, role, unit.pk, self.day, None])

    def _promise(self, one: int, other: int) -> None:
        """A role for some weeks from a later day on."""
        account, unit = self._account(one % 4), self._unit(one)
        since = self.day + timedelta(days=20 * other)
        until = since + timedelta(days=45)
        foundation.give_grant(
            by=self.by, account=account, role="auditor", unit=unit, valid_from=since, valid_to=until
        )
        self.model.grants.append([account.pk, "auditor", unit.pk, since, until])

    def _end(self, one: int, _other: int) -> None:
        left = [grant for grant in self.model.grants if grant[4] is None]
        if left:
            told = left[one % len(left)]
            row = Grant.objects.get(account=told[0], role=told[1], unit=told[2], valid_from=told[3])
            foundation.end_grant(by=self.by, grant=row, valid_to=self.day)
            told[4] = self.day

    def _account(self, place: int) -> Account:
        if place not in self.accounts:
            row = Account(username=f"nguoi-{place}", display_name="x")
            row.set_unusable_password()
            row.save()
            self.accounts[place] = row
        return self.accounts[place]


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # to shrink a history would take minutes
)
# What draws hit too seldom: who stands above one that was let in, and above one that works.
@example(steps=[("found", 1, 0)] * 3, shares=[(1, 2, UnitRole.Role.COORDINATION, 200, 300)], back=1)
@example(steps=[("found", 1, 0)] * 3, shares=[(1, 2, UnitRole.Role.PARTICIPANT, 200, 300)], back=60)
@given(steps=STEPS, shares=SHARES, back=st.integers(0, 400))
def test_scope_is_what_the_model_says_on_any_day(steps: list[Step], shares: list[Share], back: int) -> None:
    """Documents and jobs by the nearest office, units for all, accounts and grants by the tree below.

    Documents also by the roles of units in them, for who is let in and for who stands above who works.
    """
    with transaction.atomic():
        house = House()
        for step in steps:
            house.go(step)
        _fill(house)
        _share(house, shares)
        for day in (house.day, house.day - timedelta(days=back)):
            for account, unit in _pairs(house):
                _compare(house.model, account, unit, day)
        transaction.set_rollback(True)


def _pairs(house: House) -> list[tuple[Account, Unit]]:
    """Everybody in each unit in which he ever held a role, and everybody in one more."""
    people = {account.pk: account for account in house.accounts.values()}
    held = {(account, unit) for account, _role, unit, _since, _until in house.model.grants}
    held |= {(account, house.model.units[0]) for account in people}
    return [(people[account], house.units[unit]) for account, unit in sorted(held)]


def _fill(house: House) -> None:
    """One document and one job for each office there ever was."""
    account = house._account(0)
    for office in Office.objects.filter(unit__in=house.model.units):
        Document.objects.create(office=office, state="known", number="1/TB", date=START, placed_on=START)
        Job.objects.create(office=office, kind="x", title="x", created_by=account, role="", unit=office.unit)


def _share(house: House, shares: list[Share]) -> None:
    """Let units into documents of other offices, for a time."""
    documents = list(Document.objects.filter(office__unit__in=house.model.units).order_by("id"))
    for place, other, role, days, length in shares:
        row = documents[place % len(documents)]
        unit = house.units[house.model.units[other % len(house.model.units)]]
        since = START + timedelta(days=days)
        until = since + timedelta(days=length)
        taken = UnitRole(
            record=refer(row), office=row.office, unit=unit, role=role, valid_from=since, valid_to=until
        )
        try:
            with transaction.atomic():
                taken.full_clean()
                taken.save()
        except ValidationError:
            continue
        house.model.shares.append([row.office.unit_id, unit.pk, role, since, until])


def _compare(model: Model, account: Account, unit: Unit, day: date) -> None:
    """The rows that the policies give to somebody in a unit on a day, and those of the model."""
    roles = model.roles(account.pk, unit.pk, day)
    try:
        actor = act(account, door="web", on=day, unit=unit)
    except NoGrantError:
        assert not roles
        return
    office, reach = model.office(unit.pk, day), model.reach(unit.pk, day)
    own, left = {office} - {None}, model.left(unit.pk, day)
    granted = reach if roles & {"auditor", "administrator"} else set()

    assert set(actor.roles) == roles
    lent = model.lent(unit.pk, day) if own else set()
    reads = roles & {"clerk", "auditor"}
    assert set(DOCUMENTS.scope(actor).values_list("office__unit", flat=True)) == (
        own | left | lent if reads else set()
    )
    assert set(DOCUMENTS.kept(actor).values_list("office__unit", flat=True)) == (own if reads else set())
    assert set(JOBS.scope(actor).values_list("office__unit", flat=True)) == own | left
    assert set(JOBS.kept(actor).values_list("office__unit", flat=True)) == own
    assert set(UNITS.scope(actor).values_list("pk", flat=True)) >= set(model.units)
    wanted = [(a, r, u) for a, r, u, _since, _until in model.grants if u in granted]
    assert sorted(GRANTS.scope(actor).values_list("account", "role", "unit")) == sorted(wanted)
    assert set(ACCOUNTS.scope(actor).values_list("pk", flat=True)) == {a for a, _r, _u in wanted}
