"""The central bodies as acts: founded, placed in their hierarchies, merged, their functions handed over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nhipcau.records.organisations.shipped.acts import Act, Code, Names, Place, Successor
from nhipcau.records.organisations.shipped.tables import about, day, remark, rows

_KINDS = {"merge": "merge", "transfer": "transfer_function"}


def key(body: str) -> str:
    """The key of a central body."""
    return f"body/{body}"


def acts_of_bodies() -> Iterator[Act]:
    """Foundings with their first places, later places, and what became of those that ended."""
    places = list(rows("body_parents"))
    bodies = {row["key"]: row for row in rows("bodies")}
    for body in bodies.values():
        yield _founding(body, [row for row in places if _is_first(row, body)])
    for row in places:
        if not _is_first(row, bodies[row["unit"]]):
            yield _placing(row)
    yield from _successions(bodies)


def _is_first(place: dict[str, str], body: dict[str, str]) -> bool:
    return place["unit"] == body["key"] and place["begins"] == body["begins"]


def _founding(body: dict[str, str], places: list[dict[str, str]]) -> Act:
    unit = key(body["key"])
    codes = (Code(unit, about()["symbol_list"], about()["symbol_version"], body["symbol"]),)
    names = Names(unit, body["name"], level="centre", short_name=body["short_name"], pillar=body["pillar"])
    return Act(
        key=f"found/{unit}",
        kind="found",
        unit=unit,
        day=date.fromisoformat(body["begins"]),
        note=f"{body['begin']}; {remark(body)}",
        names=(names,),
        places=tuple(Place(unit, row["hierarchy"], key(row["parent"])) for row in places),
        codes=codes if body["symbol"] else (),
    )


def _placing(row: dict[str, str]) -> Act:
    unit = key(row["unit"])
    return Act(
        key=f"place/{unit}/{row['hierarchy']}/{row['parent']}/{row['begins']}",
        kind="move",
        unit=unit,
        day=date.fromisoformat(row["begins"]),
        legal_basis=row["basis"],
        note=remark(row),
        places=(Place(unit, row["hierarchy"], key(row["parent"])),),
    )


def _successions(bodies: dict[str, dict[str, str]]) -> Iterator[Act]:
    """One act for each body that others take over from, or that two become: by successor where they merge."""
    ending: set[str] = set()
    for row in rows("body_successions"):
        before, after = key(row["before"]), key(row["after"])
        is_first = before not in ending and bool(bodies[row["before"]]["ends"])
        ending.add(before)
        yield Act(
            key=f"succeed/{before}/{after}",
            kind="merge" if row["kind"] == "merge" else "transfer",
            unit=before,
            day=date.fromisoformat(row["in_force"]),
            decided_on=day(row["decided"]),
            working_from=day(row["working"]),
            legal_basis=row["basis"],
            note=remark(row),
            ends=(before,) if is_first else (),
            successors=(Successor(before, after, _KINDS[row["kind"]], note=row["function"]),),
        )
