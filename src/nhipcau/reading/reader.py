"""The order of the work: bytes to text, text to documents, documents to findings."""

from __future__ import annotations

from nhipcau.reading import text as texts
from nhipcau.reading.findings import Document, Header, Reading, Source


def read_text(raw: str, source: Source) -> Reading:
    """Read a text that was already taken out of its file. Spans count code points of ``Reading.text``."""
    text = texts.normalise(raw)
    return Reading(source, text, (Document("other", (0, len(text)), Header()),))
