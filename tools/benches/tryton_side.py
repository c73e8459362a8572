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

CHOICES = 12


def main(rows: Path) -> None:
    """Make the tree from the rows (id, name, parent), then answer each line with its seconds."""
    os.environ["DB_NAME"] = "bench"
    config, pool, tests, transaction = (
        import_module(f"trytond.{name}") for name in ("config", "pool", "tests.test_tryton", "transaction")
    )
    config.set("database", "uri", "sqlite://")
    config.set("database", "path", str(Path.cwd()))
    tests.activate_module("party", "en")

    def run() -> None:
        category = pool.Pool().get("party.category")
        _fill(transaction.Transaction, json.loads(rows.read_text("utf-8")))
        print("ready", flush=True)
        for line in sys.stdin:
            what, about = line.split()
            begun = time.perf_counter()
            (_subtree(category, int(about)) if what == "subtree" else _picker(category, about))
            print(time.perf_counter() - begun, flush=True)

    tests.with_transaction()(run)()


def _fill(transaction: Any, rows: list[tuple[int, str, int | None]]) -> None:
    """Straight into its table: through its models, twenty thousand take minutes."""
    transaction().connection.cursor().executemany(
        "INSERT INTO party_category (id, name, parent, active) VALUES (?, ?, ?, 1)",
        [(unit, f"{name} [{unit}]", above) for unit, name, above in rows],
    )


def _subtree(category: Any, top: int) -> None:
    for one in category.search([("parent", "child_of", [top])], order=[("name", "ASC")]):
        _ = one.name


def _picker(category: Any, typed: str) -> None:
    for one in category.search([("name", "ilike", f"%{typed}%")], order=[("name", "ASC")], limit=CHOICES):
        _ = (one.name, one.parent.name if one.parent else "")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
