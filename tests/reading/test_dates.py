"""Days in Vietnamese text are found with their spans, and impossible ones are kept as such."""

from __future__ import annotations

import pytest

from nhipcau.reading.dates import date_at, find_dates, find_days_of_year, iso, parse_date
from nhipcau.reading.text import matching

# (text, surfaces with "ngày" where it stands, ISO days; None = no such day). The comment says why it is here.
CASES: list[tuple[str, list[tuple[str, str | None]]]] = [
    ("ngày 05 tháng 01 năm 2020", [("ngày 05 tháng 01 năm 2020", "2020-01-05")]),  # the State form
    ("Bến Trúc, ngày 28 tháng 6 năm 2022", [("ngày 28 tháng 6 năm 2022", "2022-06-28")]),  # in a heading
    ("05 tháng 1 năm 2022", [("05 tháng 1 năm 2022", "2022-01-05")]),  # "ngày" left out
    ("NGÀY 05 THÁNG 01 NĂM 2022", [("NGÀY 05 THÁNG 01 NĂM 2022", "2022-01-05")]),  # capitals
    ("ngày 19 tháng Tám năm 1945", [("ngày 19 tháng Tám năm 1945", "1945-08-19")]),  # month in a word
    ("3 tháng mười hai năm 2020", [("3 tháng mười hai năm 2020", "2020-12-03")]),  # the longer word wins
    ("ngày 05 tháng 01, năm 2020", [("ngày 05 tháng 01, năm 2020", "2020-01-05")]),  # a stray comma
    ("ngày mùng 5/9/2021", [("ngày mùng 5/9/2021", "2021-09-05")]),  # days below eleven are "mùng"
    ("05/01/2022.", [("05/01/2022", "2022-01-05")]),  # a full stop is not part of it
    ("ngày 6-7-2011", [("ngày 6-7-2011", "2011-07-06")]),
    ("20.9.1994", [("20.9.1994", "1994-09-20")]),
    ("ngày 05/01 năm 2022", [("ngày 05/01 năm 2022", "2022-01-05")]),  # half in figures
    ("(29/12/2025)", [("29/12/2025", "2025-12-29")]),
    ("12:47, 13/05/2022", [("13/05/2022", "2022-05-13")]),  # a news page prints the hour before it
    ("từ ngày 5-10/12/2022", [("10/12/2022", "2022-12-10")]),  # a range of days ends on a day
    ("từ 01/01/2021 đến 31/12/2021", [("01/01/2021", "2021-01-01"), ("31/12/2021", "2021-12-31")]),
    ("ngày\n05/01/\n2022", [("ngày\n05/01/\n2022", "2022-01-05")]),  # broken lines
    ("ngày **28/6/2022**", [("ngày **28/6/2022", "2022-06-28")]),  # Markdown marks of a converter
    ("ngày\u00a028–6–2022", [("ngày\u00a028–6–2022", "2022-06-28")]),  # look-alikes
    ("ngày 30/02/2020", [("ngày 30/02/2020", None)]),  # no such day
    ("31/4/2021", [("31/4/2021", None)]),
    ("29/02/2023", [("29/02/2023", None)]),  # no leap year
    ("29/02/2024", [("29/02/2024", "2024-02-29")]),
    ("15/13/2022", [("15/13/2022", None)]),
    ("tháng 02/1951", []),  # a month is no day
    ("tháng 9-10/2022", []),  # two months are no day
    ("năm 2020", []),
    ("giai đoạn 2003 - 2019", []),  # years
    ("500/500 ký tự", []),
    ("1.200.2000", []),  # a number with thousands
    ("10.10.2020.1", []),  # an address of a computer
    ("30/2020/NĐ-CP", []),  # a document number
    ("12/5/20225", []),
    ("1. 2. 2020", []),  # numbers of a list
    ("ngày ... tháng ... năm 2020", []),  # a form not filled in
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_days_are_found_as_printed(text: str, expected: list[tuple[str, str | None]]) -> None:
    found = find_dates(matching(text))
    assert [(text[slice(*date.full)], date.iso) for date in found] == expected


def test_a_span_begins_at_the_first_digit_and_full_at_the_word() -> None:
    (date,) = find_dates("tại Bến Trúc, ngày 07/3/2023")
    assert date.span == (19, 28)
    assert date.full == (14, 28)


def test_a_search_keeps_to_its_bounds() -> None:
    text = "01/01/2021 và 02/02/2022 và 03/03/2023"
    assert [date.iso for date in find_dates(text, 12, 26)] == ["2022-02-02"]
    assert date_at(text, 14) is not None
    assert date_at(text, 15) is None
    assert date_at(text, 14, 20) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trước ngày 15/12 hằng năm", [(15, 12)]),
        ("trước ngày 15 tháng 6 và ngày 15 tháng 12", [(15, 6), (15, 12)]),
        ("ngày 15/12/2022", []),  # a year follows
        ("ngày 15/12 năm 2022", []),
        ("khoảng 7/10 số hộ", []),  # a fraction
        ("ngày 32/12 hằng năm", []),
    ],
)
def test_days_of_the_year_stand_without_a_year(text: str, expected: list[tuple[int, int]]) -> None:
    assert [(day.day, day.month) for day in find_days_of_year(text)] == expected


def test_one_surface_is_parsed() -> None:
    assert parse_date("ngày 05 tháng 01 năm 2020") == "2020-01-05"
    assert parse_date("ngày 30/02/2020") is None
    assert parse_date("năm 2020") is None


def test_the_calendar_decides() -> None:
    assert iso(31, 12, 1999) == "1999-12-31"
    assert iso(0, 1, 2000) is None
