"""Runs inside a Python that has ``trytond`` and ``trytond_party``: makes the tree, then answers questions.

Needs nothing of the project. A database in a file (SQLite): what Tryton takes when it is told nothing.
"""

from __future__ import annotations

import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

#: More at once, and Tryton recurses deeper than Python lets it when it looks at what was made.
STEP = 200
CHOICES = 12


def main(rows: Path) -> None:
    """Make the tree from the rows (id, name, parent), then answer each line with its seconds."""
    os.environ["DB_NAME"] = "bench"
    config, pool, tests = (
        import_module(f"trytond.{name}") for name in ("config", "pool", "tests.test_tryton")
    )
    config.set("database", "uri", "sqlite://")
    config.set("database", "path", str(Path.cwd()))
    tests.activate_module("party", "en")

    def run() -> None:
        category = pool.Pool().get("party.category")
        places = _fill(category, json.loads(rows.read_text("utf-8")))
        print("ready", flush=True)
        for line in sys.stdin:
            what, about = line.split()
            begun = time.perf_counter()
            (_subtree(category, places[int(about)]) if what == "subtree" else _picker(category, about))
            print(time.perf_counter() - begun, flush=True)

    tests.with_transaction()(run)()


def _fill(category: Any, rows: list[tuple[int, str, int | None]]) -> dict[int, int]:
    """Level by level, because a parent must be there; our ids with Tryton's."""
    places: dict[int, int] = {}
    waiting = rows
    while waiting:
        ready = [row for row in waiting if row[2] is None or row[2] in places]
        for begin in range(0, len(ready), STEP):
            some = ready[begin : begin + STEP]
            made = category.create(
                [{"name": f"{name} [{unit}]", "parent": places.get(up or 0)} for unit, name, up in some]
            )
            places |= {row[0]: one.id for row, one in zip(some, made, strict=True)}
        waiting = [row for row in waiting if row[0] not in places]
    return places


def _subtree(category: Any, top: int) -> None:
    for one in category.search([("parent", "child_of", [top])], order=[("name", "ASC")]):
        _ = one.name


def _picker(category: Any, typed: str) -> None:
    for one in category.search([("name", "ilike", f"%{typed}%")], order=[("name", "ASC")], limit=CHOICES):
        _ = (one.name, one.parent.name if one.parent else "")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
