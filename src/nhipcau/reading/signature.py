"""Who signed: the post without the power (T/M, KT., TL.), and the name; the body under an attached text."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from nhipcau.reading import names
from nhipcau.reading.findings import Found
from nhipcau.reading.head import is_upper
from nhipcau.reading.parts import POWER
from nhipcau.reading.persons import person
from nhipcau.reading.subject import as_found
from nhipcau.reading.tail import Piece

if TYPE_CHECKING:
    from nhipcau.reading.lines import Line
    from nhipcau.reading.parts import Part

_LONGEST = 120  # characters of the name of a body
_MOST_TITLE = 3  # lines of one post


def read_signature(pieces: list[Piece]) -> tuple[Found | None, Found | None]:
    """The signer and his post from the pieces of a paper's end; either may be None."""
    title: list[Line] = []
    opened = False
    pieces = _right_column(_of_the_right(pieces))
    for index, piece in enumerate(pieces):
        if piece.role == "power":
            opened, title = True, _post_of(piece)
        elif piece.role == "post":
            title = [*title, piece.line] if title and _same_post(title, piece) else [piece.line]
            opened = True
        elif piece.role == "upper":
            name = person(piece.body, capitals=True) if opened else None
            if name and (title and (piece.line.gap > 0 or names.has_surname(piece.body))):
                return _signer(piece, name), _title(title)
            if title and piece.line.gap == 0 and len(title) < _MOST_TITLE:
                title.append(piece.line)
        elif piece.role == "person" and (opened or _stands_alone(pieces, index)):
            name = person(piece.body)
            if name:
                return _signer(piece, name), _title(title)
    return None, _title(title)


def _of_the_right(pieces: list[Piece]) -> list[Piece]:
    """The pieces of a paper that two sign, without the power and the posts of the left one.

    "TM. BAN THƯỜNG VỤ      GIÁM ĐỐC SỞ" stands over "BÍ THƯ" and two names: the right one's post is above.
    """
    twice = [
        after.row
        for piece, after in pairwise(pieces)
        if piece.row == after.row and piece.role == after.role == "person"
    ]
    for index, (piece, after) in enumerate(pairwise(pieces)):
        if twice and piece.row == after.row < twice[-1] and (piece.role, after.role) == ("power", "post"):
            below = [one for one in pieces[index + 2 :] if one.role != "post" or one.row > twice[-1]]
            return [*pieces[:index], after, *below]
    return pieces


def _right_column(pieces: list[Piece]) -> list[Piece]:
    """The pieces without those that have their like to the right: the signer stands on the right."""
    kept = []
    for index, piece in enumerate(pieces):
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        beside = after is not None and after.row == piece.row and after.role == piece.role
        if not (beside and piece.role in {"post", "person"}):
            kept.append(piece)
    return kept


def _post_of(piece: Piece) -> list[Line]:
    """The post after the power in one line: "KT. CHỦ TỊCH" (the next line may hold the signer's own)."""
    match = POWER.match(piece.body)
    shift = match.end() if match else 0
    body = piece.body[shift:]
    line = piece.line
    return [line._replace(start=line.start + shift, body=body)] if names.is_post(body) else []


def _same_post(title: list[Line], piece: Piece) -> bool:
    """Whether a post line goes on with the one above: "ỦY VIÊN BAN THƯỜNG VỤ, / TRƯỞNG BAN TUYÊN GIÁO"."""
    above = title[-1].body.rstrip()
    return above.endswith((",", "-", "KIÊM")) and piece.line.gap == 0


def _signer(piece: Piece, name: str) -> Found:
    start = piece.line.start + piece.body.index(name)
    return Found(names.person_case(" ".join(name.split())), (start, start + len(name)))


def _title(title: list[Line]) -> Found | None:
    found = as_found("", ((line.start, line.end) for line in title), [line.body for line in title])
    return found and Found(names.normal_case(found.value.rstrip(" ,.;:")), found.span)


def _stands_alone(pieces: list[Piece], index: int) -> bool:
    """Whether a name without a post may be the signer's: after the copies list, or the last line."""
    if any(piece.role in {"copies", "item"} for piece in pieces[:index]) and pieces[index].line.gap > 0:
        return True
    return index >= len(pieces) - 2 and names.has_surname(pieces[index].body)


def read_author(text: str, part: Part) -> Found | None:
    """The body whose name stands under the end of an attached text, in normal case."""
    taken: list[Line] = []
    for line in reversed(part.lines[-4:]):
        if not is_upper(line.body) or len(line.body) > _LONGEST:
            break
        taken.insert(0, line)
        if names.is_body(line.body):
            found = as_found(text, ((one.start, one.end) for one in taken))
            return found and Found(names.normal_case(found.value), found.span)
    return None
