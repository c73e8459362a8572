"""The order of the work: bytes to text, text to documents, documents to findings."""

from __future__ import annotations

from nhipcau.reading import text as texts
from nhipcau.reading.findings import Document, Reading, Source
from nhipcau.reading.heading import read_head, read_header
from nhipcau.reading.kinds import read_kind
from nhipcau.reading.parts import Part, divide


def read_text(raw: str, source: Source) -> Reading:
    """Read a text that was already taken out of its file. Spans count code points of ``Reading.text``."""
    text = texts.normalise(raw)
    plain = texts.matching(text)
    documents: list[Document] = []
    for part in divide(plain):
        documents.append(_read_part(text, plain, part, documents[-1] if documents else None))
    return Reading(source, text, tuple(documents))


def _read_part(text: str, plain: str, part: Part, before: Document | None) -> Document:
    """The findings of one document; an attached one is of the kind of the paper that it came with."""
    header = read_header(text, plain, part)
    kind = before.kind if part.attached and before else read_kind(read_head(text, part), header)
    return Document(kind, part.span, header)
