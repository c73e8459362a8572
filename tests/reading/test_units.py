"""Units, bounds and labels: every row of the tables is found in its example, and only where it should be."""

from __future__ import annotations

from collections import Counter

import pytest

from nhipcau.reading import text as texts
from nhipcau.reading import units
from nhipcau.reading.figures import find_figures
from nhipcau.reading.findings import Figure
from nhipcau.reading.tables import load


def figures(raw: str) -> tuple[Figure, ...]:
    text = texts.normalise(raw)
    return find_figures(text, texts.matching(text), (0, len(text)))


@pytest.mark.parametrize("row", load.rows("units"), ids=lambda row: row["unit"])
def test_every_unit_is_read_in_its_example(row: dict[str, str]) -> None:
    """A unit that never makes a figure makes none; any other is the unit of a figure, by its code or name."""
    found = [figure.unit for figure in figures(row["example"])]
    if row["kind"] == "never":
        assert found == []
    else:
        assert (row["code"] or row["unit"]) in found


@pytest.mark.parametrize("row", load.rows("bounds"), ids=lambda row: row["words"])
def test_every_bound_is_read_in_its_example(row: dict[str, str]) -> None:
    """The figure has the bound, and begins at its words unless they only compare."""
    (figure,) = figures(row["example"])
    assert figure.bound == row["bound"]
    assert figure.surface.lower().startswith(row["words"]) is (row["span"] == "before")


@pytest.mark.parametrize("row", load.rows("labels"), ids=lambda row: row["word"])
def test_every_label_takes_the_number_of_its_example(row: dict[str, str]) -> None:
    assert figures(row["example"]) == ()


@pytest.mark.parametrize(
    ("table", "key"), [("units", "unit"), ("bounds", "words"), ("labels", "word"), ("scale", "word")]
)
def test_no_row_stands_twice(table: str, key: str) -> None:
    assert [name for name, count in Counter(load.column(table, key)).items() if count > 1] == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (" đoàn khách", "đoàn", "count"),
        (" **khoản** viện trợ", "khoản", "count"),
        (" lượt\nngười", "lượt người", "count"),  # a broken line inside the unit
        (" đô la Mỹ", "USD", "money"),  # the longest name wins over "đô la"
        (" đồng/người/năm", "VND", "money"),  # a rate: its first part
        ("%", "%", "share"),
        (" đồn biên phòng", "đồn", "count"),
        (" phương án", "phương án", "never"),
        (" trống đồng", "trống", "unknown"),  # "đồng" alone is money, but no table knows the drum
    ],
)
def test_the_unit_after_a_number(text: str, name: str, kind: str) -> None:
    unit = units.unit_at(text, 0)
    assert unit is not None
    if kind == "unknown":
        assert unit.kind == "unknown"
    else:
        assert (unit.name, unit.kind) == (name, kind)


@pytest.mark.parametrize("text", ["", " và", ". Đoàn", " \n\nđoàn", "\nĐoàn vào", " (đoàn)", " Nguyễn"])
def test_no_unit_follows(text: str) -> None:
    """Function words, the end of a sentence or paragraph, another cell, a name."""
    assert units.unit_at(text, 0) is None


def test_a_bound_at_a_line_break_is_seen() -> None:
    text = "đón gần\n500 đoàn"
    assert units.bound_before(text, text.index("5")) == ("almost", text.index("gần"))
