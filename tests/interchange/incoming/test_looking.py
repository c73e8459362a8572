"""How much of a file is taken in, and what looking at it costs."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import pytest

from nhipcau.interchange.formats.sheets.book import DEFAULT
from nhipcau.interchange.incoming.looking import TOP, look
from nhipcau.reading.findings import UnreadableError


def lines(count: int) -> bytes:
    """A table of so many rows under its headings."""
    rows = (f"Tổ số {number};cấp tỉnh;Ban Kinh tế;01/03/2026" for number in range(count))
    return "\n".join(["Tên;Cấp;Đơn vị cha;Từ ngày", *rows]).encode()


def test_more_rows_than_are_taken_in_are_told_with_the_sheet_and_the_row() -> None:
    bounds = replace(DEFAULT, rows=50)
    assert look("a.csv", lines(49 + TOP), bounds=bounds).sheets[0].rows == 50 + TOP
    with pytest.raises(UnreadableError, match=f"dòng {51 + TOP}"):
        look("a.csv", lines(200), bounds=bounds)


def test_a_file_that_takes_too_long_is_given_up_in_words() -> None:
    with pytest.raises(UnreadableError, match="thời gian"):
        look("a.csv", lines(10), bounds=replace(DEFAULT, seconds=-1.0))


def height(count: int) -> int:
    """Bytes at the height of looking, beyond the text of the file itself."""
    data = lines(count)
    tracemalloc.start()
    try:
        look("a.csv", data)
        return tracemalloc.get_traced_memory()[1] - 6 * len(data)
    finally:
        tracemalloc.stop()


def test_looking_keeps_the_first_rows_whatever_their_number() -> None:
    """Ten times the rows, and beyond the text itself no more memory."""
    height(100)
    small, large = height(1_000), height(10_000)
    assert large < max(small, 0) * 1.5 + 500_000


@pytest.mark.full
def test_a_hundred_thousand_rows_are_looked_at_and_one_sheet_more_is_not() -> None:
    assert look("a.csv", lines(100_000)).sheets[0].rows == 100_001
    with pytest.raises(UnreadableError, match="100\\.000"):
        look("a.csv", lines(100_100))
