"""Mentions of documents: whole ("Chỉ thị số 07-CT/HU ngày 15/4/2034"), short ("Chỉ thị 07"), by type and day.

``scan`` finds those that hang on a digit, ``congresses`` the rest; ``relations`` says what a citation is to
its document, ``repeats`` which whole one a short one repeats.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from nhipcau.reading import relations
from nhipcau.reading.congresses import find_congresses
from nhipcau.reading.findings import Citation, Header, Kind, Span
from nhipcau.reading.repeats import point
from nhipcau.reading.scan import Scan


def _outside(citations: Sequence[Citation], spans: Sequence[Span]) -> list[Citation]:
    """The citations that overlap none of the sorted, disjoint spans."""
    if not spans:
        return list(citations)
    starts = [start for start, _ in spans]
    kept = []
    for citation in citations:
        index = bisect_right(starts, citation.span[1] - 1) - 1
        if index < 0 or spans[index][1] <= citation.span[0]:
            kept.append(citation)
    return kept


def _merged(first: list[Citation], second: list[Citation]) -> list[Citation]:
    """Both in order of the text; where two overlap, the one of ``first`` stays."""
    taken = _outside(second, [citation.span for citation in first])
    return sorted([*first, *taken], key=lambda citation: citation.span)


def find_citations(
    text: str,
    plain: str,
    span: Span | None = None,
    *,
    header: Header | None = None,
    kind: Kind = "other",
    furniture: Sequence[Span] = (),
) -> tuple[Citation, ...]:
    """Every mention of a document in ``text[span]``, in order, with relation and ``refers_to``.

    ``plain`` is ``matching(text)``. Left out: the document's own number where its frame prints it
    (``header.number``), and what lies in ``furniture`` (sorted spans).
    """
    area = span or (0, len(text))
    found = _merged(list(Scan(text, plain, area).run()), find_congresses(text, plain, area))
    own = header.number.span if header and header.number else None
    found = _outside(_outside(found, furniture), [own] if own else [])
    told = relations.tell(plain, area, found, header=header, kind=kind)
    return tuple(point(told))
