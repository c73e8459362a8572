"""Document numbers are read by their grammar and kept in canonical form."""

from __future__ import annotations

import pytest

from nhipcau.reading.numbers import NUMBER, DocNumber, canonical, parse_number, read_number
from nhipcau.reading.text import matching

# (surface, canonical form, family, code, symbol, units); the comment says why it is here.
WHOLE = [
    ("07-CT/HU", "07-CT/HU", "party", "CT", "HU", ()),
    ("09-QĐi/TW", "09-QĐi/TW", "party", "QĐi", "TW", ()),  # the Party's code of a regulation
    ("21-KH/BCĐ35", "21-KH/BCĐ35", "party", "KH", "BCĐ35", ()),  # committees carry digits
    ("57-QĐ/TWĐTN-VP", "57-QĐ/TWĐTN-VP", "party", "QĐ", "TWĐTN", ("VP",)),  # a unit behind the issuer
    ("03-HD", "03-HD", "party", "HD", None, ()),  # no issuer
    ("15/KH-UBND", "15/KH-UBND", "state", "KH", "UBND", ()),
    ("99/QĐ-TTg", "99/QĐ-TTg", "state", "QĐ", "TTg", ()),  # a small letter in the symbol
    ("99/QĐ-TTG", "99/QĐ-TTG", "state", "QĐ", "TTG", ()),  # capitals throughout
    ("209/2035/NĐ-CP", "209/2035/NĐ-CP", "state", "NĐ", "CP", ()),
    ("53/QĐ-MTTQ-BTT", "53/QĐ-MTTQ-BTT", "state", "QĐ", "MTTQ", ("BTT",)),  # the Front's living pattern
    ("52/QĐ-BNN&PTNT", "52/QĐ-BNN&PTNT", "state", "QĐ", "BNN&PTNT", ()),
    ("19/2035/L-CTN", "19/2035/L-CTN", "state", "L", "CTN", ()),  # a code of one letter
    ("204/2035/QH18", "204/2035/QH18", "law", None, "QH18", ()),
    ("88/2035/UBTVQH18", "88/2035/UBTVQH18", "law", None, "UBTVQH18", ()),
    ("17/2009/TTLT-BTX-BTG", "17/2009/TTLT-BTX-BTG", "joint", "TTLT", "BTX", ("BTG",)),
    ("216/LHHN-VP", "216/LHHN-VP", "letter", None, "LHHN", ("VP",)),  # a dispatch names issuer and unit
    ("39/H37.DN-VP", "39/H37.DN-VP", "letter", None, "H37.DN", ("VP",)),
    ("12a/KH-UBND", "12a/KH-UBND", "state", "KH", "UBND", ()),  # a number put between two others
    ("45 / KH – UBND", "45/KH-UBND", "state", "KH", "UBND", ()),  # blanks and a long dash
    ("07-\nCT/HU", "07-CT/HU", "party", "CT", "HU", ()),  # a broken line
    ("07**-CT/HU", "07-CT/HU", "party", "CT", "HU", ()),  # marks of a converter
    ("l48/KH-UBND", "148/KH-UBND", "state", "KH", "UBND", ()),  # letters that a scanner put for digits
    ("27/2O35/TT-BTG", "27/2035/TT-BTG", "state", "TT", "BTG", ()),
]


@pytest.mark.parametrize(("surface", "text", "family", "code", "symbol", "units"), WHOLE)
def test_whole_numbers_are_taken_apart(
    surface: str, text: str, family: str, code: str | None, symbol: str | None, units: tuple[str, ...]
) -> None:
    number = parse_number(matching(surface))
    assert number is not None
    assert (number.text, number.family, number.code, number.symbol, number.units) == (
        text, family, code, symbol, units,
    )  # fmt: skip
    assert number.complete


@pytest.mark.parametrize("surface", ["500/500", "12.5", "-CT/TW", "", "12-CT/TW và", "x12-CT/TW"])
def test_other_things_are_no_numbers(surface: str) -> None:
    assert parse_number(surface) is None


def test_a_bare_number_is_not_complete() -> None:
    assert parse_number("12") is not None
    number = parse_number("209/2035")
    assert number is not None
    assert (number.complete, number.year, number.value) == (False, 2035, 209)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07-CT/HU - Ban Bí thư", "07-CT/HU"),  # the first word of what follows is no unit
        ("07-CT/HU - BAN BÍ THƯ", "07-CT/HU"),  # nor in capitals
        ("53/QĐ-MTTQ - BTT", "53/QĐ-MTTQ-BTT"),  # a known unit is
        ("15/KH-UBND.", "15/KH-UBND"),  # the full stop ends the sentence
        ("45-QĐ-UBND.pdf", "45-QĐ-UBND"),  # the ending of a file is no piece of a symbol
    ],
)
def test_a_number_ends_where_its_symbol_ends(text: str, expected: str) -> None:
    number = read_number(text)
    assert number is not None
    assert number.text == expected


def test_a_number_keeps_its_zeros_and_knows_its_value() -> None:
    number = parse_number("04-CT/TW")
    assert isinstance(number, DocNumber)
    assert (number.text, number.value) == ("04-CT/TW", 4)


@pytest.mark.parametrize("text", ["COVID19-CT/TW", "tai_lieu_12-CT/TW", "1.12-CT/TW", "A4-12-CT/TW"])
def test_a_number_does_not_begin_inside_another_word(text: str) -> None:
    assert not any(text[match.start() :].startswith("12-") for match in NUMBER.finditer(text))


def test_canonical_drops_blanks_and_marks() -> None:
    assert canonical("45 / **KH** - UBND") == "45/KH-UBND"
