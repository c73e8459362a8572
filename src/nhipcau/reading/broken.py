"""Short lines that a narrow column or a converter broke: "ỦY / BAN NHÂN DÂN", "Số: / 15/KH-UBND".

A cell of a letterhead is so narrow that one word stands alone in its line; what the two lines say together
tells that they are one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.reading import names
from nhipcau.reading.head import DATED, MOTTOES, NUMBER
from nhipcau.reading.tables.load import pattern
from nhipcau.reading.text import LOWER, UPPER, bare

if TYPE_CHECKING:
    from nhipcau.reading.lines import Line

_LONGEST = 24  # characters of the upper line: "CỘNG HÒA XÃ HỘI" over "CHỦ NGHĨA VIỆT NAM"
_BETWEEN = re.compile(r" ?\n ?")
_LABEL = re.compile(r"(?:Số|SỐ)\s?:?")
_POWER = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.|(?:T/M|K/T|T/L)\.?")
_PLACE = re.compile(rf"[{UPPER}][{LOWER}]{{1,6}}(?: (?:- )?[{UPPER}][{LOWER}]{{1,6}}){{0,2}}(?: -)?")
_WORD = re.compile(rf"[{UPPER}][{LOWER}]{{1,6}}")  # "Căn" over "cứ Luật ..."
_MOST_WORDS = 2  # words of a body's name that stand alone in the upper line


def rejoined(lines: list[Line], plain: str) -> list[Line]:
    """The lines, those that only together say something made one; ``plain`` is what their places refer to."""
    found: list[Line] = []
    for line in lines:
        above = found[-1] if found else None
        if above and not line.gap and len(above.body) <= _LONGEST and _belong(above, line, plain):
            blanks = " " * (line.start - above.end)
            found[-1] = above._replace(end=line.end, body=above.body + blanks + line.body)
        else:
            found.append(line)
    return found


def _belong(above: Line, below: Line, plain: str) -> bool:
    """Whether two lines one under the other are one that was broken."""
    if not _BETWEEN.fullmatch(plain, above.end, below.start):
        return False
    whole = f"{above.body} {below.body}"
    if above.body[:2].isupper():
        return _is_motto(whole, above.body) or _is_body(above.body, below.body) or _is_power(above, below)
    if _LABEL.fullmatch(above.body):
        return bool(NUMBER.fullmatch(whole))
    if _WORD.fullmatch(above.body) and below.body[:1].islower() and not below.body.startswith("ngày"):
        return True
    return bool(_PLACE.fullmatch(above.body) and DATED.fullmatch(whole) and not DATED.fullmatch(above.body))


def _is_motto(whole: str, above: str) -> bool:
    motto = pattern("frame", *MOTTOES)
    return bool(motto.fullmatch(bare(whole))) and not motto.fullmatch(bare(above))


def _is_body(above: str, below: str) -> bool:
    """Whether a body's name of the table goes over the break: "ỦY / BAN NHÂN DÂN"."""
    words = len(above.split())
    return below.isupper() and words <= _MOST_WORDS and names.body_words(f"{above} {below}") > words


def _is_power(above: Line, below: Line) -> bool:
    return bool(_POWER.fullmatch(above.body)) and below.body[:2].isupper()
