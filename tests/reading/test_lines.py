"""Lines and their cells keep their places in the text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.reading.lines import Line, cells, split
from nhipcau.reading.text import matching


def test_lines_lose_decoration_and_count_the_gap_above() -> None:
    """Markdown marks and blanks are no part of a line; empty lines are counted."""
    assert split("**A**\n\n# B \n") == [Line(2, 3, "A", 0), Line(9, 10, "B", 1)]


@given(st.text(alphabet="ab *#|\n\t\f-"))
def test_a_line_is_its_text(text: str) -> None:
    """``body`` is the matching copy at its place."""
    plain = matching(text)
    assert all(plain[line.start : line.end] == line.body for line in split(plain))


# (line, cells)
CELLS: list[tuple[str, list[str]]] = [
    ("SỞ NGOẠI VỤ", ["SỞ NGOẠI VỤ"]),
    ("SỞ NGOẠI VỤ      Độc lập - Tự do", ["SỞ NGOẠI VỤ", "Độc lập - Tự do"]),  # blanks
    ("SỞ NGOẠI VỤ\tĐộc lập", ["SỞ NGOẠI VỤ", "Độc lập"]),  # a tab
    ("| **SỞ** | Độc lập |", ["SỞ", "Độc lập"]),  # a table of a converter
    ("SỞ<br>Số: 15", ["SỞ", "Số: 15"]),  # a line break inside its cell
    ("hai  blanks", ["hai  blanks"]),  # two blanks part nothing
]


@pytest.mark.parametrize(("text", "expected"), CELLS)
def test_cells_of_two_columns(text: str, expected: list[str]) -> None:
    """Columns are parted by tabs, bars, breaks or three blanks."""
    plain = matching(text)
    found = [cell for line in split(plain) for cell in cells(line, text)]
    assert [cell.body for cell in found] == expected
    assert all(plain[cell.start : cell.end] == cell.body for cell in found)


def test_blanks_of_an_open_form_part_nothing() -> None:
    """The blank left for a number is no gap between columns."""
    text = "Số:        /KH-UBND        Sông Ngân"
    keep = re.compile(r"Số:\s+(?=/)")
    assert [cell.body for cell in cells(split(text)[0], text, keep)] == ["Số:        /KH-UBND", "Sông Ngân"]
