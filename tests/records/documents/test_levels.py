"""The level of an issuer by its name, and names that do not say of which place they are."""

from __future__ import annotations

import pytest

from nhipcau.records.documents.levels import is_unplaced, level_of
from nhipcau.records.documents.numbers import has_symbol, number_key, short_key


@pytest.mark.parametrize(
    ("issuer", "level"),
    [
        ("Ban Bí thư", "centre"),
        ("Bộ Ngoại giao", "centre"),
        ("Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", "centre"),
        ("Tỉnh ủy Sông Ngân", "province"),
        ("Thành ủy Cửa Bạc", "province"),
        ("Sở Ngoại vụ", "province"),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Sông Ngân", "province"),  # a place outranks the whole
        ("Ban Tuyên giáo Huyện ủy Cồn Sậy", "district"),
        ("UBND phường Bến Trúc", "commune"),
        ("Đặc khu Hòn Mây", "commune"),
        ("Bộ Lao động, Thương binh và Xã hội", "centre"),  # "xã hội" is no commune
        ("Bộ Chỉ huy Quân sự tỉnh Sông Ngân", "province"),
        ("Quỹ Linden", ""),
        ("", ""),
    ],
)
def test_a_name_tells_the_level(issuer: str, level: str) -> None:
    assert level_of(issuer) == level


@pytest.mark.parametrize(
    ("issuer", "unplaced"),
    [
        ("Tỉnh ủy", True),
        ("Ban Thường vụ Tỉnh ủy", True),
        ("Ban Tuyên giáo Thị ủy", True),
        ("UBND tỉnh", True),
        ("Ủy ban nhân dân", True),
        ("Tỉnh ủy Sông Ngân", False),
        ("UBND tỉnh Sông Ngân", False),
        ("Ban Bí thư", False),
        ("Bộ Chính trị", False),
        ("", False),
    ],
)
def test_a_body_of_every_place_without_its_place_is_told(issuer: str, unplaced: bool) -> None:
    assert is_unplaced(issuer) is unplaced


@pytest.mark.parametrize(
    ("number", "key", "short", "symbol"),
    [
        ("07-CT/HĐGL", "7-ct/hdgl", "7", True),
        ("7 - CT/HĐGL", "7-ct/hdgl", "7", True),
        ("30/2020/NĐ-CP", "30/2020/nd-cp", "30", True),
        ("12", "12", "12", False),
        ("15a/KH-UBND", "15a/kh-ubnd", "15a", True),
        ("", "", "", False),
    ],
)
def test_numbers_are_compared_without_marks_blanks_and_leading_zeros(
    number: str, key: str, short: str, symbol: bool
) -> None:
    assert number_key(number) == key
    assert short_key(key) == short
    assert has_symbol(key) is symbol
