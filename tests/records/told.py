"""A text that tells its own reading: ``@doc key=value; ...`` begins a document, ``@cite ...`` cites.

Keys of a document are header fields and ``kind``; of a citation type, number, date, issuer, relation, partial
and repeats (the index of the full one).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nhipcau.reading.chain import ChainPaper, Edge, End
from nhipcau.reading.findings import Anomaly, Citation, Document, Found, Header, Reading, Source


def read_told(raw: str, source: Source) -> Reading:
    """Read a told text; a text without ``@doc`` is one document that prints nothing."""
    documents: list[Document] = []
    place = 0
    for line in raw.splitlines(keepends=True):
        span = (place, place + len(line))
        place = span[1]
        if line.startswith("@doc"):
            documents.append(_document(_values(line), span))
        elif line.startswith("@cite") and documents:
            documents[-1] = _citing(documents[-1], _citation(line.strip(), _values(line), span))
        elif documents:
            documents[-1] = _longer(documents[-1], span[1])
    return Reading(source, raw, tuple(documents) or (Document("other", (0, len(raw)), Header()),))


def edges_told(papers: Sequence[ChainPaper]) -> tuple[Edge, ...]:
    """One edge for each citation that says more than "mentions"."""
    return tuple(
        Edge(
            derived=End(None, None, None, paper.file, part=paper.part),
            source=End(citation.number, citation.date, citation.issuer, None, citation.type),
            relation=citation.relation,
            strength="printed",
            reason=citation.surface,
            span=citation.span,
            told_in=paper.file,
            told_part=paper.part,
        )
        for paper in papers
        for citation in paper.document.citations
        if citation.relation != "mentions"
    )


def doc(**values: str) -> str:
    """The line that begins a document."""
    return _line("@doc", values)


def cite(**values: str) -> str:
    """The line of a citation."""
    return _line("@cite", values)


def _line(word: str, values: dict[str, str]) -> str:
    return f"{word} " + "; ".join(f"{key}={value}" for key, value in values.items()) + "\n"


def _values(line: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in line.partition(" ")[2].strip().split("; "))
    return {key: value for key, _equals, value in pairs if key}


def _document(values: dict[str, str], span: tuple[int, int]) -> Document:
    kind: Any = values.pop("kind", "party")
    warning = values.pop("warning", "")
    header: dict[str, Any] = {key: Found(value, span) for key, value in values.items()}
    anomalies = (Anomaly("missing_component", warning, (span,)),) if warning else ()
    return Document(kind, span, Header(**header), anomalies=anomalies)


def _citation(surface: str, values: dict[str, str], span: tuple[int, int]) -> Citation:
    relation: Any = values.get("relation", "mentions")
    repeats = values.get("repeats")
    return Citation(
        span=span,
        surface=surface,
        type=values.get("type"),
        number=values.get("number"),
        date=values.get("date"),
        issuer=values.get("issuer"),
        partial="partial" in values,
        relation=relation,
        refers_to=int(repeats) if repeats else None,
    )


def _citing(document: Document, citation: Citation) -> Document:
    return Document(
        document.kind,
        (document.span[0], citation.span[1]),
        document.header,
        citations=(*document.citations, citation),
        anomalies=document.anomalies,
    )


def _longer(document: Document, end: int) -> Document:
    return Document(
        document.kind,
        (document.span[0], end),
        document.header,
        citations=document.citations,
        anomalies=document.anomalies,
    )
