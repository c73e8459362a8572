"""The only writer of foundation's ancestor table: one statement that computes it anew for what was touched.

The statement walks up from every touched unit, and from all that ever stood below one, intersecting the
periods of the links; it joins periods that touch, and writes only the difference, so that an unchanged
subtree is not written to. A unit that would stand below itself on any day is told, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from nhipcau.records.foundation.models import ADMINISTRATIVE

#: No tree of offices is half as deep; the walk below a circle ends here.
DEEPEST = 40

# The units whose lines upwards may differ: below a touched one by any link, or below it in the table as it
# stood. Asked apart, so that the planner of the rebuild knows how many they are.
BELOW = """
WITH RECURSIVE below(unit_id) AS (
    SELECT unnest(%(touched)s::bigint[])
    UNION
    SELECT link.unit_id FROM below CROSS JOIN LATERAL (
        -- "OFFSET 0" keeps it one look into an index a step; else each step might read the whole table.
        SELECT unit_id FROM organisations_parentlink WHERE parent_id = below.unit_id OFFSET 0
    ) link
)
SELECT unit_id FROM below
UNION
SELECT unit_id FROM foundation_ancestor WHERE ancestor_id = ANY(%(touched)s::bigint[])
"""

REBUILD = """
WITH RECURSIVE
affected(unit_id) AS MATERIALIZED (
    SELECT unnest(%(affected)s::bigint[])
),
links AS NOT MATERIALIZED (
    SELECT unit_id, parent_id, hierarchy, daterange(valid_from, valid_to) AS period
    FROM organisations_parentlink
),
takes_part AS (
    SELECT unit_id, %(main)s AS hierarchy FROM affected
    UNION
    SELECT links.unit_id, links.hierarchy FROM affected JOIN links ON links.unit_id = affected.unit_id
    UNION
    SELECT links.parent_id, links.hierarchy FROM affected JOIN links ON links.parent_id = affected.unit_id
),
life AS (
    SELECT version.unit_id, unnest(range_agg(daterange(version.valid_from, version.valid_to))) AS period
    FROM affected JOIN organisations_unitversion version ON version.unit_id = affected.unit_id
    GROUP BY version.unit_id
),
up AS (
    SELECT life.unit_id, life.unit_id AS ancestor_id, takes_part.hierarchy, 0 AS depth, life.period
    FROM life JOIN takes_part ON takes_part.unit_id = life.unit_id
    UNION ALL
    SELECT up.unit_id, above.parent_id, up.hierarchy, up.depth + 1, up.period * above.period
    FROM up CROSS JOIN LATERAL (
        SELECT parent_id, period FROM links
        WHERE links.unit_id = up.ancestor_id AND links.hierarchy = up.hierarchy
            AND links.period && up.period
        OFFSET 0
    ) above
    WHERE up.depth < %(deepest)s AND (up.depth = 0 OR up.ancestor_id <> up.unit_id)
),
circles AS MATERIALIZED (
    SELECT unit_id, min(lower(period)) AS day FROM up
    WHERE depth > 0 AND ancestor_id = unit_id GROUP BY unit_id
),
wanted AS MATERIALIZED (
    SELECT unit_id, ancestor_id, hierarchy, depth, lower(period) AS valid_from, upper(period) AS valid_to
    FROM (
        SELECT unit_id, ancestor_id, hierarchy, depth, unnest(range_agg(period)) AS period
        FROM up GROUP BY unit_id, ancestor_id, hierarchy, depth
    ) joined
    WHERE NOT EXISTS (SELECT FROM circles)
),
there AS MATERIALIZED (
    SELECT row.* FROM affected JOIN foundation_ancestor row ON row.unit_id = affected.unit_id
),
gone AS (
    DELETE FROM foundation_ancestor WHERE id = ANY(ARRAY(
        SELECT there.id FROM there WHERE NOT EXISTS (SELECT FROM circles) AND NOT EXISTS (
            SELECT FROM wanted
            WHERE wanted.unit_id = there.unit_id AND wanted.ancestor_id = there.ancestor_id
                AND wanted.hierarchy = there.hierarchy AND wanted.depth = there.depth
                AND wanted.valid_from = there.valid_from
                AND wanted.valid_to IS NOT DISTINCT FROM there.valid_to
        )
    )) RETURNING 1
),
come AS (
    INSERT INTO foundation_ancestor (unit_id, ancestor_id, hierarchy, depth, valid_from, valid_to)
    SELECT * FROM wanted WHERE NOT EXISTS (
        SELECT FROM there
        WHERE wanted.unit_id = there.unit_id AND wanted.ancestor_id = there.ancestor_id
            AND wanted.hierarchy = there.hierarchy AND wanted.depth = there.depth
            AND wanted.valid_from = there.valid_from
            AND wanted.valid_to IS NOT DISTINCT FROM there.valid_to
    )
    -- Counting them first makes the old rows go before the new ones come: they may not overlap.
    AND (SELECT count(*) FROM gone) >= 0
    RETURNING 1
)
SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM come),
    (SELECT unit_id FROM circles ORDER BY day, unit_id LIMIT 1), (SELECT min(day) FROM circles)
"""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many rows went and came; or the unit (id) that would stand below itself, and from which day."""

    gone: int
    come: int
    circle: int | None = None
    day: date | None = None


def rebuild(touched: Iterable[int], beside: Iterable[int] = ()) -> Rebuilt:
    """Compute the table anew for the units with these ids and all that ever stood below them.

    ``beside`` are parents that keep their lines; only a first or last child in a hierarchy other than the
    administrative one brings or takes their own row there.
    """
    with connection.cursor() as cursor:
        cursor.execute(BELOW, {"touched": sorted(touched)})
        affected = {pk for (pk,) in cursor.fetchall()} | set(beside)
        cursor.execute(REBUILD, parameters(affected))
        return Rebuilt(*cursor.fetchone())


def parameters(affected: Iterable[int]) -> dict[str, list[int] | str | int]:
    """The parameters of ``REBUILD``."""
    return {"affected": sorted(affected), "main": ADMINISTRATIVE, "deepest": DEEPEST}
