"""Pages of units, scope and picker on the rows of a whole country, in turns with Django's admin and Tryton.

Run by ``./run bench --units``. Everything happens in a folder and a server that go at the end; where
DATABASE_URL and DATABASE_OWNER_URL name an empty, migrated database, there.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from nhipcau.site import launch
from nhipcau.site.database import embedded, logins, places
from nhipcau.site.database.addresses import Addresses
from tools.benches import filling
from tools.benches.filling import Size

if TYPE_CHECKING:
    from tools.benches.cases import Case

#: Nothing waits for the disk: what is measured only reads.
QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "8GB",
    "maintenance_work_mem": "512MB",
}
ROUNDS = 21
ASKED_RATIO, ASKED_SECONDS = 0.6, 0.030


@dataclass(slots=True)
class Turns:
    """Seconds of one case, ours and theirs, turn by turn; ``theirs`` by the peer's name."""

    name: str
    ours: list[float] = field(default_factory=list)
    theirs: dict[str, list[float]] = field(default_factory=dict)

    def line(self) -> str:
        """One line of the table: medians in milliseconds, the spread of ours, the ratio to each peer."""
        median = statistics.median(self.ours)
        spread = f"{min(self.ours) / median:.0%}-{max(self.ours) / median:.0%}"
        told = [f"{self.name:44} {median * 1000:7.1f} ms ({spread:>9})"]
        for peer, seconds in self.theirs.items():
            ratios = sorted(one / other for one, other in zip(self.ours, seconds, strict=True))
            low, high = ratios[len(ratios) // 10], ratios[-1 - len(ratios) // 10]
            theirs = statistics.median(seconds)
            told.append(f"{peer} {theirs * 1000:.1f} ms: {median / theirs:.2f} of it ({low:.2f}-{high:.2f})")
        if median > ASKED_SECONDS:
            told.append("MORE THAN 30 ms")
        return "  ".join(told)


def main(size: Size, rounds: int = ROUNDS, tryton: str = "") -> None:
    """Make the rows, take the turns, print the table. ``tryton``: the Python of a place that has Tryton."""
    with _database() as (place, addresses):
        environment = launch.surroundings(place, addresses)
        launch.set_up({**environment, "DJANGO_SETTINGS_MODULE": "tools.benches.settings"})
        made = _filled(addresses, size)
        print(f"{made}; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        from tools.benches import cases

        with cases.prepared(tryton) as prepared:
            for case in prepared:
                print(taken(case, rounds).line(), flush=True)


def taken(case: Case, rounds: int) -> Turns:
    """One case: two turns that do not count, then ``rounds`` in which ours and theirs follow each other."""
    turns = Turns(case.name)
    for place in range(-2, rounds):
        seconds = {name: _seconds(work) for name, work in {"": case.ours, **case.theirs}.items()}
        if place >= 0:
            turns.ours.append(seconds.pop(""))
            for name, one in seconds.items():
                turns.theirs.setdefault(name, []).append(one)
    return turns


def _seconds(work: Callable[[], float | None]) -> float:
    """The seconds that the work took, or that it says it took (another process, its way there left out)."""
    begun = time.perf_counter()
    told = work()
    return time.perf_counter() - begun if told is None else told


@contextmanager
def _database() -> Iterator[tuple[places.Place, Addresses]]:
    """An empty, migrated database; its place goes at the end."""
    home = Path(tempfile.mkdtemp(prefix="nhipcau-bench-"))
    home.chmod(places.PASSABLE if places.is_root() else places.PRIVATE)
    place = places.Place(home)
    app, owner = (logins.from_environment(name) for name in ("DATABASE_URL", "DATABASE_OWNER_URL"))
    try:
        if app is not None:
            yield place, Addresses(app, owner, None)
            return
        with embedded.running(place, say=lambda _sentence: None, options=QUICK) as server:
            addresses = Addresses(server.app, server.owner, server.reader, server)
            launch.migrate(place, addresses)
            yield place, addresses
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _filled(addresses: Addresses, size: Size) -> str:
    """Write everything; a sentence of what there is."""
    from nhipcau.records.foundation.models import Ancestor, Office, Unit
    from nhipcau.records.organisations.models import UnitVersion
    from nhipcau.records.organisations.services import ancestry
    from nhipcau.site import first_units

    begun = time.perf_counter()
    if not size.provinces:
        first_units.load()
    if addresses.owner is None:
        raise RuntimeError("The bench fills as the owner: DATABASE_OWNER_URL.")
    with psycopg.connect(**addresses.owner.parameters, autocommit=True) as owner:
        cursor: Any = owner.cursor()
        ids = filling.units(cursor, size)
        filling.statistics(cursor)
        ancestry.rebuild(ids)
        filling.records_at_once(cursor, size)
        filling.statistics(cursor)
    counts = {
        model.__name__: model._default_manager.count() for model in (Unit, UnitVersion, Ancestor, Office)
    }
    told = ", ".join(f"{name} {count:,}" for name, count in counts.items())
    return f"{size.records:,} records; {told}; made in {time.perf_counter() - begun:.0f} s"
