"""A reading in the words of the contract ``nhipcau.reading.v1``, ready for ``json.dumps``."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from nhipcau.reading.findings import Found, Header

if TYPE_CHECKING:
    from nhipcau.reading.findings import (
        Anomaly,
        Assignment,
        Citation,
        Deadline,
        Document,
        Figure,
        Reading,
        Section,
        Source,
    )

SCHEMA = "nhipcau.reading.v1"


def as_contract(reading: Reading) -> dict[str, Any]:
    """The object that ``nhipcau read --format json`` prints: plain dicts, lists, strings and numbers."""
    return {
        "schema": SCHEMA,
        "source": _source(reading.source),
        "text": reading.text,
        "documents": [_document(document) for document in reading.documents],
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "name": source.name,
        "media_type": source.media_type,
        "bytes": source.bytes,
        "sha256": source.sha256,
        "pages": source.pages,
        "ocr": source.ocr,
    }


def _document(document: Document) -> dict[str, Any]:
    return {
        "kind": document.kind,
        "span": list(document.span),
        "header": _header(document.header),
        "sections": [_section(item) for item in document.sections],
        "citations": [_citation(item) for item in document.citations],
        "figures": [_figure(item) for item in document.figures],
        "deadlines": [_deadline(item) for item in document.deadlines],
        "assignments": [_assignment(item) for item in document.assignments],
        "anomalies": [_anomaly(item) for item in document.anomalies],
    }


def _found(found: Found | None) -> dict[str, Any] | None:
    return None if found is None else {"value": found.value, "span": list(found.span)}


def _header(header: Header) -> dict[str, Any]:
    """Every field of the header; ``secrecy`` is always null, since a marked paper yields no reading."""
    result: dict[str, Any] = {}
    for field in fields(Header):
        value = getattr(header, field.name)
        result[field.name] = _found(value) if isinstance(value, Found) else value
    result["recipients"] = [_found(found) for found in header.recipients]
    result["secrecy"] = None
    return result


def _section(section: Section) -> dict[str, Any]:
    return {
        "span": list(section.span),
        "depth": section.depth,
        "label": section.label,
        "title": section.title,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "span": list(citation.span),
        "surface": citation.surface,
        "type": citation.type,
        "number": citation.number,
        "date": citation.date,
        "issuer": citation.issuer,
        "partial": citation.partial,
        "refers_to": citation.refers_to,
        "relation": citation.relation,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "span": list(figure.span),
        "surface": figure.surface,
        "value": _plain(figure.value),
        "unit": figure.unit,
        "what": figure.what,
        "bound": figure.bound,
        "period": None if figure.period is None else list(figure.period),
    }


def _plain(value: float) -> float | int:
    """Whole values as integers, so that 33000000 is not printed as 33000000.0."""
    return int(value) if float(value).is_integer() else value


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "span": list(deadline.span),
        "surface": deadline.surface,
        "date": deadline.date,
        "recurs": deadline.recurs,
    }


def _assignment(assignment: Assignment) -> dict[str, Any]:
    return {
        "span": list(assignment.span),
        "task": assignment.task,
        "lead": assignment.lead,
        "supporting": list(assignment.supporting),
        "deadline": assignment.deadline,
    }


def _anomaly(anomaly: Anomaly) -> dict[str, Any]:
    return {
        "code": anomaly.code,
        "message": anomaly.message,
        "spans": [list(span) for span in anomaly.spans],
    }
