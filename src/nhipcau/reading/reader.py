"""The order of the work: bytes to text, text to documents, documents to findings."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from nhipcau.reading import secrecy
from nhipcau.reading import text as texts
from nhipcau.reading.anomalies import find_anomalies
from nhipcau.reading.assignments import find_assignments
from nhipcau.reading.citations import find_citations
from nhipcau.reading.deadlines import find_deadlines
from nhipcau.reading.figures import find_figures
from nhipcau.reading.findings import Document, Header, MarkedError, Reading, Source, UnreadableError
from nhipcau.reading.formats.opening import open_file
from nhipcau.reading.formats.plain import refuse_table
from nhipcau.reading.frame import read_head
from nhipcau.reading.furniture import find_furniture
from nhipcau.reading.heading import read_header
from nhipcau.reading.kinds import read_kind
from nhipcau.reading.news import read_news, unframed_kind
from nhipcau.reading.parts import Part, divide
from nhipcau.reading.structure import read_sections
from nhipcau.reading.tail import tail_begin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhipcau.reading.findings import Kind, Span
    from nhipcau.reading.formats.opened import Opened
    from nhipcau.reading.frame import Head

_BETWEEN = "\n\n"  # between the texts of the files of a container


def read_bytes(data: bytes, name: str) -> Reading:
    """Read one file; of a container (ZIP, edXML message) all the files in it, one after the other.

    Raises MarkedError where anything in it bears a secrecy mark, before anything else is done with it, and
    UnreadableError with one Vietnamese sentence where it cannot be read.
    """
    # The name is looked at first: a marked file that cannot be opened is refused for its mark.
    mark = secrecy.in_name(name)
    if mark:
        raise MarkedError(mark)
    opened = open_file(data, name)
    mark = secrecy.of_file(opened, name)
    if mark:
        raise MarkedError(mark)
    # Only now: a marked table is refused for its mark.
    refuse_table(opened, name)
    leaves = tuple(_leaves(name, opened))
    source = Source(
        name,
        opened.media_type,
        len(data),
        hashlib.sha256(data).hexdigest(),
        pages=opened.pages,
        ocr=any(leaf.ocr for _, leaf in leaves),
        unread_pictures=any(leaf.has_unread_pictures for _, leaf in leaves),
        left_out=tuple(_left_out(name, opened)),
    )
    written = [leaf.text for _, leaf in leaves if leaf.text.strip()]
    if not written and opened.members:
        raise _first_error(opened)
    return read_texts(written or [opened.text], source)


def _leaves(name: str, opened: Opened) -> Iterator[tuple[str, Opened]]:
    """A file and every file in it, however deep, with their names."""
    yield name, opened
    for member in opened.members:
        if member.opened:
            yield from _leaves(f"{name}/{member.name}", member.opened)


def _left_out(name: str, opened: Opened) -> Iterator[str]:
    """The files of a container that could not be read, with the reason."""
    for member in opened.members:
        if member.error:
            yield f"{name}/{member.name}: {member.error}"
        elif member.opened:
            yield from _left_out(f"{name}/{member.name}", member.opened)


def _first_error(opened: Opened) -> UnreadableError:
    """Why nothing of a container could be read."""
    errors = (member.error for _name, leaf in _leaves("", opened) for member in leaf.members if member.error)
    return next(errors, UnreadableError("empty", "Tệp nén không chứa văn bản nào đọc được."))


def read_text(raw: str, source: Source) -> Reading:
    """Read a text that was already taken out of its file. Spans count code points of ``Reading.text``."""
    return read_texts([raw], source)


def read_texts(raws: Sequence[str], source: Source) -> Reading:
    """Read the texts of one file, each of which holds one or more documents; their texts are joined."""
    pieces = [texts.normalise(raw) for raw in raws]
    text = _BETWEEN.join(pieces)
    plain = texts.matching(text)
    documents: list[Document] = []
    start = 0
    for piece in pieces:
        end = start + len(piece)
        for part in divide(plain, start, end):
            documents.append(_read_part(text, plain, part, documents[-1] if documents else None))
        start = end + len(_BETWEEN)
    return Reading(source, text, tuple(documents))


def _read_part(text: str, plain: str, part: Part, before: Document | None) -> Document:
    """The findings of one document; an attached one is of the kind of the paper that it came with."""
    head = read_head(text, part)
    kind, header = _read_frame(text, part, head, before)
    body_end = tail_begin(part) if part.copies or part.powers else None
    furniture = find_furniture(text, part.lines, news=kind == "news", body_end=body_end)
    issued = header.date.value if header.date else None
    deadlines = find_deadlines(text, plain, part.span, furniture=furniture, issued=issued)
    document = Document(
        kind,
        part.span,
        header,
        sections=read_sections(text, part, header, furniture=furniture),
        citations=find_citations(text, plain, part.span, header=header, kind=kind, furniture=furniture),
        figures=find_figures(text, plain, part.span, furniture=furniture),
        deadlines=deadlines,
        assignments=find_assignments(
            text,
            plain,
            _body_span(part, header, body_end),
            furniture=furniture,
            deadlines=deadlines,
            kind=kind,
        ),
    )
    framed = any(segment.role.endswith("motto") for segment in head.before)
    anomalies = find_anomalies(
        text, plain, document, framed=framed, attached=part.attached, furniture=furniture
    )
    return replace(document, anomalies=anomalies)


def _body_span(part: Part, header: Header, body_end: int | None) -> Span:
    """A document without head and end: the bodies that it is addressed to are given no work there."""
    start, end = part.span
    if body_end is not None and body_end < len(part.lines):
        end = part.lines[body_end].start
    found = (header.number, header.type, header.subject, *header.recipients)
    return max((one.span[1] for one in found if one and one.span[1] < end), default=start), end


def _read_frame(text: str, part: Part, head: Head, before: Document | None) -> tuple[Kind, Header]:
    if part.attached and before:
        return before.kind, read_header(text, part, head)
    if head.framed:
        header = read_header(text, part, head)
        return read_kind(part, head, header), header
    kind = unframed_kind(part)
    return kind, read_news(text, part) if kind == "news" else Header()
