"""What an expected reading holds, as plain values; the words that the contract allows.

Names and meanings follow `reading.schema.json`; a finding's span is half-open, in code points
of the normalised text.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int]

KINDS = frozenset({"state", "party", "front", "news", "other"})
URGENCIES = frozenset({"khẩn", "thượng khẩn", "hỏa tốc"})
BOUNDS = frozenset({"exact", "about", "almost", "over", "at_least", "at_most"})
RELATIONS = frozenset(
    {"basis", "implements", "guides", "replaces", "amends", "forwards", "attached_to", "mentions"},
)
ANOMALIES = frozenset(
    {
        "cited_after_citing",
        "date_conflict",
        "impossible_date",
        "number_reused",
        "unknown_type",
        "sum_mismatch",
        "missing_component",
    },
)
HEADER_TEXTS = (
    "issuer",
    "parent_issuer",
    "number",
    "type",
    "date",
    "place",
    "subject",
    "signer",
    "signer_title",
    "author",
    "urgency",
)


@dataclass(frozen=True, slots=True)
class ExpectedHeader:
    """What the paper prints of itself; None where it prints nothing."""

    issuer: str | None = None
    parent_issuer: str | None = None
    number: str | None = None
    type: str | None = None
    date: str | None = None
    place: str | None = None
    subject: str | None = None
    signer: str | None = None
    signer_title: str | None = None
    author: str | None = None
    urgency: str | None = None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExpectedCitation:
    """A mention of a document; `relation` is None where the writer left it open."""

    span: Span
    surface: str
    type: str | None
    number: str | None
    date: str | None
    partial: bool
    relation: str | None


@dataclass(frozen=True, slots=True)
class ExpectedFigure:
    """A stated figure; `value` in base units."""

    span: Span
    surface: str
    value: float
    unit: str | None
    bound: str


@dataclass(frozen=True, slots=True)
class ExpectedDeadline:
    """A day by which work is due: a date, or a rule (RFC 5545) where it comes again."""

    span: Span
    surface: str
    date: str | None
    recurs: str | None


@dataclass(frozen=True, slots=True)
class ExpectedAssignment:
    """Work given to a body: who leads, who supports; the span is the clause."""

    span: Span
    surface: str
    lead: str | None
    supporting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpectedAnomaly:
    """What cannot be right; `span` is one of the places that show it."""

    span: Span
    surface: str
    code: str


@dataclass(frozen=True, slots=True)
class ExpectedDocument:
    """One document of a file, with all that is to be found in it, in order of appearance."""

    kind: str
    span: Span
    header: ExpectedHeader
    citations: tuple[ExpectedCitation, ...] = ()
    figures: tuple[ExpectedFigure, ...] = ()
    deadlines: tuple[ExpectedDeadline, ...] = ()
    assignments: tuple[ExpectedAssignment, ...] = ()
    anomalies: tuple[ExpectedAnomaly, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """One file of the corpus with its expected reading; `text` is normalised, `path` holds the raw bytes."""

    batch: str
    slug: str
    path: Path
    text: str
    note: str
    documents: tuple[ExpectedDocument, ...]
