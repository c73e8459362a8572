"""What the reader finds: immutable values, each with its span in the text.

A span is ``(start, end)``, half-open, counted in Unicode code points of ``Reading.text``
(contract ``nhipcau.reading.v1``). A value that the paper does not give is ``None``, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]
Kind = Literal["state", "party", "front", "news", "other"]
Relation = Literal[
    "basis", "implements", "guides", "replaces", "amends", "forwards", "attached_to", "mentions"
]
Bound = Literal["exact", "about", "almost", "over", "at_least", "at_most"]
Urgency = Literal["khẩn", "thượng khẩn", "hỏa tốc"]
Mark = Literal["mật", "tối mật", "tuyệt mật"]
AnomalyCode = Literal[
    "cited_after_citing",
    "date_conflict",
    "impossible_date",
    "number_reused",
    "unknown_type",
    "sum_mismatch",
    "missing_component",
]


@dataclass(frozen=True, slots=True)
class Found:
    """A value read from the paper, and where it stands."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Header:
    """What the document prints of itself; ``None`` where it prints nothing. Dates are ISO 8601."""

    issuer: Found | None = None
    parent_issuer: Found | None = None
    number: Found | None = None
    type: Found | None = None
    date: Found | None = None
    place: Found | None = None
    subject: Found | None = None
    signer: Found | None = None
    signer_title: Found | None = None
    recipients: tuple[Found, ...] = ()
    urgency: Urgency | None = None
    author: Found | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A structural unit: ``label`` as printed (I, 1.2, a), Điều 5, -), ``depth`` from 1."""

    span: Span
    depth: int
    label: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of a document. ``refers_to`` is the index of the full citation a partial one repeats."""

    span: Span
    surface: str
    type: str | None
    number: str | None
    date: str | None
    issuer: str | None
    partial: bool
    relation: Relation = "mentions"
    refers_to: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A count or amount stated as a fact, in base units; ``period`` is a pair of ISO dates."""

    span: Span
    surface: str
    value: float
    unit: str | None
    what: str | None
    bound: Bound
    period: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which work is due; ``recurs`` is an RFC 5545 rule for recurring ones."""

    span: Span
    surface: str
    date: str | None
    recurs: str | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Work that the text gives to a body; ``deadline`` is an index in the document's deadlines."""

    span: Span
    task: str
    lead: str | None
    supporting: tuple[str, ...]
    deadline: int | None


@dataclass(frozen=True, slots=True)
class Anomaly:
    """What cannot be right on the paper's own showing; ``message`` is one Vietnamese sentence."""

    code: AnomalyCode
    message: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a file. A file may hold several (a dispatch and the outline issued with it)."""

    kind: Kind
    span: Span
    header: Header
    sections: tuple[Section, ...] = ()
    citations: tuple[Citation, ...] = ()
    figures: tuple[Figure, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The file that was read; ``pages`` is ``None`` where the format has none.

    ``unread_pictures``: a first page holds a picture that nobody could read: a person must look for a mark.
    ``left_out``: members of a container that could not be read, each as "name: Vietnamese sentence".
    """

    name: str
    media_type: str
    bytes: int
    sha256: str
    pages: int | None = None
    ocr: bool = False
    unread_pictures: bool = False
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one file: its whole text in NFC, and its documents in order of appearance."""

    source: Source
    text: str
    documents: tuple[Document, ...]


class UnreadableError(Exception):
    """A file that cannot be read; the message is one Vietnamese sentence for a clerk.

    ``code`` is a short stable name ("empty", "encrypted", "zip_bomb", ...) by which the command line
    chooses its English sentence.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class MarkedError(Exception):
    """A file that bears a secrecy mark; nothing of it may be kept, only the mark."""

    def __init__(self, mark: Mark) -> None:
        super().__init__(mark)
        self.mark: Mark = mark
