"""The shipped tables: well formed, counted, each end of each link there, each row with its source."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date

import pytest

from nhipcau.records.organisations.shipped.tables import DATA, about, day, edition, rows, type_in

#: Rows of each table.
COUNTS = {
    "provinces_before": 63,
    "provinces_after": 34,
    "province_links": 63,
    "districts": 696,
    "communes_before": 10_035,
    "communes_after": 3_321,
    "commune_links": 10_602,
    "changes": 26,
    "bodies": 29,
    "body_parents": 25,
    "body_successions": 4,
    "gaps": 12,
    "sources": 35,
}
DAYS = ("begins", "decided", "in_force", "working", "ends")
MARKS = {"verified", "data", "unverified"}
CODE = {2: re.compile(r"\d\d"), 3: re.compile(r"\d{3}"), 5: re.compile(r"\d{5}")}


def codes(table: str) -> set[str]:
    return {row["code"] for row in rows(table)}


@pytest.mark.parametrize("table", COUNTS)
def test_every_row_is_well_formed(table: str) -> None:
    """As many as told, no cell too many or too few, no stray blanks, its marks of the three that are told."""
    read = list(rows(table))

    assert len(read) == COUNTS[table]
    assert [row for row in read if None in row or None in row.values()] == []
    assert [row for row in read for value in row.values() if value != " ".join(value.split())] == []
    assert {row["mark"] for row in read if "mark" in row} <= MARKS


def test_no_table_is_forgotten() -> None:
    assert {path.stem for path in DATA.glob("*.csv")} == set(COUNTS)


@pytest.mark.parametrize("table", sorted(set(COUNTS) - {"sources"}))
def test_every_row_has_a_source_that_is_told(table: str) -> None:
    known = {row["id"] for row in rows("sources")}

    assert [row for row in rows(table) if not set(row["source"].split("; ")) <= known] == []


def test_every_source_is_used_and_named_once() -> None:
    known = [row["id"] for row in rows("sources")]
    used = {
        each
        for table in set(COUNTS) - {"sources"}
        for row in rows(table)
        for each in row["source"].split("; ")
    }

    assert sorted(known) == sorted(used)


def test_the_licences_of_what_was_drawn_upon_are_given() -> None:
    notice = (DATA / "NOTICE").read_text("utf-8")
    named = [row for row in rows("sources") if row["taken"].startswith("units")]

    assert {row["licence"] for row in named} == {"MIT", "BSD-3-Clause"}
    assert all(row["title"] in notice and row["holder"] in notice for row in named)
    assert "Permission is hereby granted, free of charge" in notice
    assert "Redistribution and use in source and binary forms" in notice


@pytest.mark.parametrize("table", sorted(COUNTS))
def test_no_day_is_turned_round(table: str) -> None:
    """Decided before in force before working; begun before ended."""
    for row in rows(table):
        days = [found for name in DAYS if (found := day(row.get(name, "")))]

        assert days == sorted(days), row
        assert all(date(1925, 1, 1) < found <= edition().generated_at for found in days), row


@pytest.mark.parametrize(
    ("table", "digits"),
    [
        ("provinces_before", 2),
        ("provinces_after", 2),
        ("districts", 3),
        ("communes_before", 5),
        ("communes_after", 5),
    ],
)
def test_codes_are_unique_in_their_list(table: str, digits: int) -> None:
    read = [row["code"] for row in rows(table)]

    assert len(set(read)) == len(read)
    assert [code for code in read if not CODE[digits].fullmatch(code)] == []


@pytest.mark.parametrize(
    "table", ["provinces_before", "provinces_after", "districts", "communes_before", "communes_after"]
)
def test_every_name_begins_with_its_type(table: str) -> None:
    assert all(row["name"] != type_in(row["name"]) for row in rows(table))


def test_63_became_34() -> None:
    links = list(rows("province_links"))

    assert {row["before"] for row in links} == codes("provinces_before")
    assert {row["after"] for row in links} == codes("provinces_after")
    into = Counter(row["after"] for row in links)
    assert Counter(row["kind"] for row in links) == {"keep": 11, "merge": 52}
    assert all((into[row["after"]] == 1) == (row["kind"] == "keep") for row in links)


def test_six_cities_of_34_on_the_first_day_nine_today() -> None:
    types = {row["code"]: row["type"] for row in rows("provinces_after")}
    assert Counter(types.values()) == {"tỉnh": 28, "thành phố trực thuộc trung ương": 6}

    for row in rows("changes"):
        if row["level"] == "province" and row["list"] == about()["version_after"]:
            types[row["code"]] = row["type_after"]
    assert Counter(types.values()) == {"tỉnh": 25, "thành phố trực thuộc trung ương": 9}


def test_the_district_level_had_696_units_of_which_691_had_communes() -> None:
    with_communes = {row["district"] for row in rows("communes_before")}

    assert {row["province"] for row in rows("districts")} == codes("provinces_before")
    assert with_communes <= codes("districts")
    assert len(with_communes) == 691


def test_3321_communes_of_three_kinds() -> None:
    """2,621 xã, 687 phường, 13 đặc khu on the first day; 22 xã became phường since."""
    kinds = Counter(type_in(row["name"]) for row in rows("communes_after"))
    assert kinds == {"xã": 2621, "phường": 687, "đặc khu": 13}
    assert {row["province"] for row in rows("communes_after")} == codes("provinces_after")

    changed = Counter(
        (row["type_before"], row["type_after"]) for row in rows("changes") if row["level"] == "commune"
    )
    assert changed == {("xã", "phường"): 22}


def test_each_end_of_each_link_of_communes_is_there() -> None:
    links = list(rows("commune_links"))
    islands = [row for row in links if row["kind"] == "replace"]

    assert {row["before"] for row in islands} <= codes("districts")
    assert len(islands) == 5
    assert {row["before"] for row in links if row["kind"] != "replace"} == codes("communes_before")
    assert {row["after"] for row in links} == codes("communes_after")
    assert len({(row["before"], row["after"]) for row in links}) == len(links)


def test_471_communes_were_divided_and_each_proposes_one_successor() -> None:
    out = defaultdict(list)
    for row in rows("commune_links"):
        out[row["before"]].append(row)

    divided = [links for links in out.values() if len(links) > 1]
    assert len(divided) == 471
    assert all({row["extent"] for row in links} == {"part"} for links in divided)
    assert all(links[0]["extent"] == "whole" for links in out.values() if len(links) == 1)
    assert all([row["default"] for row in links].count("yes") == 1 for links in out.values())


def test_no_commune_left_its_province() -> None:
    """The new province of each commune is that of its old one: so the two kinds of links agree."""
    into = {row["before"]: row["after"] for row in rows("province_links")}
    above = {row["code"]: row["province"] for row in rows("districts")}
    old = {row["code"]: above[row["district"]] for row in rows("communes_before")} | above
    new = {row["code"]: row["province"] for row in rows("communes_after")}

    wrong = [row for row in rows("commune_links") if into[old[row["before"]]] != new[row["after"]]]
    assert wrong == []


def test_a_commune_that_went_on_is_the_only_one_in_the_new_one_under_its_code() -> None:
    into = Counter(row["after"] for row in rows("commune_links"))
    kept = [row for row in rows("commune_links") if row["kind"] == "keep"]

    assert len(kept) == 132
    assert all(row["before"] == row["after"] and into[row["after"]] == 1 for row in kept)
    assert {row["extent"] for row in kept} == {"whole"}


def test_every_change_changes_what_stood() -> None:
    stood = {
        ("2004", "province"): {row["code"]: row["name"] for row in rows("provinces_before")},
        ("2025", "province"): {row["code"]: row["name"] for row in rows("provinces_after")},
        ("2025", "commune"): {row["code"]: row["name"] for row in rows("communes_after")},
    }
    changes = list(rows("changes"))

    assert [row for row in changes if stood[row["list"], row["level"]][row["code"]] != row["before"]] == []
    assert [row for row in changes if row["before"] == row["after"]] == []
    assert all(row["basis"] for row in changes)


def test_bodies_stand_below_bodies_that_exist_then() -> None:
    bodies = {row["key"]: row for row in rows("bodies")}
    assert len(bodies) == COUNTS["bodies"]

    for row in rows("body_parents"):
        for end in (bodies[row["unit"]], bodies[row["parent"]]):
            assert row["begins"] >= end["begins"], row
            assert not end["ends"] or row["ends"] == end["ends"], row


def test_every_body_that_ended_has_a_successor_and_nobody_succeeds_himself() -> None:
    ended = {row["key"] for row in rows("bodies") if row["ends"]}
    links = list(rows("body_successions"))

    assert {row["before"] for row in links} == ended
    assert {row["after"] for row in links} <= {row["key"] for row in rows("bodies")} - ended


def test_the_edition_says_what_it_is() -> None:
    """Its latest resolution and day are those of its tables."""
    changes = list(rows("changes"))

    assert edition().dataset_version
    assert edition().latest_decree in {row["basis"] for row in changes}
    assert about()["latest_change"] == max(row["in_force"] for row in changes)


def test_the_description_tells_the_counts_of_the_tables() -> None:
    told = dict(
        re.findall(r"^\| `(\w+)\.csv` \| ([\d,]+) \|", (DATA / "README.md").read_text("utf-8"), re.MULTILINE)
    )

    assert {name: int(count.replace(",", "")) for name, count in told.items()} == COUNTS
