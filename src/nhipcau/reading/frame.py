"""The head of one document: its segments, its type line, and the lines below that hold the subject."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nhipcau.reading import dates, names
from nhipcau.reading.doctypes import leading_type
from nhipcau.reading.head import Segment, dates_joined, is_upper, segments
from nhipcau.reading.lines import loosened
from nhipcau.reading.tables.load import pattern
from nhipcau.reading.text import bare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhipcau.reading.lines import Line
    from nhipcau.reading.parts import Part

_HEAD_LINES = 45
_FEW = 3  # lines of a head that tell its spacing
_BOTH = 2  # number and day: what stands under them is the type line
_TYPE_WORDS = 6
_PARAGRAPH = 170  # characters of a line that belongs to a body


@dataclass(slots=True)
class Head:
    """What the head of one document holds: its segments up to the type line, and the lines after it."""

    text: str
    before: list[Segment] = field(default_factory=list)
    type: Segment | None = None
    rest: list[Line] = field(default_factory=list)  # the lines after the type line, or after number and day
    addressed: bool = False

    @property
    def framed(self) -> bool:
        """Whether the paper shows a frame: motto, number, type line or address; a news report has none."""
        return bool(
            self.type
            or self.addressed
            or self.first("number", "state_motto", "state_words", "party_motto", "union_motto")
        )

    def first(self, *roles: str) -> Segment | None:
        """The first segment before the type line that plays one of these parts."""
        return next((s for s in self.before if s.role in roles), None)


def read_head(text: str, part: Part) -> Head:
    """The head of a part: what stands before its body, cut at the type line where it has one."""
    lines = part.lines[part.head : part.head + _HEAD_LINES]
    head = Head(text)
    cut = segments(lines, text)
    for segment in cut:
        if segment.role == "type" and (is_upper(segment.body) or head.framed):
            head.type = segment
            head.rest = lines[segment.row + 1 :]
            head.before += _beside_type(segment, cut)
            break
        if segment.role == "addressed":
            head.addressed = True
            break
        if _is_body(segment):
            break
        head.before.append(segment)
    head.before = dates_joined(head.before)
    if _is_loose(head):
        head.rest = loosened(head.rest)
        head.before = [replace(one, line=loosened([one.line])[0]) for one in head.before]
    if head.type is None:
        _type_run_together(head, lines)
    if head.type is None:
        _type_unknown(head, lines)
    if head.type is None:
        last = max((one.row for one in head.before if one.role in {"number", "dated"}), default=len(lines))
        head.rest = lines[last + 1 :]
    return head


def _beside_type(typed: Segment, following: Iterator[Segment]) -> list[Segment]:
    """Number and day in the type line: "KẾ HOẠCH SỐ 25/KH-... NGÀY 12/4/2023", as sites title papers."""
    found: list[Segment] = []
    for segment in following:
        if segment.row != typed.row:
            break
        if segment.role in {"number", "dated"}:
            found.append(segment)
        elif found and any(True for _ in dates.iter_dates(segment.body)):
            found.append(Segment(segment.line, "dated", segment.row))
    return found


def _type_unknown(head: Head, lines: list[Line]) -> None:
    """A line in capitals where the type stands, in no table ("GIAO ƯỚC THI ĐUA"): a type all the same."""
    marks = [index for index, segment in enumerate(head.before) if segment.role in {"number", "dated"}]
    if len(marks) < _BOTH and not head.first("state_motto", "party_motto"):
        return
    for index in range(max(marks, default=len(head.before)) + 1, len(head.before)):
        segment = head.before[index]
        alone = sum(other.row == segment.row for other in head.before) == 1
        if (
            segment.role == "upper"
            and alone
            and not names.is_body(segment.body)
            and len(segment.body.split()) <= _TYPE_WORDS
        ):
            after = head.before[index + 1] if index + 1 < len(head.before) else None
            if after is None or after.role == "upper":
                return
            value = " ".join(segment.body.split()).capitalize()
            head.type = Segment(segment.line, "type", segment.row, value)
            head.rest = lines[segment.row + 1 :]
            head.before = head.before[:index]
            return


def _is_loose(head: Head) -> bool:
    """Whether every line of the head has an empty line above it, so that these part nothing."""
    typed = [head.type] if head.type else []
    first = {segment.row: segment.line.gap for segment in reversed([*head.before, *typed])}
    gaps = [gap for row, gap in sorted(first.items())][1:]
    return len(gaps) >= _FEW and min(gaps) > 0


def _is_body(segment: Segment) -> bool:
    if segment.role not in {"other", "upper"}:
        return False
    body = segment.body
    if segment.role == "upper" and body.startswith("-") and names.is_body(body):
        return False  # the second of two bodies in a letterhead: "- SỞ NGOẠI VỤ"
    return len(body) > _PARAGRAPH or bool(pattern("frame", "body").match(bare(body)))


def _type_run_together(head: Head, lines: list[Line]) -> None:
    """A type line that a converter ran together with the subject: "KẾ HOẠCH Tổ chức ngày hội ..."."""
    for index, segment in enumerate(head.before):
        found = leading_type(segment.body) if segment.role in {"upper", "other"} else None
        if found:
            name, length = found
            line = segment.line
            head.type = Segment(
                line._replace(end=line.start + length, body=line.body[:length]), "type", segment.row, name
            )
            tail = line.body[length:].lstrip()
            rest = line._replace(start=line.end - len(tail), body=tail)
            head.rest = [rest, *lines[segment.row + 1 :]]
            head.before = head.before[:index]
            return
