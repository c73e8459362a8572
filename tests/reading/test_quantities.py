"""Numbers in digits and in words, and what scale words make of them."""

from __future__ import annotations

import pytest

from nhipcau.reading.quantities import FREE_NUMBER, IN_WORDS, read_digits, scale_at, words_value
from nhipcau.reading.tables import load


@pytest.mark.parametrize(
    ("surface", "value", "thousands"),
    [
        ("1.200", 1200, None),  # a point and three digits: thousands
        ("1.234.567", 1234567, None),
        ("12,5", 12.5, None),
        ("1.234,75", 1234.75, None),
        ("1,234,567", 1234567, None),  # English, and no other reading
        ("1,234.5", 1234.5, None),
        ("12.5", 12.5, None),  # one digit after a point is no group
        ("1,200", 1.2, 1200),  # either; what is counted decides
        ("0,500", 0.5, None),  # no group begins with nought
        ("007", 7, None),
    ],
)
def test_digits_are_read_as_vietnamese_papers_write_them(
    surface: str, value: float, thousands: float | None
) -> None:
    digits = read_digits(surface)
    assert digits is not None
    assert (digits.value, digits.thousands) == (value, thousands)


@pytest.mark.parametrize("surface", ["12.5.2024", "1.1.1", "1.23.456", "12,34,5", "9" * 40])
def test_what_fits_no_way_of_writing_numbers_is_none(surface: str) -> None:
    assert read_digits(surface) is None


@pytest.mark.parametrize(
    ("surface", "year"), [("2024", True), ("1899", False), ("2.024", False), ("20", False)]
)
def test_four_digits_in_a_row_may_be_a_year(surface: str, year: bool) -> None:
    digits = read_digits(surface)
    assert digits is not None
    assert digits.year is year


@pytest.mark.parametrize(
    ("after", "value", "rest"),
    [
        (" tỷ USD", 4e9, " USD"),
        (" nghìn tỷ đồng", 4e12, " đồng"),  # two words multiply
        (" tỷ 830 triệu đồng", 4.83e9, " đồng"),  # a smaller amount is added
        (" tỷ rưỡi", 4.5e9, ""),
        ("** triệu** đô la", 4e6, "** đô la"),  # marks of converters lie between
        (" tỷ lệ", 4, " tỷ lệ"),  # a rate, no thousand million
        (" tr đồng", 4e6, " đồng"),
        (" tr. 12", 4, " tr. 12"),  # a page
        (" tỷđ", 4e9, "đ"),
        (" TRIỆU ĐỒNG", 4e6, " ĐỒNG"),
    ],
)
def test_scale_words_multiply(after: str, value: float, rest: str) -> None:
    scaled = scale_at(after, 4, 0)
    assert scaled.value == value
    assert after[scaled.end :] == rest


@pytest.mark.parametrize("row", load.rows("scale"), ids=lambda row: row["word"])
def test_every_scale_word_multiplies_the_number_of_its_example(row: dict[str, str]) -> None:
    number = FREE_NUMBER.search(row["example"])
    assert number is not None
    assert scale_at(row["example"], 1, number.end()).factor % float(row["factor"]) == 0


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("hai mươi ba", 23),
        ("mười lăm", 15),
        ("hai mươi tư", 24),
        ("năm trăm linh năm", 505),
        ("một nghìn hai trăm", 1200),
        ("ba triệu hai trăm nghìn", 3200000),
        ("hai nghìn tỷ", 2e12),
        ("ba chục", 30),
    ],
)
def test_numbers_in_words_have_values(words: str, value: float) -> None:
    assert words_value(words) == value


@pytest.mark.parametrize("words", ["hai ba", "mươi", "trăm", "nghìn"])
def test_guesses_and_halves_of_numbers_have_none(words: str) -> None:
    assert words_value(words) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (" năm 2024 đón", []),  # a year
        (" một đoàn", []),
        (" một trăm đoàn", ["một trăm"]),
        (" hai mươi\nba tổ chức", ["hai mươi\nba"]),
        (" bảy tổ chức", ["bảy"]),
    ],
)
def test_numbers_in_words_are_found(text: str, found: list[str]) -> None:
    assert [match["number"] for match in IN_WORDS.finditer(text)] == found


@pytest.mark.parametrize(
    "text", ["12-CT/HĐGL", "15/KH-UBND", "08:30", "05/01/2030", "a12", "COVID-19", "example.vn/12/3/4"]
)
def test_parts_of_codes_dates_and_addresses_are_no_numbers(text: str) -> None:
    assert FREE_NUMBER.findall(text)[:1] in ([], ["05"])
