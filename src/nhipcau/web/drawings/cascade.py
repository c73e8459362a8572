"""The drawing of a cascade: one row a document, time from left to right, piers and decks.

A document's row hangs from the pier of the document it answers: a drop line falls from the source's day,
a deck runs from that day to its own. Predecessors are no part of it: decades would press the present into
one corner, so the page lists them as a chain of spans.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

LEFT = 424
RIGHT = 1170
WIDTH = 1286
ROW = 44
GROUP = 30
TOP = 34
LABEL_LETTERS = 46
PIER = 6
LINE = 17
MANY_MONTHS = 14


@dataclass(frozen=True, slots=True)
class Node:
    """A document in the cascade; ``level`` is a code that the page puts in words."""

    key: str
    title: str
    issuer: str
    day: date | None
    level: str
    url: str | None
    known_only: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """``derived`` answers ``source``; ``confirmed`` by a person, or only proposed."""

    derived: str
    source: str
    relation: str
    inferred: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words at height ``y``."""

    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One document on its line: label at the left, deck from ``x0`` to ``x1`` (``None`` without a day)."""

    node: Node
    y: float
    lines: tuple[Line, ...]
    day: date | None
    x0: float | None
    x1: float | None
    days: int | None
    edge: Edge | None
    drop_from: float | None

    @property
    def pier(self) -> tuple[float, float]:
        """Top and bottom of a pier on this line."""
        return self.y - PIER, self.y + PIER

    @property
    def lapse_x(self) -> float:
        """Where the number of days is written: right of the own pier."""
        return (self.x1 or LEFT) + 8


@dataclass(frozen=True, slots=True)
class Group:
    """A level's head, the hairline under it, and its rows."""

    words: str
    y: float
    rows: tuple[Row, ...]

    @property
    def hairline(self) -> float:
        """Height of the hairline under the head."""
        return self.y + 12


@dataclass(frozen=True, slots=True)
class Tick:
    """A month or year mark of the time axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All coordinates of one cascade, in user units of a ``width`` x ``height`` view box."""

    width: int
    height: float
    ticks: tuple[Tick, ...]
    groups: tuple[Group, ...]
    axis_bottom: float


def wrap(words: str, letters: int = LABEL_LETTERS) -> tuple[str, ...]:
    """Break a name over lines of at most ``letters``; nothing is cut, for names often differ at the end."""
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return tuple(lines)


def draw(root: str, nodes: list[Node], edges: list[Edge], levels: dict[str, str]) -> Drawing:
    """Lay out ``nodes`` (the root among them) under ``root``; each node hangs from its strongest edge.

    ``levels`` gives the words for each level code, in the order from the top of the hierarchy down.
    """
    by_key = {node.key: node for node in nodes}
    days = _days_shown(by_key, edges)
    scale = _Scale(days.values())
    parent = _strongest_edges(edges, by_key)
    groups: list[Group] = []
    placed: dict[str, Row] = {}
    y = float(TOP)
    for level, members in _by_level(root, nodes, days, tuple(levels)):
        head = y + GROUP / 2
        y += GROUP
        rows = []
        for node in members:
            row = _row(node, y + ROW / 2, parent.get(node.key), days, scale, placed)
            placed[node.key] = row
            rows.append(row)
            y += max(ROW, 24 + LINE * len(row.lines))
        groups.append(Group(levels.get(level, level), head, tuple(rows)))
    return Drawing(WIDTH, y + 12, scale.ticks(), tuple(groups), y)


def _days_shown(nodes: dict[str, Node], edges: list[Edge]) -> dict[str, date]:
    """A document without a day of its own, issued with another, stands on that other's day."""
    days = {key: node.day for key, node in nodes.items() if node.day}
    for edge in edges:
        if edge.relation == "attached_to" and edge.derived not in days and edge.source in days:
            days[edge.derived] = days[edge.source]
    return days


def _strongest_edges(edges: list[Edge], nodes: dict[str, Node]) -> dict[str, Edge]:
    best: dict[str, Edge] = {}
    for edge in edges:
        if edge.derived not in nodes or edge.source not in nodes:
            continue
        held = best.get(edge.derived)
        if held is None or (edge.confirmed, not edge.inferred) > (held.confirmed, not held.inferred):
            best[edge.derived] = edge
    return best


def _by_level(
    root: str, nodes: list[Node], days: dict[str, date], level_order: tuple[str, ...]
) -> list[tuple[str, list[Node]]]:
    groups: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        groups[node.level].append(node)
    order = {level: place for place, level in enumerate(level_order)}
    for members in groups.values():
        members.sort(key=lambda node: (node.key != root, days.get(node.key, date.max), node.title))
    first = next(node.level for node in nodes if node.key == root)
    return sorted(groups.items(), key=lambda item: (item[0] != first, order.get(item[0], len(order))))


def _row(
    node: Node,
    y: float,
    edge: Edge | None,
    days: dict[str, date],
    scale: _Scale,
    placed: dict[str, Row],
) -> Row:
    own = days.get(node.key)
    source = days.get(edge.source) if edge else None
    x1 = scale.x(own) if own else None
    x0 = scale.x(source) if source and own else None
    lapse = (own - source).days if own and source else None
    above = placed.get(edge.source) if edge else None
    drop = above.y if above and x0 is not None and above.x1 is not None else None
    lines = tuple(Line(y + 14 + LINE * place, words) for place, words in enumerate(wrap(node.issuer)))
    return Row(node, y, lines, own, x0, x1, lapse, edge, drop)


class _Scale:
    """Days to user units, with a margin so that the last pier does not stand on the edge."""

    def __init__(self, days: Iterable[date]) -> None:
        known = sorted(days)
        self.first: date = known[0] if known else date.min
        last: date = known[-1] if known else date.min
        self.span = max((last - self.first).days, 1)
        self.last = last

    def x(self, day: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day - self.first).days / self.span, 1)

    def ticks(self) -> tuple[Tick, ...]:
        if self.first == date.min:
            return ()
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        ticks = []
        day = self.first.replace(day=1)
        while day <= self.last:
            day = (day + timedelta(days=32)).replace(day=1)
            if day > self.last:
                break
            if months > MANY_MONTHS and day.month != 1:
                continue
            label = str(day.year) if day.month == 1 else f"T{day.month}"
            ticks.append(Tick(self.x(day), label))
        return tuple(ticks)
