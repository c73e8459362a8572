"""The Vietnamese encodings before Unicode: TCVN3 and VNI, decoded by font or told by content.

Such text lives in Unicode files too: a Word file whose font is ".VnTime" stores "Uû ban nh©n d©n" and leaves
it to the font to show Vietnamese. Everything here works on such strings (Latin-1 characters); bytes become
strings first (``encodings.py``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from nhipcau.reading.tables import load

Legacy = Literal["tcvn3", "vni"]

PRIVATE = re.compile("[\uf020-\uf0ff]")
TONES = "\u0300\u0301\u0303\u0309\u0323"
# Characters that these encodings put beside letters and that no Vietnamese Unicode text does.
SUSPECTS = "¨©ª¬®¯°±²³´µ¶¸¹¼½¾¿ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïñö÷øûüþÿ\u00ad"
SUSPECT = re.compile(f"[{SUSPECTS}]")
BESIDE_LETTER = re.compile(f"[A-Za-z][{SUSPECTS}]|[{SUSPECTS}][a-z]")
# A letter of the Unicode blocks that only true Vietnamese text has.
TRUE_LETTER = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
WORD = re.compile(r"[^\W\d_]+(?:[^\W\d_]|[\u0300-\u0323])*")
ODD = re.compile(r"[^\x00-\x7f\u0300-\u0323‘’“”–—…•§«»\u00a0]")

# The code of "ư" is the soft hyphen, which converters turn into a plain one: "n-íc", "tr-êng". Only behind
# consonants that cannot be a word of their own.
LOST_U = re.compile(
    r"(?<=(?<![^\W_])[bcdđghklmnrstvx])-(?![\s\d])|(?<=(?<![^\W_])(?:ch|gh|kh|ng|nh|ph|th|tr))-(?![\s\d])"
)


@lru_cache(maxsize=1)
def _tcvn3() -> dict[int, str]:
    return {
        int(row["code"], 16): "".join(chr(int(point, 16)) for point in row["letter"].split())
        for row in load.rows("tcvn3")
    }


@lru_cache(maxsize=1)
def _vni() -> tuple[re.Pattern[str], dict[str, str]]:
    pairs: dict[str, str] = {}
    for row in load.rows("vni"):
        code, letter = row["code"], row["letter"]
        pairs[code] = letter
        pairs[code.upper()] = pairs[code[0].upper() + code[1:]] = letter.upper()
    longest_first = sorted(pairs, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), pairs


def decode(text: str, legacy: Legacy, *, capitals: bool = False) -> str:
    """Turn a string of Latin-1 characters in TCVN3 or VNI into Vietnamese in NFC.

    ``capitals``: the font shows capitals (a TCVN3 font whose name ends with H).
    """
    if PRIVATE.search(text):  # fonts that call themselves symbol fonts
        text = PRIVATE.sub(lambda found: chr(ord(found[0]) & 0xFF), text)
    if legacy == "tcvn3":
        decoded = LOST_U.sub("ư", text.translate(_tcvn3()))
    else:
        pattern, pairs = _vni()
        decoded = pattern.sub(lambda found: pairs[found[0]], text)
    decoded = unicodedata.normalize("NFC", decoded)
    return decoded.upper() if capitals else decoded


def by_font(text: str, font: str) -> str:
    """Decode ``text`` as its font asks; text of any other font comes back as it is."""
    legacy, capitals = of_font(font)
    return decode(text, legacy, capitals=capitals) if legacy else text


@lru_cache(maxsize=512)
def of_font(font: str) -> tuple[Legacy | None, bool]:
    """The encoding that a font's name stands for, and whether the font shows capitals."""
    name = font.strip().lstrip("@").lower()
    if name.startswith(".vn"):
        return "tcvn3", name.endswith("h")
    if name.startswith("vni-") or name == "vni":
        return "vni", False
    return None, False


@lru_cache(maxsize=1)
def _syllable() -> re.Pattern[str]:
    parts: dict[str, list[str]] = {"onset": [], "rhyme": []}
    for row in load.rows("syllables"):
        parts[row["part"]].append(row["letters"])
    either = {key: "|".join(sorted(values, key=len, reverse=True)) for key, values in parts.items()}
    return re.compile(f"(?:{either['onset']})?(?:{either['rhyme']})")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether ``word`` is spelt like a Vietnamese syllable: onset, rhyme, at most one tone, sensible case."""
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    decomposed = unicodedata.normalize("NFD", word.lower())
    toneless = "".join(char for char in decomposed if char not in TONES)
    if len(decomposed) - len(toneless) > 1:
        return False
    return _syllable().fullmatch(unicodedata.normalize("NFC", toneless)) is not None


def score(text: str) -> tuple[int, int]:
    """Count the words with a letter beyond ASCII: (spelt like Vietnamese, not so or with a stray sign)."""
    good = bad = 0
    for chunk in text.split():
        if not ODD.search(chunk):
            continue
        words = [word for word in WORD.findall(chunk) if not word.isascii()]
        stray = ODD.search(WORD.sub("", chunk)) is not None
        right = sum(map(is_syllable, words))
        good += right
        bad += len(words) - right + stray
    return good, bad


def told_by_content(text: str) -> Legacy | None:
    """Which legacy encoding the sample is in, or None: only where most of its odd words then read well."""
    best: Legacy | None = None
    kept, lost = score(text)
    best_gain = kept - lost
    for legacy in ("tcvn3", "vni"):
        good, bad = score(capitalise(decode(text, legacy)))
        if good - bad > best_gain and good > 3 * bad:
            best, best_gain = legacy, good - bad
    return best


def repair(text: str) -> str:
    """Decode the lines of a Unicode text that are TCVN3 or VNI in disguise; other lines stay as they are."""
    if not (SUSPECT.search(text) and BESIDE_LETTER.search(text)):
        return text
    lines = text.splitlines(keepends=True)
    doubtful = [line for line in lines if BESIDE_LETTER.search(line)]
    legacy = told_by_content("\n".join(doubtful)[:200_000])
    if legacy is None:
        return "".join(_repair_line(line) for line in lines)
    return "".join(
        line if line.isascii() or TRUE_LETTER.search(line) else capitalise(decode(line, legacy))
        for line in lines
    )


def _repair_line(line: str) -> str:
    if not BESIDE_LETTER.search(line) or TRUE_LETTER.search(line):
        return line
    legacy = told_by_content(line)
    return capitalise(decode(line, legacy)) if legacy else line


# A word that mixes capitals of ASCII with small letters beyond it, and has no small letter of ASCII.
HALF_RAISED = re.compile(r"\b(?=\w*[A-ZĂÂÊÔƠƯĐ])(?=\w*[^\W\d_A-Z])(?!\w*[a-z])[^\W\d_]{2,}\b")
ASCII_CAPITAL = re.compile("[A-Z]")


def capitalise(text: str) -> str:
    """Undo what a lost capital font leaves behind: "CéNG HOµ", decoded to "CộNG HOà", is "CỘNG HOÀ".

    A word of one ASCII capital ("Uỷ") follows only in a line where another word shows the same loss.
    """
    return "\n".join(map(_capitalise_line, text.split("\n")))


def _capitalise_line(line: str) -> str:
    halves = [word for word in HALF_RAISED.findall(line) if not word.isupper()]
    sure = {word for word in halves if len(ASCII_CAPITAL.findall(word)) > 1}
    if not sure:
        return line
    if re.search("[a-z]", line):
        return HALF_RAISED.sub(lambda found: found[0].upper() if found[0] in sure else found[0], line)
    return line.upper()
