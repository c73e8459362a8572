"""Text keeps its offsets: the matching copy and the bare copy have its length, letter by letter."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.reading.text import LOOKALIKES, LOWER, UPPER, bare, fold, matching, normalise


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("\ufeffSố\r\n12\r", "Số\n12\n"),  # byte order mark and line ends of other systems
        (unicodedata.normalize("NFD", "Đường hữu nghị"), "Đường hữu nghị"),  # marks apart from letters
        ("Ðoàn–đội", "Ðoàn–đội"),  # look-alikes stay: nothing is corrected
    ],
)
def test_normalise_changes_form_and_nothing_else(raw: str, text: str) -> None:
    """NFC and plain line ends."""
    assert normalise(raw) == text


@given(st.text())
def test_matching_and_bare_keep_every_offset(text: str) -> None:
    """A span found in a copy is the span in the text."""
    normal = normalise(text)
    assert len(matching(normal)) == len(normal)
    assert len(bare(normal)) == len(normal)


@given(st.text())
def test_normalise_is_stable(text: str) -> None:
    """Normalising twice is normalising once."""
    assert normalise(normalise(text)) == normalise(text)


def test_look_alikes_are_folded_one_to_one() -> None:
    """Every look-alike is one code point and becomes one."""
    assert all(len(odd) == 1 and len(plain) == 1 for odd, plain in LOOKALIKES.items())
    assert matching("12\u2011CT/TW\u00a0Ðoàn") == "12-CT/TW Đoàn"


@pytest.mark.parametrize(
    ("printed", "folded"), [("  Đối  NGOẠI ", "doi ngoai"), ("Uỷ ban", "uy ban"), ("ủy", "uy")]
)
def test_fold_forgets_marks_case_and_blanks(printed: str, folded: str) -> None:
    """Both places of the tone mark fold alike."""
    assert fold(printed) == folded


def test_letter_ranges_hold_the_vietnamese_alphabet() -> None:
    """Character classes of patterns know capitals from small letters."""
    assert {"Đ", "Ủ", "Ỵ", "A"} <= set(UPPER) | {"A"}
    assert not set("đủỵ") & set(UPPER)
    assert {"đ", "ủ", "ỵ"} <= set(LOWER)
