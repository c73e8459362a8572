"""What a moment of the database had seen: PostgreSQL's own snapshots, as text ``xmin:xmax:running,running``.

A transaction belongs to the first seal whose snapshot saw it ended. So one that began early and committed
late falls into a later seal, and none is missed or counted twice, whatever any clock says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORM = re.compile(r"(\d+):(\d+):((?:\d+(?:,\d+)*)?)")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All transactions below ``below`` had ended, none from ``until`` on had; ``running`` lie between."""

    below: int
    until: int
    running: frozenset[int] = frozenset()

    def saw(self, transaction: int) -> bool:
        """Whether the transaction had ended when the snapshot was taken."""
        return transaction < self.below or (transaction < self.until and transaction not in self.running)

    def __str__(self) -> str:
        return f"{self.below}:{self.until}:{','.join(map(str, sorted(self.running)))}"


NOTHING = Snapshot(0, 0)


def parse(text: str) -> Snapshot:
    """Read PostgreSQL's spelling; ``ValueError`` for anything else."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError("this is no snapshot")
    running = frozenset(int(number) for number in match[3].split(",") if number)
    return Snapshot(int(match[1]), int(match[2]), running)


def all_below(transaction: int) -> Snapshot:
    """The snapshot of a database that was left for good: everything below had ended."""
    return Snapshot(transaction, transaction)
