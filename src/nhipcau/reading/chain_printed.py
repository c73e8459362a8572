"""Edges from the words that a paper prints: "Căn cứ", "Thực hiện", "kèm theo", "thay thế", "sửa đổi".

The words must speak for the paper as a whole: in its subject, in its preamble, or of "Quyết định này". A news
report counts where it says that a body has just brought the document out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nhipcau.reading import relations, surroundings
from nhipcau.reading.chain_nodes import Mention, Node, Nodes
from nhipcau.reading.findings import Document, Span


@dataclass(frozen=True, slots=True)
class Drawn:
    """An edge between two nodes, told in paper ``told_in`` (its index) at ``span``."""

    derived: Node
    source: Node
    relation: str
    strength: Literal["printed", "inferred"]
    reason: str
    span: Span
    told_in: int
    ask: str | None = None


# Where a preamble ends: at the first article, part or numbered heading.
_BODY = re.compile(r"\n[ \t*_#>]{0,8}(?:Điều[ ]1|ĐIỀU[ ]1|PHẦN|Phần|[IA][.\-)][ ]|1[.)][ ])")
_PREAMBLE = 4_000
_THIS = re.compile(r"(?<!\w)này(?!\w)[^.\n]{0,120}\Z")
# "... học tập theo Chỉ thị" in the middle of a sentence follows a paper, it does not derive from it.
_FOLLOWS = re.compile(r"(?<!\w)theo(?: tinh thần| nội dung)?(?: của)?(?: các)?\s\Z")
_LEAD = 1_500
_JUST = re.compile(r"[^.\n]{0,80}?(?:vừa|mới|đã) (?:được|do) [^.\n]{0,60}?(?:ban hành|ký|công bố)")
# A report is about what is new: what was brought out a season before is its background.
_FRESH_DAYS = 92


def printed_edges(nodes: Nodes) -> Iterator[Drawn]:
    """Every edge that a paper prints, in the order of the papers; the same pair may come more than once."""
    for index, paper in enumerate(nodes.papers):
        yield from _reports(nodes, index) if paper.document.kind == "news" else _printed(nodes, index)


def _printed(nodes: Nodes, index: int) -> Iterator[Drawn]:
    document, plain = nodes.papers[index].document, nodes.plains[index]
    body = _body_start(plain, document)
    for mention in nodes.mentions[index]:
        relation = mention.citation.relation
        if mention.node and relation != "mentions" and _counts(plain, document, mention, body):
            yield Drawn(
                nodes.own[index],
                mention.node,
                relation,
                "printed",
                _reason(plain, document, mention),
                mention.citation.span,
                index,
            )


def _body_start(plain: str, document: Document) -> int:
    begin, end = document.span
    header = document.header
    known = [part.span[1] for part in (header.type, header.subject, header.number, header.date) if part]
    match = _BODY.search(plain, max(known, default=begin), min(end, begin + _PREAMBLE))
    return match.start() if match else min(end, begin + _PREAMBLE)


def _counts(plain: str, document: Document, mention: Mention, body: int) -> bool:
    """Whether the words before a citation speak for the paper as a whole."""
    citation, start = mention.citation, mention.citation.span[0]
    subject = document.header.subject
    titled = bool(subject and subject.span[0] <= start < subject.span[1])
    if citation.relation == "attached_to":
        return True
    if citation.relation == "implements" and _FOLLOWS.search(plain, max(0, start - 30), start):
        return False
    if citation.relation in {"basis", "implements"}:
        return titled or (start < body and relations.opens(plain, document.span[0], start))
    if citation.relation in {"replaces", "amends"}:
        return (
            titled
            or bool(_THIS.search(plain[max(document.span[0], start - 200) : start]))
            or _first_words(plain, start)
        )
    return titled or start < body


def _first_words(plain: str, start: int) -> bool:
    """Whether "Sửa đổi, bổ sung ..." or "Bãi bỏ ..." begins its line or article."""
    line = plain[max(0, plain.rfind("\n", 0, start)) : start].strip(" \n*_-+")
    return bool(
        re.match(
            r"(?:Điều \d{1,3}[.:]\s*)?(?:\d{1,2}[.)]\s*)?(?:Sửa đổi|Bổ sung|Thay thế|Bãi bỏ|Điều chỉnh)", line
        )
    )


def _reason(plain: str, document: Document, mention: Mention) -> str:
    """The printed words, from the head of their thought to the end of the citation."""
    start, end = mention.citation.span
    begin = max(document.span[0], start - 60, plain.rfind("\n", 0, start) + 1)
    words = " ".join(plain[begin:end].replace("*", " ").split())
    cut = (
        words
        if begin == plain.rfind("\n", 0, start) + 1 or begin == document.span[0]
        else f"… {words.split(' ', 1)[-1]}"
    )
    return f"Văn bản ghi: “{cut}”" + (f" ({mention.why})." if mention.why else ".")


def _reports(nodes: Nodes, index: int) -> Iterator[Drawn]:
    """A news report of a document: its first paragraphs say that a body has just brought it out."""
    document, plain = nodes.papers[index].document, nodes.plains[index]
    for mention in nodes.mentions[index]:
        start, end = mention.citation.span
        if not mention.node or start - document.span[0] > _LEAD:
            return
        told = surroundings.issuer_before(plain, start, document.span[0]) or _JUST.match(plain, end)
        if told and _fresh(mention.citation.date, document):
            yield Drawn(
                nodes.own[index],
                mention.node,
                "reports",
                "printed",
                _reason(plain, document, mention),
                mention.citation.span,
                index,
            )
            return


def _fresh(day: str | None, document: Document) -> bool:
    own = document.header.date.value if document.header.date else None
    return not day or not own or -1 <= _days(own) - _days(day) <= _FRESH_DAYS


def _days(day: str) -> int:
    year, month, date = (int(part) for part in day.split("-"))
    return year * 365 + month * 30 + date
