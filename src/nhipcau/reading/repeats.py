"""Which whole citation a short one repeats: "Chỉ thị 07" after "Chỉ thị số 07-CT/HU ngày 15/4/2034"."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from nhipcau.reading.findings import Citation

_NUMBER = re.compile(r"(\d+)([a-zđA-ZĐ]?)(?:/(\d{4}))?")
# How many whole citations are tried for a short one.
_TRIED = 8


def _key(citation: Citation) -> tuple[str | None, int, str] | None:
    match = _NUMBER.match(citation.number or "")
    return (citation.type, int(match[1]), match[2].lower()) if match else None


def point(citations: list[Citation]) -> list[Citation]:
    """Give each partial citation the index of the whole one it repeats: the nearest before it, else after."""
    if not any(citation.partial for citation in citations):
        return citations
    numbers: dict[object, list[int]] = {}
    days: dict[object, list[int]] = {}
    for index, citation in enumerate(citations):
        if not citation.partial:
            numbers.setdefault(_key(citation), []).append(index)
            days.setdefault((citation.type, citation.date), []).append(index)
    result = []
    for index, citation in enumerate(citations):
        places: list[int] = []
        if citation.partial and citation.number:
            places = numbers.get(_key(citation), [])
        elif citation.partial and citation.date:
            places = days.get((citation.type, citation.date), [])
        place = _nearest(citations, places, index) if places else None
        result.append(citation if place is None else replace(citation, refers_to=place))
    return result


def _nearest(citations: list[Citation], places: list[int], index: int) -> int | None:
    """The nearest compatible place before ``index``, else after; few are tried, to stay linear."""
    middle = bisect_right(places, index)
    nearby = [*reversed(places[max(0, middle - _TRIED) : middle]), *places[middle : middle + _TRIED]]
    return next((place for place in nearby if _compatible(citations[index], citations[place])), None)


def _compatible(short: Citation, whole: Citation) -> bool:
    if short.date and whole.date and short.date != whole.date:
        return False
    year = re.search(r"/(\d{4})", short.number or "")
    return not year or f"/{year[1]}" in (whole.number or "")
