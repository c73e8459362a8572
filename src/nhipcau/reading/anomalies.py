"""What cannot be right on the paper's own showing, each as one Vietnamese sentence for a clerk.

When in doubt, nothing is said: a false alarm costs trust. Sums are looked at in ``sums``; the rest here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from nhipcau.reading import levels, surroundings
from nhipcau.reading.dates import find_impossible_dates, find_impossible_days
from nhipcau.reading.findings import Anomaly, Citation, Document, Span
from nhipcau.reading.numbers import DocNumber, parse_number
from nhipcau.reading.sums import find_sums
from nhipcau.reading.tables import load
from nhipcau.reading.text import bare

# The Party numbers per term of five years, so that one number with days further apart names two papers.
_WITHIN_TERM_DAYS = 3 * 366
_COMMON = 20
_QUOTES = ",-“”\"'()"
_PAPERS = frozenset({"state", "party", "front"})


def find_anomalies(
    text: str,
    plain: str,
    document: Document,
    *,
    framed: bool = False,
    attached: bool = False,
    furniture: Sequence[Span] = (),
) -> tuple[Anomaly, ...]:
    """Every anomaly of one document that has its header, citations and figures, in order of the text.

    ``framed``: its frame (motto, number line, issuer) is in the text; ``attached``: it was issued with
    another paper, so that it has no number and day of its own.
    """
    found = [
        *_cited_later(document),
        *_two_days(document),
        *_impossible(plain, document, furniture),
        *_reused(plain, document),
        *(() if attached else _unknown_type(document)),
        *find_sums(text, plain, document),
        *(_missing(plain, document) if framed and not attached else ()),
    ]
    return tuple(sorted(found, key=lambda anomaly: anomaly.spans[0] if anomaly.spans else document.span))


def own_day(document: Document) -> str | None:
    """The day of the paper: its header's, or that of the paper with which it was issued."""
    if document.header.date:
        return document.header.date.value
    return next((c.date for c in document.citations if c.relation == "attached_to" and c.date), None)


def spoken(day: str) -> str:
    """An ISO day as a clerk writes it: 15/4/2034."""
    year, month, date = day.split("-")
    return f"{date}/{month if month in {'01', '02'} else int(month)}/{year}"


def _named(citation: Citation) -> str:
    return (
        f"{citation.type or 'Văn bản'} {citation.number}" if citation.number else (citation.type or "Văn bản")
    )


def _cited_later(document: Document) -> Iterator[Anomaly]:
    day = own_day(document)
    own = document.header.number.value if document.header.number else None
    told: set[tuple[str | None, str | None, str | None]] = set()
    for citation in document.citations:
        key = (citation.type, citation.number, citation.date)
        if day and citation.date and citation.date > day and citation.number != own and key not in told:
            told.add(key)
            yield Anomaly(
                "cited_after_citing",
                f"{_named(citation)} ghi ngày {spoken(citation.date)}, sau ngày {spoken(day)} của chính "
                "văn bản này; cần kiểm tra lại ngày.",
                (citation.span,),
            )


def _by_number(document: Document) -> dict[tuple[str | None, str], list[Citation]]:
    """Whole citations by type and number."""
    groups: dict[tuple[str | None, str], list[Citation]] = {}
    for citation in document.citations:
        if citation.number and not citation.partial:
            groups.setdefault((citation.type, citation.number), []).append(citation)
    return groups


def _two_days(document: Document) -> Iterator[Anomaly]:
    header = document.header
    for (kind, number), citations in _by_number(document).items():
        dated = [citation for citation in citations if citation.date]
        parsed = parse_number(number)
        if not dated or not dated[0].date or parsed is None:
            continue
        first, day = dated[0], dated[0].date
        if (
            header.number
            and header.date
            and header.number.value == number
            and header.date.value != first.date
        ):
            if kind is None or header.type is None or header.type.value == kind:
                yield _conflict(first, header.date.value, day, (header.date.span, first.span))
            continue
        other = next((c for c in dated[1:] if _conflicting(parsed, first, c)), None)
        if other and other.date and first.date:
            yield _conflict(first, first.date, other.date, (first.span, other.span))


def _conflict(citation: Citation, one: str, two: str, spans: tuple[Span, ...]) -> Anomaly:
    return Anomaly(
        "date_conflict",
        f"{_named(citation)} mang hai ngày khác nhau trong cùng văn bản: {spoken(one)} và {spoken(two)}.",
        spans,
    )


def _conflicting(number: DocNumber, first: Citation, second: Citation) -> bool:
    """Whether two days of one number cannot both be right; numbers start anew by year or by term."""
    if not first.date or not second.date or first.date == second.date:
        return False
    if first.issuer and second.issuer and not levels.same_body(first.issuer, second.issuer):
        return False
    if number.year or number.family == "law" or first.date[5:] == second.date[5:]:
        return True
    if number.family == "party":
        return _days_between(first.date, second.date) < _WITHIN_TERM_DAYS
    # The first papers of each year ("01/NQ-CP") come back with their number every January.
    return first.date[:4] == second.date[:4] or number.value > _COMMON


def _days_between(one: str, two: str) -> int:
    """Days between two ISO days, near enough: months of 30 days and a half."""
    first, second = ([int(part) for part in day.split("-")] for day in (one, two))
    return round(abs((first[0] - second[0]) * 366 + (first[1] - second[1]) * 30.5 + first[2] - second[2]))


# "6/25/2031 4:16:54 PM": a site's own stamp, the month first.
_STAMPED = re.compile(r"[ ,]{1,2}\d{1,2}:\d{2}(?::\d{2})? ?[AP]M\b")


def _impossible(plain: str, document: Document, furniture: Sequence[Span]) -> Iterator[Anomaly]:
    starts = [start for start, _ in furniture]
    days = [
        (date.full, plain[slice(*date.span)])
        for date in find_impossible_dates(plain, *document.span)
        # A day of the distant past is a slip of a converter; three dotted numbers may be a version.
        if date.full != date.span or plain[date.span[0] + 1 : date.span[1]].count("/")
    ]
    days += [(span, plain[slice(*span)]) for span in find_impossible_days(plain, *document.span)]
    for span, surface in sorted(days):
        index = bisect_right(starts, span[0]) - 1
        if (index < 0 or furniture[index][1] <= span[0]) and not _STAMPED.match(plain, span[1]):
            yield Anomaly(
                "impossible_date",
                f"Không có ngày “{' '.join(surface.split())}” trong lịch; cần kiểm tra lại.",
                (span,),
            )


def _reused(plain: str, document: Document) -> Iterator[Anomaly]:
    """One number and type under two issuers or over two matters, but not on two days."""
    for citations in _by_number(document).values():
        if len(citations) > 1:
            titles = [_title(plain, c, document.span[1]) for c in citations]
            pair = _unlike(citations, titles)
            if pair:
                first, second = citations[pair[0]], citations[pair[1]]
                yield Anomaly(
                    "number_reused",
                    f"{_named(first)} được dẫn cho hai văn bản khác nhau (khác cơ quan ban hành hoặc khác "
                    "nội dung); cần kiểm tra lại số.",
                    (first.span, second.span),
                )


def _title(plain: str, citation: Citation, stop: int) -> str | None:
    """The title after a citation; a heading in capitals breaks off at the end of its line and tells none."""
    title = surroundings.title_after(plain, citation.span[1], stop)
    return None if title and title.isupper() else title


def _unlike(citations: Sequence[Citation], titles: Sequence[str | None]) -> tuple[int, int] | None:
    """The first two places that cannot mean one paper; each is held against the first that prints as much."""
    bodies = [i for i, c in enumerate(citations) if c.issuer]
    named = [i for i, title in enumerate(titles) if title]
    for places, same in ((bodies, _same_issuer), (named, _same_title)):
        for place in places[1:]:
            first = places[0]
            one, two = citations[first], citations[place]
            if one.date and two.date and one.date != two.date:
                continue
            left = one.issuer if places is bodies else titles[first]
            right = two.issuer if places is bodies else titles[place]
            if not same(left or "", right or "", one, two):
                return first, place
    return None


def _same_issuer(one: str, two: str, first: Citation, second: Citation) -> bool:
    # Offices of one kind number alike ("15/KH-UBND" of two communes): only on one day it is one number.
    return levels.same_body(one, two) or not (first.date and first.date == second.date)


def _same_title(one: str, two: str, _first: Citation, _second: Citation) -> bool:
    left, right = _words(one), _words(two)
    return not left or not right or bool(left & right)


def _words(title: str) -> set[str]:
    words = f" {' '.join(word.strip(_QUOTES) for word in title.lower().split())} "
    for idle in _idle():
        words = words.replace(f" {idle} ", " ")
    return set(words.split())


@lru_cache(maxsize=1)
def _idle() -> tuple[str, ...]:
    return tuple(sorted(load.column("patterns", "form", kind="idle_word"), key=len, reverse=True))


@lru_cache(maxsize=1)
def _known_types() -> frozenset[str]:
    rows = [bare(row["name"]) for row in load.rows("types") if row["source"]]
    more = [bare(row["form"]) for row in load.rows("patterns") if row["kind"] in {"type", "attachment"}]
    return frozenset([*rows, *more])


def _unknown_type(document: Document) -> Iterator[Anomaly]:
    kind = document.header.type
    if kind and document.kind in _PAPERS and " ".join(bare(kind.value).split()) not in _known_types():
        yield Anomaly(
            "unknown_type",
            f"“{kind.value}” không có trong danh mục tên loại văn bản; cần kiểm tra lại tên loại.",
            (kind.span,),
        )


# Where the frame left a number or a day open: "Số:      /KH-UBND", "ngày ... tháng 5 năm 2034".
_OPEN_NUMBER = re.compile(r"(?<!\w)[Ss]ố[ ]{0,2}:?[ .…_]{0,40}[-/][^\n]{0,30}")
_OPEN_DAY = re.compile(
    r"(?<!\w)ngày[ .…_]{0,20}(?:\d{1,2}[ .…_]{0,20})?tháng[ .…_]{0,20}(?:\d{1,2}[ .…_]{0,20})?"
    r"năm[ .…_\d]{0,12}"
)
_FRAME = 2_000


def _missing(plain: str, document: Document) -> Iterator[Anomaly]:
    header = document.header
    parts = {"cơ quan ban hành": header.issuer, "số, ký hiệu": header.number, "ngày ban hành": header.date}
    missing = [name for name, part in parts.items() if part is None]
    # Where nothing is left of all three, the frame was lost, not left out.
    if document.kind not in _PAPERS or not missing or len(missing) == len(parts):
        return
    begin, end = document.span
    patterns = [
        *([] if header.number else [_OPEN_NUMBER]),
        *([] if header.date else [_OPEN_DAY]),
    ]
    matches = (pattern.search(plain, begin, min(end, begin + _FRAME)) for pattern in patterns)
    places = [match.span() for match in matches if match]
    places = places or [part.span for part in parts.values() if part][:1]
    yield Anomaly(
        "missing_component",
        f"Phần đầu văn bản còn thiếu {' và '.join(missing)}.",
        tuple(places),
    )
