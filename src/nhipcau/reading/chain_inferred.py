"""Edges that no word prints but several papers show, each for a person to confirm.

The same title at a lower level and a later day, a guidance named beside a directive, and the predecessors of
a directive that a paper about it tells.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from nhipcau.reading import levels
from nhipcau.reading.chain_nodes import Mention, Node, Nodes
from nhipcau.reading.chain_printed import Drawn
from nhipcau.reading.findings import Document, Span
from nhipcau.reading.tables import load
from nhipcau.reading.text import fold

_ISSUED_BETWEEN = re.compile(r"\s*,?\s*(?:(?:của|do)\s[^,;.:\n]{2,90}?)?\s*(?:,|và|;)\s*(?:các\s)?\Z")
_YEARS_OF = re.compile(r"năm\s(?:triển khai\s|tổ chức\s)?thực hiện\s(?:các\s)?\Z")
_TITLE_WORDS = 5


def inferred_edges(nodes: Nodes, printed: Sequence[Drawn]) -> Iterator[Drawn]:
    """Every edge that the papers show and none of the ``printed`` ones says."""
    for index in range(len(nodes.papers)):
        yield from _guidances(nodes, index)
        yield from _predecessors(nodes, index)
    yield from _same_titles(nodes, printed)


@lru_cache(maxsize=1)
def _directives() -> frozenset[str]:
    return frozenset(load.column("patterns", "form", kind="directive"))


def _guidances(nodes: Nodes, index: int) -> Iterator[Drawn]:
    """A guidance guides what is named right before it: "Chỉ thị số ... của ..., Hướng dẫn số ..."."""
    plain, mentions = nodes.plains[index], nodes.mentions[index]
    for place in range(1, len(mentions)):
        first, second = mentions[place - 1], mentions[place]
        if not _is_guidance(plain, first, second):
            continue
        before = mentions[place - 2] if place > 1 else None
        if before and before.citation.type in _directives() and _beside(plain, before, first):
            continue
        if first.node and second.node:
            yield Drawn(
                second.node,
                first.node,
                "guides",
                "inferred",
                f"Hướng dẫn được nêu liền sau {first.citation.type} {first.citation.number}.",
                (first.citation.span[0], second.citation.span[1]),
                index,
            )


def _is_guidance(plain: str, first: Mention, second: Mention) -> bool:
    one, two = first.node, second.node
    if not one or not two or one is two or second.citation.type != "Hướng dẫn" or second.citation.partial:
        return False
    if first.citation.type not in _directives() or levels.is_above(two.level, one.level):
        return False
    if one.date and two.date and two.date < one.date:
        return False
    return one.level is not None and two.level is not None and _beside(plain, first, second)


def _beside(plain: str, first: Mention, second: Mention) -> bool:
    return bool(_ISSUED_BETWEEN.match(plain[first.citation.span[1] : second.citation.span[0]]))


@lru_cache(maxsize=1)
def _telling() -> re.Pattern[str]:
    forms = sorted(load.column("patterns", "form", kind="predecessor"), key=len, reverse=True)
    return re.compile("|".join(re.escape(form) for form in forms), re.IGNORECASE)


def _predecessors(nodes: Nodes, index: int) -> Iterator[Drawn]:
    """The documents that a paper about one directive tells before it ("đã ban hành nhiều văn bản: ...")."""
    document, plain = nodes.papers[index].document, nodes.plains[index]
    subject = _subject_of(nodes, index)
    if subject is None or subject.date is None or subject.number is None:
        return
    for mention in nodes.mentions[index]:
        node = mention.node
        if (
            node
            and node is not subject
            and node.date
            and node.date < subject.date
            and mention.citation.type in _directives()
            and node.number
            and node.number.symbol == subject.number.symbol
            and _told_before(plain, document, mention)
        ):
            yield Drawn(
                subject,
                node,
                "predecessor",
                "inferred",
                f"Được kể là văn bản có trước {subject.number.text}.",
                mention.citation.span,
                index,
            )


def _subject_of(nodes: Nodes, index: int) -> Node | None:
    """The one directive that a paper is about: the only one in its subject, or the paper itself."""
    header = nodes.papers[index].document.header
    if not header.subject or nodes.papers[index].document.kind == "news":
        return None
    begins, ends = header.subject.span
    inside = {
        id(m.node): m.node
        for m in nodes.mentions[index]
        if m.node and begins <= m.citation.span[0] < ends and m.citation.type in _directives()
    }
    if len(inside) == 1:
        return next(iter(inside.values()))
    own = nodes.own[index]
    return own if not inside and own.type in _directives() else None


def _told_before(plain: str, document: Document, mention: Mention) -> bool:
    """Whether a citation stands in a list of earlier documents, or after "Sau 10 năm thực hiện"."""
    start = mention.citation.span[0]
    if _YEARS_OF.search(plain[max(document.span[0], start - 60) : start]):
        return True
    begin = max(
        document.span[0],
        plain.rfind("\n\n", document.span[0], start),
        plain.rfind(".\n", 0, start),
        start - 3_000,
    )
    paragraph = plain[begin:start]
    colon = paragraph.find(":")
    # A page may break within the sentence that introduces the list: look at the paragraph before as well.
    before = plain[max(document.span[0], begin - 400) : begin + max(colon, 0)]
    listed = bool(re.search(r"(?:\(\d{1,2}\)|[;:,])\s*(?:và\s)?\Z", paragraph)) or paragraph.endswith(
        (": ", "- ")
    )
    return listed and colon >= 0 and bool(_telling().search(before))


def title_key(title: str) -> str:
    """What titles are compared by: folded, without brackets, "về việc" and "công tác"."""
    plain = fold(re.sub(r"\([^)]{0,40}\)", " ", title))
    words = re.sub(r"[^\w\s]", " ", re.sub(r"\A(?:v/v|ve viec|ve)\s", "", plain))
    return " ".join(re.sub(r"(?<!\w)cong tac(?!\w)", " ", words).split())


def _same_titles(nodes: Nodes, printed: Sequence[Drawn]) -> Iterator[Drawn]:
    """The same title at a lower level and a later day, where no word ties the two already."""
    groups: dict[str, list[Node]] = {}
    for node in nodes.all:
        for key in {title_key(title) for title in node.titles}:
            if node.date and node.level and len(key.split()) >= _TITLE_WORDS:
                groups.setdefault(key, []).append(node)
    tied = {id(edge.derived) for edge in printed if edge.relation in {"basis", "implements", "guides"}}
    for group in groups.values():
        for node in group:
            source = _nearest_above(node, group)
            if source and id(node) not in tied:
                yield _titled(nodes, node, source)


def _nearest_above(node: Node, group: Sequence[Node]) -> Node | None:
    above = [
        other
        for other in group
        if levels.is_above(other.level, node.level)
        and (other.date or "") < (node.date or "")
        and other.type in _directives()
        and not (other.level != "centre" and levels.elsewhere(other.issuer, node.issuer))
    ]
    return max(
        above, key=lambda other: (levels.LEVELS.index(other.level or ""), other.date or ""), default=None
    )


def _titled(nodes: Nodes, node: Node, source: Node) -> Drawn:
    told_in, span = _where(nodes, node)
    number = source.number.text if source.number else ""
    days = _apart(source.date or "", node.date or "")
    return Drawn(
        node,
        source,
        "implements",
        "inferred",
        f"Cùng tên gọi với {source.type} {number} của cấp trên, ban hành sau {days} ngày.",
        span,
        told_in,
    )


def _apart(one: str, two: str) -> int:
    return (dt.date.fromisoformat(two) - dt.date.fromisoformat(one)).days


def _where(nodes: Nodes, node: Node) -> tuple[int, Span]:
    """Where a document's title is printed: in its own subject, else at the first mention of it."""
    if node.paper is not None:
        subject = nodes.papers[node.paper].document.header.subject
        return node.paper, subject.span if subject else nodes.papers[node.paper].document.span
    return next(
        (mention.paper, mention.citation.span)
        for mentions in nodes.mentions
        for mention in mentions
        if mention.node is node
    )
