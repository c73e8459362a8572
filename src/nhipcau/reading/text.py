"""Text as the reader sees it: NFC kept for people, and a matching copy of the same length for patterns.

``normalise`` gives the text whose offsets every span counts. ``matching`` gives a copy in which look-alike
characters are folded one to one (Ð to Đ, dashes to "-", odd blanks to " "), so that a span found in the copy
is the span in the text. ``fold`` is for comparing, never for spans.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

# One to one only: every key and value is one code point, or spans would shift.
LOOKALIKES = {
    "Ð": "Đ", "Ɖ": "Đ", "ð": "đ",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "\u00ad": "-",
    "∕": "/", "⁄": "/", "／": "/",
    "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ",
    "\t": " ", "\u200b": " ", "\u200c": " ", "\u200d": " ", "\ufeff": " ",
}  # fmt: skip

# Vietnamese letters for character classes of patterns: ranges of code points mix capitals with small letters.
UPPER = "A-ZĐ" + "".join(
    c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper() and unicodedata.name(c).startswith("LATIN")
)
BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001))))  # what \\s is, to be stripped
LOWER = "a-zđ" + UPPER[4:].lower()

ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~])?")

_Answer = TypeVar("_Answer")
_KEPT = 512  # answers: those of one paper, not of the thousand before it
_SHORT = 300  # characters of a line whose answer is kept, so that no text however large stays in memory


def kept(function: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """A pure function of a line that keeps its answers: every step of the head asks about the same lines."""
    keeping = lru_cache(maxsize=_KEPT)(function)

    @wraps(function)
    def answer(line: str) -> _Answer:
        return keeping(line) if len(line) <= _SHORT else function(line)

    return answer


def normalise(raw: str) -> str:
    """The text of a file in NFC with plain line ends, no byte order mark and no commands for a terminal.

    Nothing else is changed.
    """
    # A colour such as ESC[31m would be read as a figure.
    text = ESCAPES.sub("", raw) if "\x1b" in raw else raw
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def matching(text: str) -> str:
    """A copy of ``text`` with the same length and offsets, look-alike characters folded.

    Replaces only characters that occur: ``str.replace`` runs at memory speed, ``str.translate`` does not.
    """
    for odd, plain in LOOKALIKES.items():
        if odd in text:
            text = text.replace(odd, plain)
    return text


@kept
def fold(text: str) -> str:
    """Lower case without marks, đ as d, runs of blanks as one: for search and comparison, not for spans."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d").replace("ð", "d"))
    bare = "".join(ch for ch in decomposed if not unicodedata.combining(ch))
    return " ".join(bare.split())


class _Bare(dict[int, int]):
    """Code point to bare code point, filled as characters are met; one to one, so that spans hold."""

    def __missing__(self, code: int) -> int:
        folded = fold(chr(code))
        bare_code = ord(folded) if len(folded) == 1 else code
        self[code] = bare_code
        return bare_code


_BARE = _Bare()


@kept
def bare(text: str) -> str:
    """A copy of the same length in lower case without marks, for patterns over the short frame of a paper.

    Letters that a scanner gave a wrong mark ("KÉ HOẠCH") match all the same. Too slow for whole texts.
    """
    return text.translate(_BARE)


def bare_window(text: str) -> str:
    """What ``bare`` gives, not kept: for stretches of running text, which nobody asks about again."""
    return text.translate(_BARE)
