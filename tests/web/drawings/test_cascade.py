"""The geometry of a cascade."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from nhipcau.web.drawings.cascade import Drawing, Edge, Node, Row, draw, wrap

LEVELS = {"centre": "Trung ương", "province": "Cấp tỉnh", "commune": "Cấp xã"}


def node(key: str, day: date | None, level: str = "province") -> Node:
    return Node(key, f"Kế hoạch {key}", "Ủy ban nhân dân tỉnh Sông Ngân", day, level, f"/{key}/")


def edge(derived: str, source: str, *, relation: str = "implements", inferred: bool = False) -> Edge:
    return Edge(derived, source, relation, inferred=inferred, confirmed=True)


def row(drawing: Drawing, key: str) -> Row:
    return next(row for group in drawing.groups for row in group.rows if row.node.key == key)


ROOT = node("root", date(2026, 1, 12), "centre")


def test_deck_runs_from_the_day_of_the_source_to_the_own_day() -> None:
    """A child's deck begins where its parent's pier stands and says the days between."""
    child = node("child", date(2026, 3, 6))
    drawing = draw("root", [ROOT, child], [edge("child", "root")], LEVELS)

    assert row(drawing, "child").x0 == row(drawing, "root").x1
    assert row(drawing, "child").days == 53
    assert row(drawing, "child").drop_from == row(drawing, "root").y


def test_levels_stand_from_the_top_down_with_the_root_first() -> None:
    """Centre, province, commune: whatever order the rows come in."""
    nodes = [node("c", date(2026, 5, 1), "commune"), node("p", date(2026, 3, 1)), ROOT]
    drawing = draw("root", nodes, [edge("p", "root"), edge("c", "p")], LEVELS)

    assert [group.words for group in drawing.groups] == ["Trung ương", "Cấp tỉnh", "Cấp xã"]


def test_outline_without_a_day_stands_on_the_day_of_its_dispatch() -> None:
    """What is issued with a dispatch has no date of its own."""
    nodes = [ROOT, node("cv", date(2026, 5, 18)), node("outline", None)]
    edges = [edge("cv", "root"), edge("outline", "cv", relation="attached_to")]
    drawing = draw("root", nodes, edges, LEVELS)

    assert row(drawing, "outline").day == date(2026, 5, 18)
    assert row(drawing, "outline").days == 0


def test_printed_edge_is_drawn_before_an_inferred_one() -> None:
    """A document hangs from the strongest of its edges."""
    nodes = [ROOT, node("a", date(2026, 2, 1)), node("b", date(2026, 3, 1))]
    edges = [edge("b", "a", inferred=True), edge("b", "root")]

    assert row(draw("root", nodes, edges, LEVELS), "b").edge == edges[1]


def test_long_names_are_broken_and_never_cut() -> None:
    """Two bodies often differ only in their last word."""
    name = "Ban Chỉ đạo công tác thông tin đối ngoại và hội nhập quốc tế thành phố Bến Trúc"

    assert " ".join(wrap(name, 30)) == name
    assert max(len(line) for line in wrap(name, 30)) <= 30


def test_one_document_without_a_day_is_drawn() -> None:
    """Nothing known is no reason to fail."""
    drawing = draw("root", [node("root", None)], [], LEVELS)

    assert row(drawing, "root").x1 is None
    assert drawing.ticks == ()


def test_rows_never_overlap_however_long_the_names() -> None:
    """Each row begins below the last line of the row above."""
    names = [
        Node(str(n), "Kế hoạch", "rất dài " * (6 * n), date(2026, 1, n + 1), "province", None)
        for n in range(1, 9)
    ]
    rows = [row for group in draw("1", names, [], LEVELS).groups for row in group.rows]

    for above, below in pairwise(rows):
        assert above.lines[-1].y < below.y - 13
