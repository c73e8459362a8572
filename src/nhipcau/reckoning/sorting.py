"""The order of Vietnamese words, as a key that a database compares byte by byte (it has no such collation).

Letters come before tones: "ca, cà, cả, cã, cá, cạ" stand together, "că" after all of them. Numbers compare by
their value: "Phường 2" before "Phường 10".
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# Two characters a letter, so that every letter has its place and all keys are plain ASCII.
_PLACES = {letter: f"{place:02d}" for place, letter in enumerate(_LETTERS, start=10)}
_PIECES = re.compile(r"\d+|[^\W\d_]+")
_DIGITS = 12


def sort_key(text: str) -> str:
    """A key in ASCII: texts in Vietnamese order have keys in the order of bytes."""
    letters: list[str] = []
    tones: list[str] = []
    for piece in _PIECES.findall(unicodedata.normalize("NFC", text).lower()):
        if piece[0].isdecimal():
            digits = "".join(str(unicodedata.decimal(char)) for char in piece)
            letters.append("0" + digits.zfill(_DIGITS))
            continue
        pairs = [_letter(char) for char in piece]
        letters.append("".join(place for place, _tone in pairs))
        tones.append("".join(tone for _place, tone in pairs))
    return " ".join(letters) + "  " + " ".join(tones)


def _letter(char: str) -> tuple[str, str]:
    """The place of a letter in the alphabet, and its tone."""
    parts = unicodedata.normalize("NFD", char)
    tone = next((_TONES[part] for part in parts if part in _TONES), "0")
    bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    known = _PLACES.get(bare) or _PLACES.get(unicodedata.normalize("NFD", bare)[0])
    return known or "99", tone
