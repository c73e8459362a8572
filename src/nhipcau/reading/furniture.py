"""What stands on a page and is no content: page numbers, running heads, captions, menus, boxes, stamps.

Finders skip what lies in a furniture span. The knowledge is ``tables/furniture.csv``, over bare text.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from nhipcau.reading.tables.load import pattern
from nhipcau.reading.text import bare

if TYPE_CHECKING:
    from nhipcau.reading.findings import Span
    from nhipcau.reading.lines import Line

_LONGEST = 420  # characters of a line that may be furniture
_SHORT = 200  # characters of a line that may belong to a box of other news
# A box holds titles; what is as long as this and ends with a full stop is the report itself again.
_SENTENCE = re.compile(r"^.{80,}[^.]\.$")
_PLAIN = 60  # characters up to which any line is looked at; longer ones only with a hint
_RUNNING = range(8, 161)  # characters of a running head with its page number
_REPEATS = 2  # a running head stands at least twice
# Only lines that may match are folded: they hold one of these, or are short.
_HINT = re.compile(
    r"[:|»>©#\[ẢảHVĐđ](?:(?<=[:|»>©#\[])|(?<=[Ảả])[Nn][Hh]|(?<=H)(?:ình|ÌNH)|(?<=V)ideo|(?<=[Đđ])ồ họa)"
)
_ON_ANY_PAPER = ("page", "stamp")
_ON_SITES = (*_ON_ANY_PAPER, "card", "line", "masthead")
_ON_NEWS = (*_ON_SITES, "box", "rest", "caption")
_MARGIN = 8  # lines at the top of a posted paper that may be its site's
_PAGE = re.compile(r"\s{2,}(?:[-–|]\s?)?(?:Trang\s)?\d{1,4}\s*$|^\s*\d{1,4}\s{2,}")
_NUMBERED = re.compile(r"\d{1,4}\s*$|^\s*\d{1,4}(?=\s{2})")


def role_of(body: str, roles: tuple[str, ...] = _ON_NEWS) -> str | None:
    """Which furniture a whole line is ("caption", "page", ...), or None where it is content."""
    if len(body) > _LONGEST or (len(body) > _PLAIN and not _HINT.search(body)):
        return None
    plain = bare(body).strip(" |-*")
    if not pattern("furniture", *roles).fullmatch(plain):
        return None
    return next(role for role in roles if pattern("furniture", role).fullmatch(plain))


def find_furniture(
    text: str, lines: list[Line], *, news: bool, body_end: int | None = None
) -> tuple[Span, ...]:
    """The furniture of one document as sorted spans that do not overlap.

    ``text`` is needed for page breaks. On news pages everything is looked for; on a paper the words of a site
    only above its head and from line ``body_end`` on, since a plan too may say "Theo dõi, ...".
    """
    last = len(lines) if body_end is None else body_end
    running = _running_heads(lines)
    spans: list[Span] = []
    boxed = False
    for index, line in enumerate(lines):
        posted = index < _MARGIN or index >= last
        role = role_of(line.body, _ON_NEWS if news else _ON_SITES if posted else _ON_ANY_PAPER)
        if role == "page" and not _alone(line, text):
            role = None
        if role == "rest":
            spans.append((line.start, lines[-1].end))
            break
        if role == "caption" and index and line.body.startswith(("Phos", "Photo")) and index + 1 < len(lines):
            role = "line"
        if role or (running and _head_key(line.body) in running):
            boxed = role == "box" or (boxed and role is not None)
            spans.append((line.start, line.end))
        elif boxed and len(line.body) <= _SHORT and not _SENTENCE.search(line.body):
            spans.append((line.start, line.end))
        else:
            boxed = False
    return _merged(spans)


def _alone(line: Line, text: str) -> bool:
    """Whether a bare number stands between empty lines or page breaks, not in a cell of a table."""
    return line.gap > 0 or "\f" in text[max(0, line.start - 3) : line.end + 3]


def _running_heads(lines: list[Line]) -> frozenset[str]:
    """Lines that come again and again but for a page number at one end."""
    counted: Counter[str] = Counter()
    for line in lines:
        key = _head_key(line.body)
        if key and len(line.body) in _RUNNING and _NUMBERED.search(line.body):
            counted[key] += 1
    return frozenset(
        key for key, count in counted.items() if count >= _REPEATS and len(key) >= _RUNNING.start
    )


def _head_key(body: str) -> str:
    if not (body[-1:].isdigit() or body[:1].isdigit()) or len(body) >= _RUNNING.stop:
        return ""
    key = _PAGE.sub("", body)
    return key if key != body else ""


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
