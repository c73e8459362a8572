"""Units of one day in the boundaries of another: small cases by hand, and laws that hold for all of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from hypothesis import given
from hypothesis import strategies as st

from nhipcau.reckoning.boundaries import Boundaries, Extent, Period, Step

START, MIDDLE, REFORM, END = (date(year, 7, 1) for year in (2020, 2023, 2025, 2026))
BEFORE, AFTER = (START, REFORM), (REFORM, None)


def step(
    key: int,
    one: int,
    other: int,
    day: date = REFORM,
    extent: Extent = "whole",
    share: str | None = None,
) -> Step:
    return Step(key, one, other, day, extent, Decimal(share) if share else None)


def across(
    steps: list[Step], lives: dict[int, list[Period]], units: set[int], start: date, end: date
) -> dict[int, str]:
    done = Boundaries(steps, lives).translate(units, start, end)
    return {landing.unit: landing.within for landing in done.landings}


class TestMerger:
    """1 and 2 become 3."""

    steps: ClassVar[list[Step]] = [step(1, 1, 3), step(2, 2, 3)]
    lives: ClassVar[dict[int, list[Period]]] = {1: [BEFORE], 2: [BEFORE], 3: [AFTER]}

    def test_one_of_two_is_a_part_of_the_new(self) -> None:
        assert across(self.steps, self.lives, {1}, START, END) == {3: "part"}

    def test_both_are_the_whole(self) -> None:
        assert across(self.steps, self.lives, {1, 2}, START, END) == {3: "whole"}

    def test_the_new_is_the_whole_of_both(self) -> None:
        assert across(self.steps, self.lives, {3}, END, START) == {1: "whole", 2: "whole"}

    def test_nothing_changes_between_days_without_an_act(self) -> None:
        assert across(self.steps, self.lives, {1}, START, MIDDLE) == {1: "whole"}
        assert across(self.steps, self.lives, {3}, END, REFORM) == {3: "whole"}

    def test_the_first_day_of_the_new_is_the_day_of_the_act(self) -> None:
        assert across(self.steps, self.lives, {1, 2}, START, REFORM) == {3: "whole"}

    def test_what_did_not_exist_is_told(self) -> None:
        done = Boundaries(self.steps, self.lives).translate({1, 3}, END, START)
        assert done.absent == (1,)

    def test_a_piece_names_the_steps_that_led_there(self) -> None:
        done = Boundaries(self.steps, self.lives).translate({1, 2}, START, END)
        pieces = {piece.older: (piece.extent, piece.share, piece.paths) for piece in done.landings[0].pieces}
        assert pieces == {1: ("whole", Decimal(1), ((1,),)), 2: ("whole", Decimal(1), ((2,),))}


class TestDivision:
    """1 is divided among 2 and 3; half to each, or nobody knows."""

    lives: ClassVar[dict[int, list[Period]]] = {1: [BEFORE], 2: [AFTER], 3: [AFTER]}

    def test_each_share_is_told(self) -> None:
        steps = [step(1, 1, 2, extent="part", share="0.25"), step(2, 1, 3, extent="part", share="0.75")]
        done = Boundaries(steps, self.lives).translate({1}, START, END)
        assert [(one.unit, one.within, one.pieces[0].share) for one in done.landings] == [
            (2, "whole", Decimal("0.25")),
            (3, "whole", Decimal("0.75")),
        ]

    def test_an_unknown_share_stays_unknown(self) -> None:
        steps = [step(1, 1, 2, extent="part"), step(2, 1, 3, extent="uncertain")]
        done = Boundaries(steps, self.lives).translate({1}, START, END)
        assert [one.pieces[0].share for one in done.landings] == [None, None]
        assert [one.pieces[0].extent for one in done.landings] == ["part", "uncertain"]

    def test_one_successor_is_a_part_of_the_old(self) -> None:
        steps = [step(1, 1, 2, extent="part"), step(2, 1, 3, extent="part")]
        assert across(steps, self.lives, {2}, END, START) == {1: "part"}
        assert across(steps, self.lives, {2, 3}, END, START) == {1: "whole"}

    def test_parts_that_meet_again_are_the_whole(self) -> None:
        lives: dict[int, list[Period]] = {
            1: [(START, MIDDLE)],
            2: [(MIDDLE, REFORM)],
            3: [(MIDDLE, REFORM)],
            4: [AFTER],
        }
        steps = [
            step(1, 1, 2, MIDDLE, "part", "0.4"),
            step(2, 1, 3, MIDDLE, "part", "0.6"),
            step(3, 2, 4),
            step(4, 3, 4),
        ]
        (landing,) = Boundaries(steps, lives).translate({1}, START, END).landings
        assert (landing.unit, landing.within) == (4, "whole")
        (piece,) = landing.pieces
        assert (piece.extent, piece.share, set(piece.paths)) == ("whole", Decimal(1), {(1, 3), (2, 4)})


class TestTransfer:
    """1 gives a part to 2; both live on."""

    lives: ClassVar[dict[int, list[Period]]] = {1: [(START, None)], 2: [(START, None)]}
    steps: ClassVar[list[Step]] = [step(1, 1, 2, extent="part", share="0.1")]

    def test_the_rest_stays_with_the_giver(self) -> None:
        assert across(self.steps, self.lives, {1}, START, END) == {1: "whole", 2: "part"}
        assert across(self.steps, self.lives, {1, 2}, START, END) == {1: "whole", 2: "whole"}

    def test_the_receiver_is_more_than_it_was(self) -> None:
        assert across(self.steps, self.lives, {2}, START, END) == {2: "part"}
        assert across(self.steps, self.lives, {2}, END, START) == {1: "part", 2: "whole"}

    def test_the_rest_has_the_rest_of_the_share(self) -> None:
        done = Boundaries(self.steps, self.lives).translate({1}, START, END)
        shares = {landing.unit: landing.pieces[0].share for landing in done.landings}
        assert shares == {1: Decimal("0.9"), 2: Decimal("0.1")}


def test_what_ends_without_a_successor_is_lost() -> None:
    done = Boundaries([], {1: [BEFORE]}).translate({1}, START, END)
    assert (done.landings, done.lost) == ((), (1,))


def test_acts_of_one_day_are_followed_where_a_unit_is_gone_by_then() -> None:
    """1 goes into 2, which on the same day goes into 3."""
    steps = [step(1, 1, 2), step(2, 2, 3)]
    lives: dict[int, list[Period]] = {1: [BEFORE], 2: [BEFORE], 3: [AFTER]}
    assert across(steps, lives, {1, 2}, START, END) == {3: "whole"}
    assert across(steps, lives, {3}, END, START) == {1: "whole", 2: "whole"}


def test_a_circle_of_steps_ends() -> None:
    steps = [step(1, 1, 2), step(2, 2, 1)]
    done = Boundaries(steps, {1: [BEFORE], 2: [BEFORE]}).translate({1}, START, END)
    assert done.lost == (1,)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Step], dict[int, list[Period]]]:
    """Units that each pass, by the year, wholly or in parts to new ones."""
    lives: dict[int, list[Period]] = {unit: [(START, None)] for unit in range(4)}
    steps: list[Step] = []
    for year in draw(st.lists(st.integers(2021, 2025), unique=True, max_size=3)):
        day = date(year, 1, 1)
        alive = [unit for unit, periods in lives.items() if periods[-1][1] is None and periods[-1][0] < day]
        going = draw(st.lists(st.sampled_from(alive), unique=True, max_size=3)) if alive else []
        fresh = [len(lives) + number for number in range(draw(st.integers(1, 2)))]
        for unit in going:
            lives[unit] = [(lives[unit][0][0], day)]
            extent: Extent = "whole" if len(fresh) == 1 else "part"
            steps += [step(len(steps) * 10 + to, unit, to, day, extent) for to in fresh]
        if going:
            lives |= {to: [(day, None)] for to in fresh}
    return steps, lives


@given(histories(), st.data())
def test_all_units_of_a_day_are_all_units_of_another(
    history: tuple[list[Step], dict[int, list[Period]]], data: st.DataObject
) -> None:
    """Nothing is lost and nothing comes from nowhere; forwards and backwards tell the same pieces."""
    steps, lives = history
    bounds = Boundaries(steps, lives)
    start, end = START, END
    first = {unit for unit in lives if bounds.alive(unit, start)}
    last = {unit for unit in lives if bounds.alive(unit, end)}
    assert across(steps, lives, first, start, end) == dict.fromkeys(last, "whole")
    assert across(steps, lives, last, end, start) == dict.fromkeys(first, "whole")
    some = data.draw(st.sets(st.sampled_from(sorted(first)), min_size=1))
    there = bounds.translate(some, start, end)
    back = bounds.translate({landing.unit for landing in there.landings}, end, start)
    assert some <= {landing.unit for landing in back.landings if landing.within == "whole"}
    pieces = {piece for landing in there.landings for piece in landing.pieces}
    assert pieces <= {piece for landing in back.landings for piece in landing.pieces}


class TestBelow:
    """A unit that ended with no successor goes where those went that made up its territory."""

    steps: ClassVar[list[Step]] = [step(1, 2, 4), step(2, 3, 4)]
    lives: ClassVar[dict[int, list[Period]]] = {1: [BEFORE], 2: [BEFORE], 3: [BEFORE], 4: [AFTER]}

    def test_without_them_it_is_lost(self) -> None:
        assert Boundaries(self.steps, self.lives).translate({1}, START, END).lost == (1,)

    def test_with_them_it_is_where_they_are_and_they_are_no_strangers_there(self) -> None:
        done = Boundaries(self.steps, self.lives, {1: (2, 3)}).translate({1}, START, END)
        (landing,) = done.landings
        assert (landing.unit, landing.within, landing.pieces[0].extent) == (4, "whole", "whole")
        assert done.lost == ()

    def test_who_came_along_from_elsewhere_is_a_stranger(self) -> None:
        steps = [*self.steps, step(3, 5, 4)]
        lives: dict[int, list[Period]] = {**self.lives, 5: [BEFORE]}
        (landing,) = Boundaries(steps, lives, {1: (2, 3)}).translate({1}, START, END).landings
        assert landing.within == "part"
