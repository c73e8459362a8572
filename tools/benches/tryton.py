"""Tryton's tree on the same units: `party.category` of its own module, in a process and a Python of its own.

Its rows are the units of today, each with its one parent of today: no days, no older names, no rights.
The other process stands in ``tryton_side.py``; it is asked by lines and answers with the seconds it took.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils import timezone

from nhipcau.records.foundation.models import ADMINISTRATIVE, Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.organisations.models import ParentLink, UnitVersion

SIDE = Path(__file__).with_name("tryton_side.py")


class Tryton:
    """The other process; each question is answered with its seconds."""

    def __init__(self, process: subprocess.Popen[str], province: Unit) -> None:
        self.process = process
        self.province = province

    def subtree(self) -> float:
        """All below the province, their names read."""
        return self._asked(f"subtree {self.province.pk}")

    def picker(self) -> float:
        """Twelve whose names hold what is typed."""
        return self._asked("picker phu")

    def _asked(self, words: str) -> float:
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("Tryton's process has no pipes.")
        self.process.stdin.write(f"{words}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


@contextmanager
def running(python: str, province: Unit) -> Iterator[Tryton]:
    """Tryton, with today's units in a database of its own, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="nhipcau-tryton-") as folder:
        rows = Path(folder) / "units.json"
        rows.write_text(json.dumps(_rows()), "utf-8")
        with subprocess.Popen(
            [python, str(SIDE), str(rows)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=folder,
        ) as process:
            try:
                if process.stdout is None or process.stdout.readline().strip() != "ready":
                    raise RuntimeError("Tryton did not begin; what it said stands above.")
                yield Tryton(process, province)
            finally:
                process.kill()


def _rows() -> list[tuple[int, str, int | None]]:
    today = in_force(timezone.localdate())
    links = ParentLink.objects.filter(today, hierarchy=ADMINISTRATIVE).values_list("unit_id", "parent_id")
    above = dict(links)
    names = UnitVersion.objects.filter(today).values_list("unit_id", "name").order_by("unit_id")
    living = {unit for unit, _name in names}
    return [(unit, name, above[unit] if above.get(unit) in living else None) for unit, name in names]
