"""How papers hang together: edges from a document that derives to the one it derives from.

``chain_nodes`` says which document each mention means, ``chain_printed`` draws edges from what papers say,
``chain_inferred`` from what they show, and ``propose_edges`` keeps one edge for each pair. Every edge is a
proposal for a person; what a paper does not place is asked (``Edge.ask``), never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from nhipcau.reading.chain_inferred import inferred_edges
from nhipcau.reading.chain_nodes import ChainPaper, Node, Nodes, papers_of
from nhipcau.reading.chain_printed import Drawn, printed_edges
from nhipcau.reading.findings import Span

Strength = Literal["printed", "inferred"]

# Of several words that tie the same two documents, the most telling one is kept.
_RANK = {
    "attached_to": 0,
    "replaces": 1,
    "amends": 2,
    "guides": 3,
    "basis": 4,
    "implements": 5,
    "forwards": 6,
    "reports": 7,
    "predecessor": 8,
}


@dataclass(frozen=True, slots=True)
class End:
    """One end of an edge, by what is known of it; ``file`` and ``part`` where the paper itself was given."""

    number: str | None
    date: str | None
    issuer: str | None
    file: str | None
    type: str | None = None
    title: str | None = None
    part: int | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """``derived`` stands in ``relation`` to ``source``.

    ``reason`` is one Vietnamese sentence; ``span`` is the place in the text of ``told_in`` (part
    ``told_part``) that says or shows it. ``ask`` is a question for a person where an end is not placed.
    """

    derived: End
    source: End
    relation: str
    strength: Strength
    reason: str
    span: Span
    told_in: str
    told_part: int
    ask: str | None = None


def propose_edges(papers: Sequence[ChainPaper]) -> tuple[Edge, ...]:
    """Every edge that the papers print or show, one for each pair of documents, the printed ones first."""
    nodes = Nodes(papers)
    printed = list(printed_edges(nodes))
    best: dict[tuple[int, int], Drawn] = {}
    for drawn in (*printed, *inferred_edges(nodes, printed)):
        pair = (id(drawn.derived), id(drawn.source))
        if drawn.derived is drawn.source:
            continue
        held = best.get(pair)
        if held is None or _rank(drawn) < _rank(held):
            best[pair] = drawn
    return tuple(_edge(nodes, drawn) for drawn in _without_loops(best.values()))


def _rank(drawn: Drawn) -> tuple[bool, int]:
    return (drawn.strength != "printed", _RANK.get(drawn.relation, 9))


def _without_loops(drawn: Iterable[Drawn]) -> list[Drawn]:
    """No document derives from one that derives from it: the printed word wins, else the first."""
    kept: list[Drawn] = []
    pairs: set[tuple[int, int]] = set()
    for edge in sorted(drawn, key=lambda edge: edge.strength != "printed"):
        if (id(edge.source), id(edge.derived)) not in pairs:
            pairs.add((id(edge.derived), id(edge.source)))
            kept.append(edge)
    return kept


def _edge(nodes: Nodes, drawn: Drawn) -> Edge:
    paper = nodes.papers[drawn.told_in]
    asks = [ask for ask in (drawn.ask, nodes.question(drawn.derived), nodes.question(drawn.source)) if ask]
    return Edge(
        _end(nodes, drawn.derived),
        _end(nodes, drawn.source),
        drawn.relation,
        drawn.strength,
        drawn.reason,
        drawn.span,
        paper.file,
        paper.part,
        asks[0] if asks else None,
    )


def _end(nodes: Nodes, node: Node) -> End:
    paper = nodes.papers[node.paper] if node.paper is not None else None
    return End(
        node.number.text if node.number else None,
        node.date,
        node.issuer,
        paper.file if paper else None,
        node.type,
        node.titles[0] if node.titles else None,
        paper.part if paper else None,
    )


__all__ = ["ChainPaper", "Edge", "End", "papers_of", "propose_edges"]
