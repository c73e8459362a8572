"""Papers that several bodies issue together (liên tịch): their number bears the symbol of each.

"05/KHLT-BDV-SNgV" is of a "Ban Dân vận" and a "Sở Ngoại vụ"; both are the issuer, the upper one is no parent.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.reading.doctypes import types_of_code
from nhipcau.reading.findings import Found
from nhipcau.reading.text import bare

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEVERAL = 2
_BETWEEN = " - "
# Words of the types that are issued by several bodies.
_TOGETHER = re.compile(r"(?<!\w)(?:liên (?:tịch|ngành|bộ)|phối hợp)(?!\w)")


def joint_symbols(number: Found | None, kind: Found | None) -> tuple[str, ...]:
    """The symbols of the bodies in the number of a joint paper; () where it is none."""
    pieces = re.split(r"[-/]", number.value if number else "")[1:]
    if pieces and re.fullmatch(r"(?:19|20)\d\d", pieces[0]):
        pieces = pieces[1:]
    known = types_of_code(pieces[0], party=False) or types_of_code(pieces[0], party=True) if pieces else ()
    if known:
        pieces = pieces[1:]
    together = any(_TOGETHER.search(name.lower()) for name in (*known, kind.value if kind else ""))
    return tuple(pieces) if together and len(pieces) >= _SEVERAL else ()


def joint_issuer(found: Sequence[Found], symbols: Sequence[str]) -> tuple[Found | None, Found] | None:
    """Parent and joint issuer of the names in a letterhead, or None where they are not of several symbols."""
    named: list[Found] = []
    left = list(symbols)
    for one in found:
        symbol = next((symbol for symbol in left if _stands_for(symbol, one.value)), None)
        if symbol:
            left.remove(symbol)
            named.append(one)
    if len(named) < _SEVERAL:
        return None
    above = found[: found.index(named[0])]
    issuer = Found(_BETWEEN.join(one.value for one in named), (named[0].span[0], named[-1].span[1]))
    return (above[-1] if above else None), issuer


def _stands_for(symbol: str, name: str) -> bool:
    """Whether the letters of a symbol stand in a name in order, the first one at the start of a word."""
    wanted = bare(symbol).replace(" ", "").replace("tw", "tu")  # TW stands for "Trung ương"
    words = bare(name).split()
    rests = (" ".join(words[index:]) for index, word in enumerate(words) if word[0] == wanted[:1])
    return any(_in_order(wanted, rest) for rest in rests)


def _in_order(wanted: str, letters: str) -> bool:
    rest = iter(letters)
    return all(char in rest for char in wanted)
