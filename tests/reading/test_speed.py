"""What the speed and memory of the reader may be: ratios, growth and bounds, never seconds.

The figures themselves come out of ``./run bench`` (docs/performance.md).
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from functools import partial

import pytest
from tools import bench

MEGABYTE = 1_000_000
# Ten times the text may take eleven times the time; the rest is for a machine that does other things as well.
GROWTH = 11 * 1.5
# How often the two are measured in turn: a neighbour on the machine disturbs one turn, a reader that goes
# over the text again and again is slow in each.
TURNS = 6


def cost(work: Callable[[], object], rounds: int = 3) -> float:
    """The least processor time of a few rounds: what the work needs when nothing comes between."""
    least = float("inf")
    for _ in range(rounds):
        gc.collect()
        begun = time.process_time()
        work()
        least = min(least, time.process_time() - begun)
    return least


def growth(one: Callable[[], object], ten: Callable[[], object]) -> float:
    """How many times the least cost of ``one`` that of ``ten`` is; measured in turn until it is plain."""
    least_one, least_ten = cost(one), cost(ten, 1)
    for _ in range(TURNS):
        if least_ten < least_one * GROWTH / 1.2:
            break
        least_one, least_ten = min(least_one, cost(one)), min(least_ten, cost(ten, 1))
    return least_ten / least_one


def times(work: Callable[[], object], limit: Callable[[], object], allowed: float) -> float:
    """How many times the least cost of ``limit`` that of ``work`` is; measured in turn until it is plain."""
    least_work, least_limit = cost(work), cost(limit)
    for _ in range(TURNS):
        if least_work < least_limit * allowed / 1.2:
            break
        least_work, least_limit = min(least_work, cost(work)), min(least_limit, cost(limit))
    return least_work / least_limit


def test_citations_cost_little_more_than_a_bare_scan() -> None:
    """A bare ``re`` scan of the same text is the limit; the peer takes hundreds of times as long as it."""
    text = bench.sample_text(2 * MEGABYTE)

    assert times(partial(bench.cite, text), partial(bench.scan, text), 25) < 25


def test_everything_in_dense_paragraphs_stays_within_sight_of_a_bare_scan() -> None:
    """One citation in 220 bytes, as many figures, days and duties: each costs, the text between hardly."""
    text = bench.sample_text(MEGABYTE)

    assert times(partial(bench.read, text), partial(bench.scan, text), 80) < 80


def test_short_papers_read_singly_stay_within_sight_of_a_bare_scan() -> None:
    """A paper of three kilobytes is mostly head, list of copies and signature; no step asks a line anew."""
    papers = bench.papers()
    scans = partial(bench.scan, "\n\n".join(papers))

    assert times(partial(bench.read_each, papers), scans, 130) < 130


@pytest.mark.skipif(not bench.seeds(), reason="the real papers lie beside the checkout: ../shared/seeds")
def test_real_papers_read_singly_cost_little_more_than_in_one_text() -> None:
    """What a paper costs beside its text, its head and its end, is less than the text itself."""
    papers = bench.seeds()

    assert times(partial(bench.read_each, papers), partial(bench.read, "\n\n".join(papers)), 1.8) < 1.8


def test_everything_costs_at_most_a_few_times_the_citations() -> None:
    """Heads, sections, figures, deadlines and duties together stay within sight of the citations alone."""
    text = bench.sample_text(MEGABYTE)

    assert times(partial(bench.read, text), partial(bench.cite, text), 7) < 7


@pytest.mark.parametrize("shape", [*bench.SHAPES, "prose"])
def test_ten_times_the_text_takes_about_ten_times_the_time(shape: str) -> None:
    """No text, however hostile, makes the reader go over it again and again."""
    if shape == "prose":
        one, ten = bench.sample_text(60_000), bench.sample_text(600_000)
    else:
        what, often = bench.SHAPES[shape]
        one, ten = what * often, what * (often * 10)

    assert growth(partial(bench.read, one), partial(bench.read, ten)) * len(one) * 10 / len(ten) < GROWTH


def test_one_megabyte_without_a_blank_is_read() -> None:
    """No word border to hold on to."""
    reading = bench.reading("nghị" * 250_000)

    assert len(reading.text) == MEGABYTE
    assert not reading.documents[0].citations


def test_a_million_opening_brackets_are_read() -> None:
    reading = bench.reading("(" * MEGABYTE)

    assert not reading.documents[0].citations


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_five_megabytes_are_read_in_less_than_three_hundred() -> None:
    """Peak resident memory of a fresh process with the whole command line in it."""
    assert bench.memory(5 * MEGABYTE) < 300 * MEGABYTE


@pytest.mark.full
def test_two_processes_read_a_thousand_papers_nearly_twice_as_fast() -> None:
    """``--jobs 2`` beside ``--jobs 1``, turn by turn; asked for on two idle cores only."""
    one, two = bench.parallel(1000)

    assert one.median / two.median > 1.3
