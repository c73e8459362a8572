"""By when a person's request must be answered and done: dated rules of law, counted from the day it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from nhipcau.reckoning.working_days import next_working_day, working_days_after
from nhipcau.records.foundation.models import PersonRequest
from nhipcau.records.foundation.rules import Rule, rule

#: First answer; stopping, correcting, erasing; the one extension.
ANSWER, DONE, EXTENSION = "PD-01", "PD-02", "PD-04"


@dataclass(frozen=True, slots=True)
class Clock:
    """One time limit: its last day, the rule that says so, and the day on which it was met."""

    due: date
    rule: Rule
    met_on: date | None

    def is_late(self, on: date) -> bool:
        """Whether it was met too late, or is not met and the day has passed."""
        return (self.met_on or on) > self.due

    def days_left(self, on: date) -> int:
        """Calendar days until its last day; negative where that has passed."""
        return (self.due - on).days


def clocks(request: PersonRequest) -> list[Clock]:
    """The time limits of a request under the rules of the day on which it came."""
    begun = request.received_on
    found = []
    if first := rule(ANSWER, on=begun):
        found.append(Clock(_after(begun, first), first, request.answered_on))
    if last := rule(DONE, on=begun):
        due = _after(begun, last)
        if request.extended_on and (more := rule(EXTENSION, on=begun)):
            due = _after(due, more)
        found.append(Clock(due, last, request.done_on))
    return found


def _after(begun: date, limit: Rule) -> date:
    """The last day: working days are counted one by one, calendar days end on a working day."""
    count = limit.number or 0
    if limit.day_kind == "working":
        return working_days_after(begun, count)
    return next_working_day(begun + timedelta(days=count))
