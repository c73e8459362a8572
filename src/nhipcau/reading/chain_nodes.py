"""Which document a mention means: papers at hand and documents told of, never run together by symbol alone.

A document is known by issuer, type, number and date. A mention with a date is that document; a mention
without one is held against those of its number: its own paper first, then the only or nearest earlier one.
Where two bodies could be meant ("300-CV/TU" of two provinces), none is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nhipcau.reading import levels, surroundings
from nhipcau.reading.findings import Citation, Document, Header, Reading
from nhipcau.reading.numbers import DocNumber, parse_number
from nhipcau.reading.text import matching


@dataclass(frozen=True, slots=True)
class ChainPaper:
    """One document of a file: ``part`` counts from 1; ``text`` is the text of the whole file."""

    file: str
    part: int
    text: str
    document: Document


@dataclass(eq=False, slots=True)
class Node:
    """A document, at hand (``paper`` is its index) or only told of; anything of it may be unknown."""

    type: str | None
    number: DocNumber | None
    date: str | None
    issuer: str | None
    paper: int | None = None
    titles: list[str] = field(default_factory=list)
    unsure: str | None = None

    @property
    def level(self) -> str | None:
        """The level of its issuer."""
        return levels.level_of(self.number, self.issuer)


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation in a paper (its index), with the title printed after it and the document it means."""

    paper: int
    citation: Citation
    title: str | None
    node: Node | None
    why: str | None = None


def papers_of(reading: Reading) -> tuple[ChainPaper, ...]:
    """The documents of one reading as papers of a chain."""
    return tuple(
        ChainPaper(reading.source.name, index, reading.text, document)
        for index, document in enumerate(reading.documents, 1)
    )


def full_issuer(header: Header, kind: str) -> str | None:
    """The issuer with the body above it: "Ban Tổ chức Thị ủy Bến Trúc", "Sở Ngoại vụ, UBND tỉnh Bến Trúc"."""
    if header.issuer is None:
        return header.author.value if header.author else None
    if header.parent_issuer is None:
        return header.issuer.value
    return f"{header.issuer.value}{' ' if kind == 'party' else ', '}{header.parent_issuer.value}"


class Nodes:
    """The papers, the documents they are or tell of, and all mentions resolved to documents."""

    def __init__(self, papers: Sequence[ChainPaper]) -> None:
        self.papers = tuple(papers)
        self.plains = self._matching()
        self.own = [self._of_paper(index) for index in range(len(self.papers))]
        self._by_key: dict[tuple[str, int], list[Node]] = {}
        for node in self.own:
            self._keep(node)
        self.mentions: list[list[Mention]] = [[] for _ in self.papers]
        self._tell()

    @property
    def all(self) -> list[Node]:
        """Every document, papers first."""
        told = [node for nodes in self._by_key.values() for node in nodes if node.paper is None]
        return [*self.own, *told]

    def question(self, node: Node) -> str | None:
        """What must be asked about a document, or ``None``: papers at hand print their own frame."""
        if node.unsure:
            return node.unsure
        return levels.question(node.number, node.issuer) if node.number and node.paper is None else None

    def _matching(self) -> list[str]:
        known = {id(paper.text): paper.text for paper in self.papers}
        plains = {key: matching(text) for key, text in known.items()}
        return [plains[id(paper.text)] for paper in self.papers]

    def _of_paper(self, index: int) -> Node:
        document = self.papers[index].document
        header = document.header
        number = parse_number(header.number.value) if header.number and document.kind != "news" else None
        titles = [" ".join(header.subject.value.split())] if header.subject else []
        return Node(
            header.type.value if header.type else None,
            number,
            header.date.value if header.date else None,
            full_issuer(header, document.kind),
            index,
            titles if document.kind != "news" else [],
        )

    def _keep(self, node: Node) -> None:
        if node.number:
            self._by_key.setdefault(_key(node.number), []).append(node)

    def _tell(self) -> None:
        """Resolve every mention: those with a date first, since they are documents by themselves."""
        made: dict[tuple[int, int], Mention] = {}
        for dated in (True, False):
            for index, paper in enumerate(self.papers):
                for place, citation in enumerate(paper.document.citations):
                    if bool(citation.date) is dated:
                        made[index, place] = self._mention(index, citation)
        for index, paper in enumerate(self.papers):
            self.mentions[index] = [made[index, place] for place in range(len(paper.document.citations))]

    def _mention(self, index: int, citation: Citation) -> Mention:
        paper = self.papers[index]
        stop = paper.document.span[1]
        title = (
            surroundings.title_after(self.plains[index], citation.span[1], stop) if citation.number else None
        )
        number = parse_number(citation.number) if citation.number else None
        node: Node | None = None
        why: str | None = None
        if number and number.complete:
            node, why = self._resolve(index, citation, number)
        elif number:
            node, why = self._short(index, citation, number)
        if node and title and node.paper is None and title not in node.titles:
            node.titles.append(title)
        if node and node.issuer is None and citation.issuer:
            node.issuer = citation.issuer
        return Mention(index, citation, title, node, why)

    def _resolve(self, index: int, citation: Citation, number: DocNumber) -> tuple[Node, str | None]:
        near = [node for node in self._by_key.get(_key(number), []) if _agrees(node, citation, number)]
        if citation.date:
            same = [node for node in near if node.date == citation.date]
            if same:
                return same[0], None
            return self._new(citation, number), None
        return self._undated(index, citation, number, near)

    def _undated(
        self, index: int, citation: Citation, number: DocNumber, near: list[Node]
    ) -> tuple[Node, str | None]:
        own = self.own[index]
        if own in near:
            return own, None
        day = own.date
        earlier = [node for node in near if node.date and (not day or node.date <= day)]
        if not earlier:
            undated = [node for node in near if not node.date]
            return (undated[0] if undated else self._new(citation, number)), None
        if len(earlier) == 1:
            return earlier[0], f"không in ngày; chỉ có một {number.text} trước đó"
        if _one_body(earlier):
            return max(
                earlier, key=lambda node: node.date or ""
            ), f"không in ngày; {number.text} gần nhất trước đó"
        node = self._new(citation, number)
        node.unsure = (
            f"Có {len(earlier)} văn bản cùng số {number.text}; văn bản không ghi ngày hoặc địa phương, "
            "cần người xác nhận."
        )
        return node, None

    def _short(self, index: int, citation: Citation, number: DocNumber) -> tuple[Node | None, str | None]:
        """A short mention is what the paper says it repeats, else the only one of its type and number."""
        if citation.refers_to is not None:
            whole = self.papers[index].document.citations[citation.refers_to]
            parsed = parse_number(whole.number or "")
            return self._resolve(index, whole, parsed) if parsed else (None, None)
        day = self.own[index].date
        near = [
            node
            for (_, value), nodes in self._by_key.items()
            for node in nodes
            if value == number.value and node.type == citation.type and node.date
            if (not day or node.date <= day) and _bodies_agree(node, citation)
        ]
        if len(near) != 1 or near[0].number is None:
            return None, None
        return near[0], f"chỉ ghi số {citation.number}; chỉ có một {near[0].number.text}"

    def _new(self, citation: Citation, number: DocNumber) -> Node:
        node = Node(citation.type, number, citation.date, citation.issuer)
        self._keep(node)
        return node


def _key(number: DocNumber) -> tuple[str, int]:
    """The number without case and leading zeros: "07-CT/HU" and "7-ct/hu" are one."""
    return (number.text.lstrip("0").upper(), number.value)


def _agrees(node: Node, citation: Citation, number: DocNumber) -> bool:
    """Whether a document of the same number can be the one cited, by type, day and body."""
    if node.type and citation.type and not _same_type(node.type, citation.type):
        return False
    if node.date and citation.date and node.date != citation.date:
        return False
    if node.date and citation.date:
        return not levels.elsewhere(node.issuer, citation.issuer)
    return levels.level_of(number, None) == "centre" or _bodies_agree(node, citation)


def _same_type(one: str, two: str) -> bool:
    """Whether two names are of one type: "Chương trình hành động" is a "Chương trình"."""
    return one.startswith(two) or two.startswith(one)


def _bodies_agree(node: Node, citation: Citation) -> bool:
    if not node.issuer or not citation.issuer:
        return True
    if levels.elsewhere(node.issuer, citation.issuer):
        return False
    one, two = levels.level_of_name(node.issuer), levels.level_of_name(citation.issuer)
    return levels.same_body(node.issuer, citation.issuer) or one == two or None in {one, two}


def _one_body(nodes: list[Node]) -> bool:
    """Whether documents of one number are of one body, in different terms or years."""
    if all(node.level == "centre" for node in nodes):
        return True
    first = nodes[0].issuer
    return bool(first) and all(
        node.issuer and levels.same_body(first or "", node.issuer) for node in nodes[1:]
    )
