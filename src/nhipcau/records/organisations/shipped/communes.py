"""Communes as acts, and the end of the districts: 10,035 became 3,321 on one day, 132 simply went on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from nhipcau.records.organisations.shipped.acts import Act, Names, Place, Successor
from nhipcau.records.organisations.shipped.keys import after, before, goes_on
from nhipcau.records.organisations.shipped.provinces import (
    ADMINISTRATIVE,
    new_province_by_old,
    territory_code,
)
from nhipcau.records.organisations.shipped.tables import about, rows, the_day, type_in

Row = dict[str, str]
_KINDS = {"merge": "merge", "replace": "merge", "split": "split"}


def acts_of_communes() -> Iterator[Act]:
    """As they stood, what became of them, and the end of the districts above them."""
    names = {row["code"]: row["name"] for row in rows("communes_before")}
    yield from _stood()
    yield from _reorganised(names)
    yield from _districts_end()


def _stood() -> Iterator[Act]:
    for row in rows("communes_before"):
        unit = before(row["code"])
        yield Act(
            key=f"found/{unit}",
            kind="found",
            unit=unit,
            day=the_day("units_known_from"),
            note=f"known; data: {row['source']}",
            names=(_names(unit, row["name"]),),
            places=(Place(unit, ADMINISTRATIVE, before(row["district"])),),
            codes=(territory_code(unit, row["code"], "before"),),
        )


def _reorganised(old_names: dict[str, str]) -> Iterator[Act]:
    """One act for each commune since: what it took over from, or the new place of one that went on."""
    links = defaultdict(list)
    for row in rows("commune_links"):
        links[row["after"]].append(row)
    bases = {row["code"]: row["communes_basis"] for row in rows("provinces_after")}
    for row in rows("communes_after"):
        basis = bases[row["province"]]
        if goes_on(row["code"]):
            yield _goes_on(row, basis, old_names[row["code"]])
        else:
            yield _formed(row, basis, links[row["code"]])


def _goes_on(row: Row, basis: str, old_name: str) -> Act:
    unit = after(row["code"])
    return Act(
        key=f"move/{unit}/{about()['reorganised_on']}",
        kind="move",
        unit=unit,
        day=the_day("reorganised_on"),
        decided_on=the_day("communes_decided"),
        working_from=the_day("reorganised_on"),
        legal_basis=basis,
        note=f"data: {row['source']}",
        names=() if row["name"] == old_name else (_names(unit, row["name"]),),
        places=(Place(unit, ADMINISTRATIVE, after(row["province"])),),
        codes=(territory_code(unit, row["code"], "after"),),
    )


def _formed(row: Row, basis: str, links: list[Row]) -> Act:
    unit = after(row["code"])
    return Act(
        key=f"merge/{unit}",
        kind="merge",
        unit=unit,
        day=the_day("reorganised_on"),
        decided_on=the_day("communes_decided"),
        working_from=the_day("reorganised_on"),
        legal_basis=basis,
        note=f"data: {row['source']}",
        names=(_names(unit, row["name"]),),
        places=(Place(unit, ADMINISTRATIVE, after(row["province"])),),
        codes=(territory_code(unit, row["code"], "after"),),
        # A divided commune ends by the act of the successor that is proposed for it.
        ends=tuple(before(link["before"]) for link in links if link["default"] == "yes"),
        successors=tuple(_successor(link, unit) for link in links),
    )


def _successor(link: Row, unit: str) -> Successor:
    return Successor(
        before(link["before"]),
        unit,
        _KINDS[link["kind"]],
        extent=link["extent"],
        is_default=link["default"] == "yes",
        note=f"{link['mark']}: {link['source']}",
    )


def _districts_end() -> Iterator[Act]:
    """The level ends; agreements of a district's committee pass to that of its province."""
    new, obligations = new_province_by_old(), about()["obligations_basis"]
    islands = {row["before"] for row in rows("commune_links") if row["kind"] == "replace"}
    for row in rows("districts"):
        unit = before(row["code"])
        yield Act(
            key=f"end/{unit}",
            kind="close",
            unit=unit,
            day=the_day("reorganised_on"),
            working_from=the_day("reorganised_on"),
            legal_basis=about()["districts_end_basis"],
            # An island without communes ended when it became a special zone.
            ends=() if row["code"] in islands else (unit,),
            successors=(
                Successor(unit, after(new[row["province"]]), "transfer_obligation", note=obligations),
            ),
        )


def _names(unit: str, name: str) -> Names:
    return Names(unit, name, "commune", type_in(name))
