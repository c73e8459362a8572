"""Where a document comes from: its level, its place, and what must be asked."""

from __future__ import annotations

import pytest

from nhipcau.reading.levels import elsewhere, is_above, level_of, level_of_name, place_of, question, same_body
from nhipcau.reading.numbers import parse_number


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Ban Bí thư", "centre"),
        ("Bộ Giao lưu", "centre"),
        ("Ủy ban nhân dân tỉnh Bến Trúc", "province"),
        ("Ban Tổ chức Thị ủy Tây Bình", "district"),
        ("Ủy ban nhân dân thị xã Tây Bình", "district"),  # "thị xã" is no "xã"
        ("Đảng ủy xã Phú Lâm, huyện Tây Bình, tỉnh Bến Trúc", "commune"),  # the lowest of several
        ("Hội Khoa học Xã hội", None),  # "xã hội" is no "xã"
        ("Hội Giao lưu", None),
    ],
)
def test_the_level_of_a_name(name: str, level: str | None) -> None:
    assert level_of_name(name) == level


def test_a_symbol_tells_the_level_before_the_name_does() -> None:
    assert level_of(parse_number("31-CT/TU"), "Ban Thường vụ") == "province"
    assert level_of(parse_number("204/2035/QH18"), None) == "centre"
    assert level_of(parse_number("15/KH-UBND"), "Ủy ban nhân dân xã Phú Lâm") == "commune"
    assert level_of(parse_number("15/KH-UBND"), None) is None


def test_levels_go_from_the_top_and_unknown_ones_are_not_compared() -> None:
    assert is_above("centre", "province")
    assert not is_above("province", "province")
    assert not is_above("commune", "district")
    assert not is_above(None, "commune")


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Tỉnh ủy Bến Trúc", "ben truc"),
        ("Tỉnh uỷ Bến Trúc", "ben truc"),
        ("Ban Tổ chức Thị ủy Tây Bình", "tay binh"),
        ("Ủy ban nhân dân tỉnh Bến Trúc", "ben truc"),
        ("Ban Thường vụ Tỉnh ủy", None),
        ("UBND tỉnh", None),
    ],
)
def test_the_place_in_a_name(name: str, place: str | None) -> None:
    assert place_of(name) == place


def test_a_name_without_a_place_agrees_with_any() -> None:
    assert elsewhere("Tỉnh ủy Bến Trúc", "Ban Thường vụ Tỉnh ủy Hạ Vân")
    assert not elsewhere("Tỉnh ủy Bến Trúc", "Tỉnh ủy")
    assert not elsewhere(None, "Tỉnh ủy")


@pytest.mark.parametrize(
    ("number", "issuer", "asked"),
    [
        ("31-CT/TU", "Tỉnh ủy", True),
        ("31-CT/TU", "Tỉnh ủy Bến Trúc", False),
        ("31-CT/TU", None, True),
        ("97-CT/TW", None, False),  # there is one centre
        ("204/2035/QH18", None, False),
    ],
)
def test_what_is_not_placed_is_asked(number: str, issuer: str | None, *, asked: bool) -> None:
    assert (question(parse_number(number), issuer) is not None) is asked


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh Bến Trúc", True),
        ("Uỷ ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh", True),
        ("Ban Bí thư", "Bộ Chính trị", False),
    ],
)
def test_names_of_one_body(one: str, two: str, *, same: bool) -> None:
    assert same_body(one, two) is same
