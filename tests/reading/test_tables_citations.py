"""Every row of the tables of citations does its work in its own example."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

import pytest

from nhipcau.reading.citations import find_citations
from nhipcau.reading.levels import level_of, level_of_name
from nhipcau.reading.numbers import codes, parse_number
from nhipcau.reading.tables.load import rows
from nhipcau.reading.text import bare, matching

Row = Mapping[str, str]


def cited(example: str) -> list[tuple[str | None, str | None]]:
    return [(c.type, c.number) for c in find_citations(example, matching(example))]


def of_kind(*kinds: str) -> list[Row]:
    return [row for row in rows("patterns") if row["kind"] in kinds]


@pytest.mark.parametrize("row", of_kind("type", "short", "dated", "act"), ids=lambda row: row["example"])
def test_a_type_word_makes_a_citation_of_its_type(row: Row) -> None:
    kind = row["value"] if row["kind"] == "type" else row["form"]
    assert [name for name, _ in cited(row["example"])] == [kind]


@pytest.mark.parametrize("row", of_kind("code", "abbreviation"), ids=lambda row: row["example"])
def test_a_code_or_abbreviation_means_its_type(row: Row) -> None:
    assert [name for name, _ in cited(row["example"])] == [row["value"]]
    if row["kind"] == "code":
        assert row["value"] in codes()[row["form"]]


@pytest.mark.parametrize("row", of_kind("counted"), ids=lambda row: row["form"])
def test_a_counted_noun_makes_a_number_a_count(row: Row) -> None:
    assert cited(row["example"]) == []
    assert cited("Kế hoạch 12 của Hội")


@pytest.mark.parametrize("row", of_kind("no_document"), ids=lambda row: row["form"])
def test_a_form_is_no_document(row: Row) -> None:
    assert cited(row["example"]) == []
    assert cited("theo 02/BC-LHHN")


@pytest.mark.parametrize("row", of_kind("directive", "generic"), ids=lambda row: row["form"])
def test_a_directive_or_a_paper_of_any_kind_is_cited(row: Row) -> None:
    assert len(cited(row["example"])) == 1


@pytest.mark.parametrize(
    "row",
    of_kind(
        "issuer_stop", "filler", "told", "attachment", "short_body", "idle_word", "title_verb", "predecessor"
    ),
    ids=lambda row: f"{row['kind']} {row['form']}",
)
def test_a_word_stands_in_its_example(row: Row) -> None:
    assert bare(row["form"]) in bare(row["example"])


@pytest.mark.parametrize("row", rows("congresses"), ids=lambda row: row["example"])
def test_congress_rows(row: Row) -> None:
    citations = find_citations(row["example"], matching(row["example"]))
    assert [c.surface for c in citations] == [row["example"]]


@pytest.mark.parametrize(
    "row", rows("relations"), ids=lambda row: f"{row['relation']} {row['phrase']} {row['place']}"
)
def test_relation_rows(row: Row) -> None:
    citations = find_citations(row["example"], matching(row["example"]), kind="state")
    assert [c.relation for c in citations] == [row["relation"]]


@pytest.mark.parametrize("row", rows("symbols"), ids=lambda row: row["symbol"])
def test_symbol_rows(row: Row) -> None:
    ((_, number),) = cited(row["example"])
    parsed = parse_number(number or "")
    assert parsed is not None
    assert set(row["symbol"].split("-")) <= {parsed.symbol, *parsed.units}
    if row["level"]:
        assert level_of(parsed, None) == row["level"] or "-" in row["symbol"] or row["symbol"] == "QHQT"


@pytest.mark.parametrize("row", rows("symbols"), ids=lambda row: row["symbol"])
def test_days_of_validity_are_years_or_days(row: Row) -> None:
    assert all(re.fullmatch(r"(?:\d{4}(?:-\d\d-\d\d)?)?", row[key]) for key in ("since", "until"))
    assert row["level"] in {"", "centre", "province", "district", "commune"}


@pytest.mark.parametrize("row", rows("levels"), ids=lambda row: row["phrase"])
def test_level_rows(row: Row) -> None:
    assert level_of_name(row["example"]) == row["level"]


@pytest.mark.parametrize(
    ("table", "keys"), [("patterns", ("kind", "form")), ("symbols", ("symbol",)), ("levels", ("phrase",))]
)
def test_no_row_stands_twice(table: str, keys: tuple[str, ...]) -> None:
    count = Counter(tuple(row[key] for key in keys) for row in rows(table))
    assert [key for key, times in count.items() if times > 1] == []


@pytest.mark.parametrize("table", ["patterns", "symbols", "congresses", "relations", "levels"])
def test_every_row_has_an_example(table: str) -> None:
    assert all(row["example"] for row in rows(table))
