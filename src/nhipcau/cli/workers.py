"""Files read by several processes: the order kept, memory bounded, the death of a process survived."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from nhipcau.cli import outcomes
from nhipcau.cli.messages import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhipcau.cli.outcomes import Outcome

Task = tuple[str, str, bool, str, bool]  # the arguments of ``outcomes.outcome``

_LARGEST_CHUNK = 16  # files that a process reads in one go


def read_chunk(tasks: Sequence[Task]) -> list[Outcome]:
    """What a process does: the outcomes of a few files, in order."""
    return [outcomes.outcome(*task) for task in tasks]


def spread(tasks: Sequence[Task], jobs: int) -> Iterator[Outcome]:
    """The outcomes of ``tasks`` in order, read by ``jobs`` processes, few of them waiting in memory.

    Where a process dies, the files of the chunk waited for are read again one by one in processes of their
    own, so that only the file that kills is left out.
    """
    size = max(1, min(_LARGEST_CHUNK, len(tasks) // (jobs * 4)))
    chunks = deque(tasks[at : at + size] for at in range(0, len(tasks), size))
    while chunks:
        yield from _until_a_death(chunks, jobs)
        if chunks:
            for task in chunks.popleft():
                yield _alone(task)


def _until_a_death(chunks: deque[Sequence[Task]], jobs: int) -> Iterator[Outcome]:
    """The outcomes of chunks from the left, each taken off when done; ends early where a process died."""
    with ProcessPoolExecutor(jobs) as pool:
        under_way: deque[Future[list[Outcome]]] = deque()
        following = 0
        try:
            while chunks:
                while following < len(chunks) and len(under_way) < jobs * 3:
                    under_way.append(pool.submit(read_chunk, chunks[following]))
                    following += 1
                done = under_way.popleft().result()
                chunks.popleft()
                following -= 1
                yield from done
        except BrokenProcessPool:
            return
        finally:
            for future in under_way:
                future.cancel()


def _alone(task: Task) -> Outcome:
    """The outcome of one file read in a process of its own."""
    with ProcessPoolExecutor(1) as pool:
        try:
            return pool.submit(read_chunk, [task]).result()[0]
        except BrokenProcessPool:
            return outcomes.died(task, sentence("died", task[4]))
