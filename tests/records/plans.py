"""What the database does for a query: its plan with the rows and pages that it touched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

TABLE = "documents_document"


@dataclass(frozen=True)
class Plan:
    """The plan of a query that was run; ``steps`` are its nodes with their counts."""

    steps: tuple[dict[str, Any], ...]

    @property
    def scans(self) -> list[dict[str, Any]]:
        """The steps that read documents, through whichever index; not those that only join one by its key."""
        return [step for step in self.steps if step.get("Alias") == TABLE]

    @property
    def indexes(self) -> set[str]:
        """The names of the indexes that were entered."""
        return {step["Index Name"] for step in self.steps if "Index Name" in step}

    @property
    def kinds(self) -> set[str]:
        """The kinds of step, "Sort" or "Seq Scan"."""
        return {step["Node Type"] for step in self.steps}

    @property
    def rows_read(self) -> float:
        """Documents that were taken from the table or an index, over all loops."""
        return float(sum(step["Actual Rows"] * step["Actual Loops"] for step in self.scans))

    @property
    def rows_thrown_away(self) -> float:
        """Documents that were read and did not fit."""
        names = ("Rows Removed by Filter", "Rows Removed by Index Recheck")
        return float(sum(step.get(name, 0) * step["Actual Loops"] for step in self.scans for name in names))

    @property
    def pages(self) -> int:
        """Pages of 8 kB that were looked at, in memory or on disk; each time counts."""
        return int(self.steps[0]["Shared Hit Blocks"] + self.steps[0]["Shared Read Blocks"])


def plan_of(rows: QuerySet[Any]) -> Plan:
    """The plan of a queryset, run once."""
    return plan_of_sql(*rows.query.sql_with_params())


def plan_of_sql(sql: str, parameters: Any) -> Plan:
    """The plan of a query, run once."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {sql}", parameters)
        told = cursor.fetchone()[0]
    whole = json.loads(told) if isinstance(told, str) else told
    return Plan(tuple(_steps(whole[0]["Plan"])))


def _steps(step: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield step
    for inner in step.get("Plans", []):
        yield from _steps(inner)
