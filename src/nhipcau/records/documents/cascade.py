"""The cascade of a document: everything that derives from it, by level and date, with the days between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nhipcau.records.documents.models import Document, Relation
from nhipcau.records.documents.policies import DOCUMENTS
from nhipcau.records.documents.selectors import edges
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Unit

# Deeper chains than this, or wider ones, are cut and say so.
MOST_STEPS = 8
MOST_NODES = 2_000
LEVELS = [str(level) for level in Unit.Level.values] + [""]


@dataclass(frozen=True, slots=True)
class Node:
    """A document of the cascade. ``steps`` from the root (below 0: a predecessor).

    ``days`` after the root's day.
    """

    document: Document
    level: str
    steps: int
    days: int | None


@dataclass(frozen=True, slots=True)
class Edge:
    """``derived`` follows from ``source``; ``days`` between their dates, ``None`` where one has none."""

    relation: Relation
    derived: Document
    source: Document
    days: int | None


@dataclass(frozen=True, slots=True)
class Cascade:
    """Nodes by level from the centre down, within a level by date; ``is_cut``.

    There is more than is shown.
    """

    root: Document
    nodes: list[Node]
    edges: list[Edge]
    is_cut: bool

    def by_level(self) -> list[tuple[str, list[Node]]]:
        """The levels that have nodes, from the centre down; what has no level stands last."""
        rows = [(level, [node for node in self.nodes if node.level == level]) for level in LEVELS]
        return [(level, nodes) for level, nodes in rows if nodes]


def cascade(*, by: Actor, document: Document) -> Cascade:
    """Everything that derives from a document, directly or through others, and what it directly stands on.

    Rejected edges and void documents are left out; proposed edges are in, with their state on the relation.
    """
    DOCUMENTS.require(by, DOCUMENTS.view, document)
    steps: dict[int, int] = {document.pk: 0}
    found: dict[int, Relation] = {}
    border, is_cut = [document.pk], False
    for step in range(1, MOST_STEPS + 1):
        new = edges(by=by).filter(source__in=border)[: MOST_NODES + 1]
        border = _walk(new, found, steps, step)
        is_cut = len(steps) > MOST_NODES
        if not border or is_cut:
            break
    for relation in edges(by=by).filter(derived=document):
        found[relation.pk] = relation
        steps.setdefault(relation.source_id, -1)
    kept = [
        relation for relation in found.values() if {relation.derived_id, relation.source_id} <= set(steps)
    ]
    return Cascade(document, _nodes(document, kept, steps), _edges(kept), is_cut or bool(border))


def _walk(
    rows: Iterable[Relation], found: dict[int, Relation], steps: dict[int, int], step: int
) -> list[int]:
    border = []
    for relation in rows:
        found[relation.pk] = relation
        if relation.derived_id not in steps:
            steps[relation.derived_id] = step
            border.append(relation.derived_id)
    return border


def _nodes(root: Document, relations: list[Relation], steps: dict[int, int]) -> list[Node]:
    documents = {root.pk: root}
    for relation in relations:
        documents.setdefault(relation.derived_id, relation.derived)
        documents.setdefault(relation.source_id, relation.source)
    nodes = [
        Node(document, document.level, steps[pk], _days(root.date, document.date))
        for pk, document in documents.items()
    ]
    return sorted(
        nodes, key=lambda node: (LEVELS.index(node.level), node.document.date or date.max, node.steps)
    )


def _edges(relations: list[Relation]) -> list[Edge]:
    rows = [
        Edge(relation, relation.derived, relation.source, _days(relation.source.date, relation.derived.date))
        for relation in relations
    ]
    return sorted(rows, key=lambda edge: edge.relation.pk)


def _days(first: date | None, second: date | None) -> int | None:
    return (second - first).days if first and second else None
