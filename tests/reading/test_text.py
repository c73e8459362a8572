"""Text keeps its offsets: the matching copy and the bare copy have its length, letter by letter."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.reading.text import (
    BLANKS,
    LOOKALIKES,
    LOWER,
    UPPER,
    bare,
    bare_window,
    fold,
    kept,
    matching,
    normalise,
)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("\ufeffSố\r\n12\r", "Số\n12\n"),  # byte order mark and line ends of other systems
        (unicodedata.normalize("NFD", "Đường hữu nghị"), "Đường hữu nghị"),  # marks apart from letters
        ("có \x1b[31m12\x1b[0m đoàn\x1b", "có 12 đoàn"),  # colours of a terminal, which hold digits
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


@given(st.text(max_size=80))
def test_a_window_is_bared_like_a_line(text: str) -> None:
    assert bare_window(text) == bare(text)


def test_what_is_stripped_as_blank_is_what_patterns_hold_for_blank() -> None:
    spaces = {chr(code) for code in range(0x110000) if re.fullmatch(r"\s", chr(code))}

    assert set(BLANKS) == spaces


def test_an_answer_is_kept_for_a_line_and_not_for_a_long_text() -> None:
    """A megabyte in one line must not stay in memory because it was asked about once."""
    asked: list[str] = []

    @kept
    def length(line: str) -> int:
        asked.append(line)
        return len(line)

    long = "x" * 1_000_000

    assert [length("một"), length("một"), length(long), length(long)] == [3, 3, len(long), len(long)]
    assert asked == ["một", long, long]
