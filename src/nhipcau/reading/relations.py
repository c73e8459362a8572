"""What a citation is to its document: basis, carried out, guided, replaced, amended, forwarded, attached to.

Told from the words right before it (``tables/relations.csv``); where they do not say it, it is a mention. In
"Kế hoạch số 15/KH-UBND thực hiện Chỉ thị số 07-CT/HU" the plan carries the directive out, not the paper that
says so: words that another citation of the same clause governs do not count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from nhipcau.reading.findings import Citation, Header, Kind, Relation, Span
from nhipcau.reading.surroundings import issuer_after, issuer_before, issuer_inside
from nhipcau.reading.tables import load
from nhipcau.reading.text import bare, bare_window

_REACH = 420
_GAP1 = r"[\s*_]{1,4}"
_JOINED = re.compile(
    r"(?:[,;]|\bvà|\bVÀ|\bcùng)[\s*_]{0,4}(?:\(\d{1,2}\)\s{0,3})?(?:các\s{1,3}|những\s{1,3}|số\s{1,3}){0,2}\Z"
)
_SENTENCE_MARKS = (". ", ".\n", ": ", ":\n", "? ", "! ", "\n\n")
# A new item or a new line of the preamble begins a thought too.
_ITEM = re.compile(r"\n(?=[\s*_]{0,40}(?:[-+•]|\d{1,2}[.)]|Điều|Căn cứ|CĂN CỨ|Thực hiện|Theo đề nghị|Xét))")
_NEAR = 64
_OPENING = 2_500
# "Căn cứ" right before a citation, at the head of a sentence or of a thought in it.
_BASIS_HERE = re.compile(
    r"(?:\A|[;,.(]|\bvà)[\s*_\-+>•]{0,40}(?:Căn cứ|CĂN CỨ|căn cứ)"
    r"(?:\s(?:vào|các|theo|nội dung|quy định|tại|của)){0,4}[\s*_“\"]{1,4}\Z"
)
# "... và ý kiến chỉ đạo của Chủ tịch tại Công văn số ..." goes on with the list.
_VOICED = re.compile(
    r"(?:,|;|\bvà)\s(?:các\s|những\s)?(?:ý kiến|chỉ đạo|kết luận|đề nghị|yêu cầu|chủ trương|phát biểu|"
    r"nhiệm vụ|nội dung)(?!\w)[^.;,\d]{0,140}\stại\s(?:các\s)?\Z"
)
_NAMED_AT = re.compile(r"(?:(?<!\w)(?:tại|theo|và)|[,;])\s(?:các\s|nội dung\s)?\Z")
# "Chỉ thị số ... (sau đây gọi tắt là Chỉ thị 07) và ..." goes on with what it names in full.
_CALLED = re.compile(r"\((?:sau đây|dưới đây)?\s?(?:được )?(?:gọi|viết) (?:tắt |chung )?là\s{1,3}\Z")
_THOUGHT = re.compile(r"(?:[,;]|\bvà)[\s*_]{0,4}\Z")
# What the next of a list takes over from the one before it.
_SHARED = frozenset({"basis", "implements", "replaces", "forwards", "amends"})


@lru_cache(maxsize=1)
def _before() -> tuple[re.Pattern[str], dict[str, Relation]]:
    rows = [row for row in load.rows("relations") if row["place"] == "before"]
    meanings: dict[str, Relation] = {bare(row["phrase"]): _relation(row["relation"]) for row in rows}
    phrases = "|".join(
        r"[\s*_]{1,4}".join(map(re.escape, phrase.split()))
        for phrase in sorted(meanings, key=len, reverse=True)
    )
    # Words between "thực hiện" and the citation that change nothing.
    filler = rf"(?:(?:{_folded('filler')})(?!\w)|,)"
    return re.compile(
        rf"(?<!\w)(?P<phrase>{phrases})(?:{_GAP1}{filler}|,){{0,6}}[\s*_“\"(]{{1,6}}\Z"
    ), meanings


def _folded(kind: str) -> str:
    forms = sorted((bare(form) for form in load.column("patterns", "form", kind=kind)), key=len, reverse=True)
    return "|".join(r"[\s]{1,3}".join(form.split()) for form in forms)


@lru_cache(maxsize=1)
def _tells() -> re.Pattern[str]:
    """The paper tells of years or of results of carrying out, it does not carry out by itself."""
    return re.compile(rf"(?<!\w)(?:{_folded('told')})[\s]{{1,4}}(?:trien khai[\s,]{{1,4}})?\Z")


@lru_cache(maxsize=1)
def _open() -> re.Pattern[str]:
    phrases = sorted(
        (bare(phrase) for phrase in load.column("relations", "phrase", place="open")), key=len, reverse=True
    )
    alternatives = "|".join(r"[\s*_]{1,4}".join(phrase.split()) for phrase in phrases)
    return re.compile(
        rf"(?:[(\n]|\A)[\s*_]{{0,4}}(?:{alternatives})(?:{_GAP1}(?:theo|tai|cac)){{0,2}}{_GAP1}\Z"
    )


def _relation(name: str) -> Relation:
    known: dict[str, Relation] = {
        "basis": "basis", "implements": "implements", "guides": "guides", "replaces": "replaces",
        "amends": "amends", "forwards": "forwards", "attached_to": "attached_to",
    }  # fmt: skip
    return known.get(name, "mentions")


def _clause_start(plain: str, floor: int, start: int) -> int:
    """Where the sentence or list item that holds ``start`` begins."""
    begins = max(floor, start - _REACH)
    # From the right, mark by mark: that is much faster than a pattern over all that stands before.
    for mark in _SENTENCE_MARKS:
        place = plain.rfind(mark, begins, start)
        begins = begins if place < 0 else place + len(mark)
    for match in _ITEM.finditer(plain, begins, start):
        begins = match.end()
    return begins


def tell(
    plain: str,
    area: Span,
    citations: Sequence[Citation],
    *,
    header: Header | None = None,
    kind: Kind = "other",
) -> list[Citation]:
    """The citations with ``relation`` and ``issuer`` filled, in the same order."""
    told: list[Citation] = []
    for index, citation in enumerate(citations):
        start, end = citation.span
        floor = told[-1].span[1] if told else area[0]
        stop = citations[index + 1].span[0] if index + 1 < len(citations) else area[1]
        issuer = issuer_after(plain, end, stop) or issuer_before(plain, start, floor)
        if issuer is None and citation.number is None:
            issuer = issuer_inside(plain[start:end])
        relation = "mentions" if kind == "news" else _told(plain, area, citation, told)
        told.append(_filled(citation, relation, issuer))
    return _guided(told, header)


def _filled(citation: Citation, relation: Relation, issuer: str | None) -> Citation:
    # Built anew rather than by ``replace``, which takes longer than finding the citation does.
    c = citation
    return Citation(c.span, c.surface, c.type, c.number, c.date, issuer, c.partial, relation)


def _guided(told: list[Citation], header: Header | None) -> list[Citation]:
    """A guidance guides what its subject names: "Hướng dẫn" + "thực hiện Chỉ thị số ..."."""
    if not header or not header.type or header.type.value != "Hướng dẫn" or not header.subject:
        return told
    begins, ends = header.subject.span
    return [
        replace(citation, relation="guides")
        if begins <= citation.span[0] < ends and citation.relation in {"implements", "mentions"}
        else citation
        for citation in told
    ]


def _told(plain: str, area: Span, citation: Citation, told: Sequence[Citation]) -> Relation:
    start = citation.span[0]
    begins = _clause_start(plain, area[0], start)
    last = told[-1] if told and told[-1].span[0] >= begins else None
    left = plain[last.span[1] if last else begins : start]
    if last and len(told) > 1 and _CALLED.search(plain, max(begins, last.span[0] - 40), last.span[0]):
        last = told[-2] if told[-2].span[0] >= begins else None
    if last and last.relation in _SHARED and (_JOINED.search(left) or _VOICED.search(left)):
        return last.relation
    folded = bare_window(plain[max(begins - 2, area[0], start - 90) : start])
    if start - area[0] < _OPENING and _open().search(folded):
        return "attached_to"
    near = _near(left)
    if ("ăn cứ" in near or "ĂN CỨ" in near) and _BASIS_HERE.search(near):
        return "basis"
    match = _before()[0].search(folded)
    if match:
        # Behind another citation of the sentence the phrase must begin a thought of its own.
        outside = len(left) - len(folded) + match.start()
        own = not last or bool(_THOUGHT.search(left[: max(0, outside)]))
        return "mentions" if not own or _tells().search(folded, 0, match.start()) else _meaning(match)
    return _opened(left) if not last else "mentions"


def _near(left: str) -> str:
    """The end of what stands before; a letter keeps a cut from looking like a beginning."""
    return left if len(left) <= _NEAR else f"x{left[-_NEAR:]}"


def _meaning(match: re.Match[str]) -> Relation:
    return _before()[1][" ".join(re.split(r"[\s*_]+", match["phrase"]))]


def opens(plain: str, floor: int, start: int) -> bool:
    """Whether the sentence that holds ``start`` begins as a preamble does: "Căn cứ", "Thực hiện", "Theo"."""
    return bool(_openers().match(bare(plain[_clause_start(plain, floor, start) : start])))


def _opened(left: str) -> Relation:
    """What the first words of a sentence say of its first citation: "Thực hiện ý kiến ... tại Công văn"."""
    match = _openers().match(bare_window(left)) if _NAMED_AT.search(_near(left)) else None
    return (
        _relation(load.rows("relations")[int(match.lastgroup[1:])]["relation"])
        if match and match.lastgroup
        else "mentions"
    )


@lru_cache(maxsize=1)
def _openers() -> re.Pattern[str]:
    groups = [
        (len(row["phrase"]), rf"(?P<r{index}>{r'[ ]{1,3}'.join(bare(row['phrase']).split())})")
        for index, row in enumerate(load.rows("relations"))
        if row["place"] in {"line", "opening"}
    ]
    alternatives = "|".join(group for _, group in sorted(groups, reverse=True))
    return re.compile(rf"[\s*_\-+>•(\"“]{{0,40}}(?:{alternatives})(?!\w)")
