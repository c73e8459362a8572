"""Provinces and the districts below them as acts: as they stood, what became of them, what changed since.

The day of an act is the day from which the units work, for on that day the tree changes; the resolutions were
in force before, and the old governments worked on until then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from nhipcau.records.organisations.shipped.acts import Act, Code, Names, Place, Successor
from nhipcau.records.organisations.shipped.keys import after, before, goes_on
from nhipcau.records.organisations.shipped.tables import about, day, remark, rows, the_day, type_in

ADMINISTRATIVE = "administrative"


def acts_of_provinces() -> Iterator[Act]:
    """Those of one day in the order in which they can be carried out."""
    yield from _stood()
    yield from _districts_stood()
    yield from _reorganised()
    yield from _changed_since()


def new_province_by_old() -> dict[str, str]:
    """The code since 01/07/2025 by the code of before."""
    return {row["before"]: row["after"] for row in rows("province_links")}


def territory_code(unit: str, code: str, when: str) -> Code:
    """The code of a territory in the list of ``before`` or ``after`` the reorganisation."""
    return Code(unit, about()["code_list"], about()[f"version_{when}"], code)


def _stood() -> Iterator[Act]:
    for row in rows("provinces_before"):
        unit = before(row["code"])
        yield Act(
            key=f"found/{unit}",
            kind="found",
            unit=unit,
            day=date.fromisoformat(row["begins"]),
            note=f"{row['begin']}; {remark(row)}",
            names=(Names(unit, row["name"], "province", row["type"]),),
            codes=(territory_code(unit, row["code"], "before"), _iso(unit, row["iso"])),
        )


def _districts_stood() -> Iterator[Act]:
    for row in rows("districts"):
        unit = before(row["code"])
        yield Act(
            key=f"found/{unit}",
            kind="found",
            unit=unit,
            day=date.fromisoformat(row["begins"]),
            legal_basis=row["basis"],
            note=f"{row['begin']}; {remark(row)}",
            names=(Names(unit, row["name"], "district", type_in(row["name"])),),
            places=(Place(unit, ADMINISTRATIVE, before(row["province"])),),
            codes=(territory_code(unit, row["code"], "before"),),
        )


def _reorganised() -> Iterator[Act]:
    """On 01/07/2025 eleven provinces get a code of the new list, and 23 new ones begin."""
    merged = defaultdict(list)
    for row in rows("province_links"):
        merged[row["after"]].append(before(row["before"]))
    for row in rows("provinces_after"):
        yield _goes_on(row) if goes_on(row["code"]) else _merged(row, merged[row["code"]])


def _goes_on(row: dict[str, str]) -> Act:
    unit = after(row["code"])
    return Act(
        key=f"code/{about()['version_after']}/{row['code']}",
        kind="code",
        unit=unit,
        day=the_day("reorganised_on"),
        legal_basis=about()["basis_after"],
        note=remark(row),
        codes=(territory_code(unit, row["code"], "after"),),
    )


def _merged(row: dict[str, str], predecessors: list[str]) -> Act:
    unit = after(row["code"])
    return Act(
        key=f"merge/{unit}",
        kind="merge",
        unit=unit,
        day=date.fromisoformat(row["working"]),
        decided_on=day(row["decided"]),
        working_from=day(row["working"]),
        legal_basis=row["basis"],
        note=remark(row),
        names=(Names(unit, row["name"], "province", row["type"]),),
        codes=(territory_code(unit, row["code"], "after"), _iso(unit, row["iso"])),
        ends=tuple(predecessors),
        successors=tuple(Successor(each, unit, "merge") for each in predecessors),
    )


def _changed_since() -> Iterator[Act]:
    """Types that changed on a day of their own: provinces that became cities, communes that became wards."""
    for row in rows("changes"):
        unit = before(row["code"]) if row["list"] == about()["version_before"] else after(row["code"])
        yield Act(
            key=f"rename/{unit}/{row['in_force']}",
            kind="rename",
            unit=unit,
            day=date.fromisoformat(row["in_force"]),
            decided_on=day(row["decided"]),
            working_from=day(row["working"]),
            legal_basis=row["basis"],
            note=remark(row),
            names=(Names(unit, row["after"], row["level"], row["type_after"]),),
        )


def _iso(unit: str, code: str) -> Code:
    return Code(unit, about()["iso_list"], about()["iso_version"], code)
