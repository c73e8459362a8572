"""Every row of the tables of the frame is found in its own example."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from nhipcau.reading.furniture import role_of
from nhipcau.reading.tables.load import column, pattern, row_of, rows
from nhipcau.reading.text import bare, fold

PRINTED = {"press", "report", "masthead"}  # roles whose patterns are over the text as printed


@pytest.mark.parametrize("row", rows("frame"), ids=lambda row: row["pattern"][:40])
def test_frame_rows(row: dict[str, str]) -> None:
    """A phrase of the frame is found in its example."""
    example = row["example"] if row["role"] in PRINTED else bare(row["example"])
    assert re.search(row["pattern"], example)


@pytest.mark.parametrize("row", rows("furniture"), ids=lambda row: row["example"][:40])
def test_furniture_rows(row: dict[str, str]) -> None:
    """A row of furniture takes its whole example."""
    assert re.fullmatch(row["pattern"], bare(row["example"]).strip(" |-*"))
    assert role_of(row["example"]) is not None


@pytest.mark.parametrize("row", rows("names"), ids=lambda row: f"{row['role']} {row['phrase']}")
def test_name_rows(row: dict[str, str]) -> None:
    """A phrase of a name stands in its example."""
    assert fold(row["phrase"]) in fold(row["example"])


@pytest.mark.parametrize("row", rows("types"), ids=lambda row: row["name"])
def test_type_rows(row: dict[str, str]) -> None:
    """A type stands at the start of its example, and one of its codes in it where it has any."""
    assert row["example"].startswith(row["name"])
    codes = [code for code in f"{row['state_code']};{row['party_code']}".split(";") if code]
    if codes and re.search(r"\d[/-]", row["example"]):
        assert any(re.search(rf"[-/]{code}(?:[-/ ]|$)", row["example"]) for code in codes)


@pytest.mark.parametrize(("table", "key"), [("types", "name"), ("symbols", "symbol")])
def test_no_row_stands_twice(table: str, key: str) -> None:
    """A type and a symbol have one row each."""
    assert [name for name, count in Counter(column(table, key)).items() if count > 1] == []


def test_the_loader_gives_filled_cells_of_chosen_rows() -> None:
    """``column`` takes only rows whose cells equal what is asked, and no empty cell."""
    assert "hỏa tốc" in column("frame", "value", role="urgency")
    assert column("frame", "value", role="party_motto") == ()


def test_a_pattern_tells_its_row_and_lets_blanks_be_doubled() -> None:
    """Scanners and converters double the blanks of a motto."""
    match = pattern("frame", "party_motto").search("dang  cong   san viet nam")
    assert match is not None
    assert row_of("frame", match)["role"] == "party_motto"


def test_an_unknown_table_is_an_error() -> None:
    """A misspelt table is a fault of ours, not an empty table."""
    with pytest.raises(FileNotFoundError):
        rows("no_such_table")
