"""Terms of congresses are dated data: each row is tried on its own example, and no day has two terms."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from nhipcau.records.documents.terms import Term, term_of, terms

BY_NUMERAL = {"ids": lambda term: getattr(term, "numeral", "")}


@pytest.mark.parametrize("term", terms(), **BY_NUMERAL)  # type: ignore[arg-type]
def test_the_example_of_a_row_is_of_its_term(term: Term) -> None:
    found = re.search(r"(\d{2})/(\d{1,2})/(\d{4})\Z", term.example)
    assert found is not None
    day, month, year = map(int, found.groups())
    assert term_of(date(year, month, day)) == term


@pytest.mark.parametrize("term", terms(), **BY_NUMERAL)  # type: ignore[arg-type]
def test_a_row_tells_its_source_and_the_source_tells_the_day(term: Term) -> None:
    """The last day that the source names is the first of the term."""
    day, month, year = term.begins.day, term.begins.month, term.begins.year
    told = re.findall(r"(\d{1,2})/0?(\d{1,2})/(\d{4})", term.source)
    assert tuple(map(int, told[-1])) == (day, month, year)


@pytest.mark.parametrize("term", terms()[1:], **BY_NUMERAL)  # type: ignore[arg-type]
def test_a_term_begins_on_its_first_day_and_the_day_before_is_of_the_one_before(term: Term) -> None:
    before = terms()[terms().index(term) - 1]
    assert term_of(term.begins) == term
    assert term_of(term.begins - timedelta(days=1)) == before


def test_terms_follow_each_other_without_a_gap_in_their_numerals() -> None:
    numerals = [term.numeral for term in terms()]
    assert numerals == ["VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV"]
    days = [term.begins for term in terms()]
    assert days == sorted(set(days))


def test_a_day_before_the_first_row_is_of_no_known_term() -> None:
    assert term_of(terms()[0].begins - timedelta(days=1)) is None
