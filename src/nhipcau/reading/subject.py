"""Trích yếu: what a document is about, as printed under its type line or, in a dispatch, under its number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.reading.doctypes import known_type
from nhipcau.reading.findings import Found
from nhipcau.reading.head import is_upper
from nhipcau.reading.names import is_body, is_post
from nhipcau.reading.parts import ends
from nhipcau.reading.tables.load import pattern
from nhipcau.reading.text import UPPER, bare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.reading.findings import Span
    from nhipcau.reading.lines import Line

_LONGEST = 12  # lines
_BY_WHOM = re.compile(rf"CỦA\s[{UPPER}]{{2}}")
_RULE = re.compile(r"[\W_]+")
_STOPS = ".:;,!"
_HANGING = re.compile(r" (?:cua|va|voi|giua|thuoc|cho|ve|tai|do)$")
_PARAGRAPH = 230  # characters in one line: a paragraph, not a title


def _ends(line: Line, taken: list[Line], following: list[Line]) -> bool:
    """Whether a line no longer belongs to the subject whose lines are ``taken``."""
    body, plain = line.body, bare(line.body)
    if _RULE.fullmatch(body) or ends(body) or known_type(body) or pattern("frame", "body").match(plain):
        return True
    if pattern("frame", "beneath_subject").match(plain):
        return True
    if _HANGING.search(bare(taken[-1].body)):
        return False  # "... QUYỀN HẠN CỦA / SỞ NGOẠI VỤ"
    if is_upper(body) and (is_body(body) or is_post(body)) and _gives_grounds(following):
        return True  # who decides, in a line of its own: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"
    above = taken[-1]
    if is_upper(body) and not is_upper(above.body):
        return True
    if body[:1].islower() or above.body[-1] in ",–-":
        return len(body) > _PARAGRAPH
    if line.gap > 0 or above.body[-1] in ".;:":
        return True
    if len(body) > _PARAGRAPH or body.rstrip()[-1:] in ".;:":
        return True
    return not is_upper(body) and _begins_body(line, following)


def _begins_body(line: Line, following: list[Line]) -> bool:
    """Whether a sentence begins here: with the words of a beginning, or with the body that speaks."""
    run = _run(line, following)
    if run[-1].body.rstrip()[-1:] not in _STOPS:
        return False
    if pattern("frame", "opening").match(bare(line.body)):
        return True
    later = (pattern("frame", "opening").match(bare(one.body)) for one in run[1:] if one.body[:1].isupper())
    return is_body(line.body) and not any(later)


def _gives_grounds(following: list[Line]) -> bool:
    """Whether the grounds of a decision begin within two lines."""
    return any(
        bare(line.body[:12]).lstrip("-* ").startswith(("can cu", "xet ", "theo ")) for line in following[:2]
    )


def _run(line: Line, following: list[Line]) -> list[Line]:
    """The lines from one to where its sentence, its paragraph or the rule under a subject ends."""
    run = [line]
    for after in following:
        if _stops(run[-1], after) or after.gap > 0 or _RULE.fullmatch(after.body):
            break
        if pattern("frame", "body").match(bare(after.body[:20])):
            break
        run.append(after)
    return run


def _stops(line: Line, after: Line) -> bool:
    """Whether a sentence ends with a line; after a comma a small letter goes on with it."""
    last = line.body.rstrip()[-1:]
    return last in _STOPS and not (last == "," and after.body[:1].islower())


def subject_lines(lines: list[Line]) -> list[Line]:
    """The lines of a subject that begins at the first line; [] where no subject stands there."""
    if not lines:
        return []
    first = lines[0]
    plain = bare(first.body)
    if (
        _RULE.fullmatch(first.body)
        or pattern("frame", "body").match(plain)
        or pattern("frame", "beneath_subject").match(plain)
        or ends(first.body)
    ):
        return []
    if is_upper(first.body) and is_body(first.body) and _gives_grounds(lines[1:]):
        return []
    if (
        _BY_WHOM.match(first.body)
        and lines[1:]
        and (not is_upper(lines[1].body) or bare(lines[1].body).startswith("ve "))
    ):
        # "NGHỊ QUYẾT / CỦA BAN CHẤP HÀNH ĐẢNG BỘ TỈNH / về ...": who issues it is no part of the subject.
        return subject_lines(lines[1:])
    taken = [first]
    for index, line in enumerate(lines[1:_LONGEST], start=2):
        if _ends(line, taken, lines[index:]):
            break
        taken.append(line)
    return taken


def as_found(text: str, spans: Iterable[Span], printed: list[str] | None = None) -> Found | None:
    """What is printed at some places, in order, as one value with single blanks; None where there is none.

    ``printed`` gives the pieces themselves where they are not simply ``text`` at those places.
    """
    places = list(spans)
    if not places:
        return None
    pieces = printed if printed is not None else [text[start:end] for start, end in places]
    return Found(" ".join(filter(None, map(clean, pieces))), (places[0][0], places[-1][1]))


_MARKS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|\\(?=[*_#-])|[\u200b-\u200d\u00ad\ufeff]")


_LETTERS = str.maketrans("ÐƉð", "ĐĐđ")  # look-alikes of other alphabets
_ODD = re.compile(r"[*_\\\u200b-\u200d\u00ad\ufeffÐƉð]")


def clean(piece: str) -> str:
    """A printed piece without converters' marks and doubled blanks, look-alikes of Đ set right."""
    if _ODD.search(piece):  # of most pieces nothing but blanks is to be set right
        piece = _MARKS.sub("", piece).translate(_LETTERS)
    return " ".join(piece.split())
