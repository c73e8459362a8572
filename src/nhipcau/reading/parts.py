"""Divides a file into the documents that it holds, each with its lines and the place of its head.

A second document begins at a second head or type line after the first one has ended (copies list, power of
the signer, "./."); a heading that is only quoted in the body divides nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nhipcau.reading.broken import rejoined
from nhipcau.reading.doctypes import known_type
from nhipcau.reading.furniture import role_of
from nhipcau.reading.head import NUMBER, is_upper
from nhipcau.reading.lines import Line, split
from nhipcau.reading.names import is_body, is_post
from nhipcau.reading.persons import person
from nhipcau.reading.tables.load import pattern
from nhipcau.reading.text import UPPER, bare

if TYPE_CHECKING:
    from nhipcau.reading.findings import Span

_MOTTO = re.compile(r"cong hoa xa hoi chu nghia|dang cong san viet nam|doc lap\W{1,5}tu do")
# Where a paper ends: the copies list, the power to sign, the closing mark.
COPIES = re.compile(
    r"[-\s]{0,3}(?:Nơi nhận|NƠI NHẬN|Nơi gửi|Nơi gởi|Noi nhận|Nơi nhân|Nơi nhậ)\b\s{0,3}[:;.]?\s{0,3}"
)
POWER = re.compile(
    r"(?:(?:T\s?/\s?M|K\s?/\s?T|T\s?/\s?L|T\s?/\s?UQ)\.?"
    r"|(?:T\.?M|K\.?T|T\.?L|T\.?U\.?Q|Q)(?:\.|(?<!Q)(?=\s)|(?<=UQ)(?=\s)))"
    rf"\s{{0,3}}(?=[{UPPER}]{{2}})"
)
_FIRST = frozenset("-NTKQ ")  # what the label of the copies list and the power to sign begin with
_ISSUED_WITH = re.compile(
    # "Ban hành kèm theo Quyết định này ..." stands in the decision itself.
    r"\(?\s?(?:được |đã )?(?:ban hành |phát hành |gửi )?(?:kèm theo|đính kèm)\b(?! (?:\w+ ){1,3}này\b)",
    re.IGNORECASE,
)
_FIRST_ARTICLE = re.compile(r"(?:Điều|ĐIỀU) \d")
_GROUNDS = re.compile(r"(?:[-* ]{0,3}can cu |[-_]{3,20}$|[ix]{1,4}[.-] )")
_TOP = 25  # lines among which a posted paper begins
_ANNEX = re.compile(r"(?:phu luc|mau|bieu|bang|danh (?:muc|sach))\b")
_TITLE = 9  # lines of a title, the remark under it included
_ABOVE = 80  # characters of a line that stands above no letterhead
_PARAGRAPH = 250  # characters of a line that is no part of a head
_OWN_TYPE = 3  # lines from the beginning within which a type line is the document's own
_NAME_BELOW = 2  # lines between a post and the name under it
_NEAR = 12  # lines between the parts of one head


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a file.

    ``head`` is the index in ``lines`` at which its head begins; ``copies`` and ``powers`` are the indices of
    lines that begin with the label of the copies list and with the power to sign. ``attached`` says that it
    was issued with the document before it.
    """

    span: Span
    lines: list[Line]
    head: int = 0
    attached: bool = False
    copies: tuple[int, ...] = ()
    powers: tuple[int, ...] = ()


def divide(plain: str, start: int = 0, end: int | None = None) -> tuple[Part, ...]:
    """The documents of ``plain[start:end]`` in order of appearance; one where nothing divides it."""
    whole = (start, len(plain) if end is None else end)
    lines = rejoined(split(plain, *whole), plain)
    if not lines:
        return (Part(whole, []),)
    cuts = _cuts(lines)
    parts = [_part(lines, cut, after) for cut, after in zip(cuts, [*cuts[1:], None], strict=True)]
    begins = [whole[0], *(_line_start(plain, part.lines[0].start) for part in parts[1:])]
    return tuple(
        replace(part, span=(begin, stop))
        for part, begin, stop in zip(parts, begins, [*begins[1:], whole[1]], strict=True)
    )


def ends(body: str) -> bool:
    """Whether a line shows that the paper ends here: label of the copies list, power to sign, "./."."""
    if body[0] in _FIRST and (COPIES.match(body) or POWER.match(body)):
        return True
    return body.endswith(("./.", "./", ".//.", './."', "./.”"), -6)


@dataclass(frozen=True, slots=True)
class _Cut:
    line: int
    head: int
    attached: bool


def _part(lines: list[Line], cut: _Cut, after: _Cut | None) -> Part:
    stop = after.line if after else len(lines)
    own = lines[cut.line : stop]
    ends = [index for index, line in enumerate(own) if line.body[0] in _FIRST]
    return Part(
        (0, 0),  # set by ``divide``, which knows where the next one begins
        own,
        cut.head - cut.line,
        cut.attached,
        copies=tuple(index for index in ends if COPIES.match(own[index].body)),
        powers=tuple(index for index in ends if POWER.match(own[index].body)),
    )


def _line_start(plain: str, offset: int) -> int:
    return plain.rfind("\n", 0, offset) + 1


def _cuts(lines: list[Line]) -> list[_Cut]:
    """Where each document begins; the first always at line 0, its head perhaps later."""
    cuts: list[_Cut] = []
    ended = False
    post = -_NEAR  # the last line that is a post
    for index, line in enumerate(lines):
        body = line.body
        if ends(body) or (index - post <= _NAME_BELOW and person(body)):
            ended = True
        elif is_upper_fast(body):
            cut = _cut_at(lines, index, cuts, ended=ended)
            if cut and (not cuts or cut.line > cuts[-1].line):
                cuts.append(cut)
                ended = False
            elif len(body) <= _PARAGRAPH and is_post(body):
                post = index
    if not cuts or cuts[0].line > 0:
        cuts.insert(0, _Cut(0, 0 if cuts else _posted(lines), attached=False))
    return cuts


def _posted(lines: list[Line]) -> int:
    """Where a paper begins that a site posts under its own words, its frame lost: at a type line in capitals.

    The grounds or the first heading under it tell that it is no rubric of the site.
    """
    top = lines[:_TOP]
    if not any(_of_a_site(line.body) for line in top):
        return 0
    for index, line in enumerate(top):
        if NUMBER.search(line.body):
            return 0  # a frame of a union, whose motto is none of the State's or the Party's
        if known_type(line.body) and is_upper(line.body):
            below = (bare(one.body) for one in lines[index + 1 : index + _TITLE])
            return index if any(_GROUNDS.match(body) for body in below) else 0
    return 0


def is_upper_fast(body: str) -> bool:
    """Whether a line may be in capitals: its first letters are; cheap, since every line is asked."""
    return body[:3].isupper() or (body[:1].isupper() and body[1:2] in " ." and is_upper(body))


def _cut_at(lines: list[Line], index: int, cuts: list[_Cut], *, ended: bool) -> _Cut | None:
    body = lines[index].body
    if len(body) > _PARAGRAPH:
        return None
    if _MOTTO.search(bare(body)):
        return _framed(lines, index, cuts, ended=ended)
    if not known_type(body):
        return _Cut(index, index, attached=True) if ended and _untyped(lines, index) else None
    if cuts or (ended and _issued_with(lines, index)):
        before = cuts[-1] if cuts else _Cut(0, 0, attached=False)
        return _Cut(index, index, attached=True) if _attaches(lines, index, before, ended=ended) else None
    return None


def _issued_with(lines: list[Line], index: int) -> bool:
    """Whether the lines under a title say with what paper it was issued."""
    for line in lines[index + 1 : index + _TITLE]:
        if _ISSUED_WITH.match(line.body):
            return True
        if pattern("frame", "body").match(bare(line.body)):
            return False
    return False


def _untyped(lines: list[Line], index: int) -> bool:
    """Whether a title begins here whose type line went lost: capitals down to "(Ban hành kèm theo ...)".

    An annex is no document of its own.
    """
    if _ANNEX.match(bare(lines[index].body)):
        return False
    for line in lines[index + 1 : index + _TITLE]:
        if line.body.startswith("("):
            return bool(_ISSUED_WITH.match(line.body))
        if not is_upper(line.body):
            return False
    return False


def _decides(lines: list[Line], index: int) -> bool:
    """Whether "QUYẾT ĐỊNH:" stands over the decision's own first article and begins no other text."""
    after = lines[index + 1].body if index + 1 < len(lines) else ""
    operative = bare(lines[index].body).startswith(("quyet", "nghi quyet"))
    return operative and bool(_FIRST_ARTICLE.match(after))


def _framed(lines: list[Line], index: int, cuts: list[_Cut], *, ended: bool) -> _Cut | None:
    """The document whose head holds the motto at ``index``."""
    if not cuts and not ended:
        start = _head_start(lines, index, 0)
        posted = index >= _NEAR or any(_of_a_site(line.body) for line in lines[:start])
        return _Cut(0, start if posted else 0, attached=False)
    start = _head_start(lines, index, cuts[-1].line + 1 if cuts else 0)
    if not cuts:
        return _Cut(start, start, attached=False)
    numbered = any(NUMBER.search(line.body) for line in lines[start : index + _NEAR])
    if not ended or index - cuts[-1].head < _NEAR:
        return None
    return _Cut(start, start, attached=not numbered)


def _of_a_site(body: str) -> bool:
    """Whether a line above a letterhead is what a site prints there: its title, its card of the paper."""
    return len(body) > _ABOVE or role_of(body, ("card", "masthead", "line")) is not None


def _head_start(lines: list[Line], index: int, floor: int) -> int:
    """The first line of the head whose motto stands at ``index``: back over issuer, number and subject."""
    start = index
    for at in range(index - 1, max(floor, index - _NEAR) - 1, -1):
        body = lines[at].body
        if ends(body) or is_post(body):
            break
        if (is_upper(body) and is_body(body)) or (NUMBER.match(body) and at >= index - _NEAR):
            start = at
    return start


def _attaches(lines: list[Line], index: int, before: _Cut, *, ended: bool) -> bool:
    """Whether the type line at ``index`` begins a text issued with the document before it."""
    if index - before.head < _OWN_TYPE or _decides(lines, index):
        return False
    if _issued_with(lines, index):
        return index - before.head > 2 * _OWN_TYPE or ended
    return ended and not lines[index].body.endswith(":")
