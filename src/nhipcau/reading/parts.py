"""Divides a file into the documents that it holds: each with its lines, the place of its head and its furniture.

A second document begins at a second head or type line after the first one has ended (copies list, power of the
signer, "./."); a heading that is only quoted in the body divides nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.reading.doctypes import known_type
from nhipcau.reading.head import NUMBER, is_upper
from nhipcau.reading.lines import Line, split
from nhipcau.reading.names import is_body, is_post
from nhipcau.reading.text import bare

if TYPE_CHECKING:
    from nhipcau.reading.findings import Span

_MOTTO = re.compile(r"cong hoa xa hoi chu nghia|dang cong san viet nam|doc lap\W{1,5}tu do")
# Where a paper ends: the copies list, the power to sign, the closing mark.
ENDING = re.compile(
    r"(?:[-*]\s*)?(?:Nơi nhận|NƠI NHẬN|Nơi gửi)|(?:T/M|TM\.|K/T|KT\.|T/L|TL\.|TUQ\.|T/UQ)\s?[A-ZĐ]|.*\./\.\W{0,3}$"
)
_ISSUED_WITH = re.compile(
    r"\(?\s?(?:được |đã )?(?:ban hành |phát hành |gửi )?(?:kèm theo|đính kèm)\b", re.IGNORECASE
)
_NEAR = 12  # lines between the parts of one head


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a file. ``head`` is the index in ``lines`` at which its head begins.

    ``attached`` says that it was issued with the document before it and has no head of its own.
    """

    span: Span
    lines: list[Line]
    head: int = 0
    attached: bool = False


def divide(plain: str) -> tuple[Part, ...]:
    """The documents of a file in order of appearance; one that holds everything where nothing divides it."""
    lines = split(plain)
    if not lines:
        return (Part((0, len(plain)), []),)
    cuts = _cuts(lines)
    return tuple(_part(plain, lines, cut, after) for cut, after in zip(cuts, [*cuts[1:], None], strict=True))


@dataclass(frozen=True, slots=True)
class _Cut:
    line: int
    head: int
    attached: bool


def _part(plain: str, lines: list[Line], cut: _Cut, after: _Cut | None) -> Part:
    stop = after.line if after else len(lines)
    start = 0 if cut.line == 0 else _line_start(plain, lines[cut.line].start)
    end = _line_start(plain, lines[stop].start) if after else len(plain)
    return Part((start, end), lines[cut.line : stop], cut.head - cut.line, cut.attached)


def _line_start(plain: str, offset: int) -> int:
    return plain.rfind("\n", 0, offset) + 1


def _cuts(lines: list[Line]) -> list[_Cut]:
    """Where each document begins; the first always at line 0, its head perhaps later."""
    cuts: list[_Cut] = []
    ended = False
    for index, line in enumerate(lines):
        body = line.body
        if ENDING.match(body):
            ended = True
        elif is_upper_fast(body):
            cut = _cut_at(lines, index, cuts, ended=ended)
            if cut and (not cuts or cut.line > cuts[-1].line):
                cuts.append(cut)
                ended = False
    if not cuts or cuts[0].line > 0:
        cuts.insert(0, _Cut(0, 0, attached=False))
    return cuts


def is_upper_fast(body: str) -> bool:
    """Whether a line may be in capitals: its first letters are; cheap, since every line is asked."""
    return body[:3].isupper() or body[:1].isupper() and body[1:2] in " ." and is_upper(body)


def _cut_at(lines: list[Line], index: int, cuts: list[_Cut], *, ended: bool) -> _Cut | None:
    body = lines[index].body
    if len(body) > 250:  # noqa: PLR2004 - a paragraph
        return None
    if _MOTTO.search(bare(body)):
        return _framed(lines, index, cuts, ended=ended)
    if known_type(body) and cuts and _attaches(lines, index, cuts[-1], ended=ended):
        return _Cut(index, index, attached=True)
    return None


def _framed(lines: list[Line], index: int, cuts: list[_Cut], *, ended: bool) -> _Cut | None:
    """The document whose head holds the motto at ``index``."""
    start = _head_start(lines, index, cuts[-1].line + 1 if cuts else 0)
    if not cuts:
        return _Cut(0, start, attached=False)
    numbered = any(NUMBER.search(line.body) for line in lines[start : index + _NEAR])
    if not ended or index - cuts[-1].head < _NEAR:
        return None
    return _Cut(start, start, attached=not numbered)


def _head_start(lines: list[Line], index: int, floor: int) -> int:
    """The first line of the head whose motto stands at ``index``: back over issuer, number and subject."""
    start = index
    for at in range(index - 1, max(floor, index - _NEAR) - 1, -1):
        body = lines[at].body
        if ENDING.match(body) or is_post(body):
            break
        if is_upper(body) and is_body(body):
            start = at
        elif NUMBER.match(body) and at >= index - _NEAR:
            start = at
    return start


def _attaches(lines: list[Line], index: int, before: _Cut, *, ended: bool) -> bool:
    """Whether the type line at ``index`` begins a text issued with the document before it."""
    if index - before.head < 3:  # noqa: PLR2004 - the type line of the document itself
        return False
    following = lines[index + 1 : index + 9]
    if any(_ISSUED_WITH.match(line.body) for line in following):
        return index - before.head > 6 or ended  # noqa: PLR2004
    return ended and not lines[index].body.endswith(":")
