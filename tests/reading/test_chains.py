"""The chains drawn by hand: every printed edge right, at least four of five inferred ones right.

What is wrong or missing stands in the message of the failing assertion.
"""

from __future__ import annotations

from collections import Counter

import pytest

from nhipcau.reading.chain import Edge, End, papers_of, propose_edges
from nhipcau.reading.reader import read_bytes
from tests.chains import expected

CHAINS = expected.load()


def proposed(chain: expected.Chain) -> list[Edge]:
    papers = [paper for path in chain.files for paper in papers_of(read_bytes(path.read_bytes(), path.name))]
    return list(propose_edges(papers))


def fits(end: expected.End, found: End) -> bool:
    """A file must be that file, what is only told of has none; number and day count where both know them."""
    if end.file != found.file or (end.file and end.part != (found.part or 1)):
        return False
    other_day = end.date and found.date and end.date != found.date
    return (not end.number or end.number == found.number) and not other_day


def held_against(chain: expected.Chain) -> tuple[Counter[str], list[str]]:
    """Right, wrong and missing edges by strength, and what is wrong or missing in words."""
    left, count, words = proposed(chain), Counter[str](), []
    for edge in chain.edges:
        hit = next(
            (
                one
                for one in left
                if (one.relation, one.strength) == (edge.relation, edge.strength)
                and fits(edge.derived, one.derived)
                and fits(edge.source, one.source)
            ),
            None,
        )
        if hit:
            left.remove(hit)
        count[f"{edge.strength} {'right' if hit else 'optional' if edge.optional else 'missing'}"] += 1
        if not hit and not edge.optional:
            words.append(f"missing: {edge.derived} {edge.relation} {edge.source}")
    for one in left:
        count[f"{one.strength} wrong"] += 1
        words.append(f"wrong: {one.derived} {one.relation} {one.source}: {one.reason}")
    return count, words


@pytest.mark.parametrize("chain", CHAINS, ids=lambda chain: chain.slug)
def test_printed_edges_are_all_right_and_all_there(chain: expected.Chain) -> None:
    count, words = held_against(chain)
    assert (count["printed wrong"], count["printed missing"]) == (0, 0), words


def test_four_of_five_inferred_edges_are_right() -> None:
    total = sum((held_against(chain)[0] for chain in CHAINS), Counter[str]())
    right, wrong, missing = (total[f"inferred {word}"] for word in ("right", "wrong", "missing"))
    assert right / (right + wrong) >= 0.8
    assert right / (right + missing) >= 0.8
