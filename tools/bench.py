"""How fast and how large: ours beside the limit and a peer, in one run; medians, ratios and spread.

Run by ``./run bench [--large]``. Prints a table for docs/performance.md. Machines are noisy: a ratio is the
finding, a rate only an order of magnitude.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from nhipcau.reading import text as texts
from nhipcau.reading.citations import find_citations
from nhipcau.reading.findings import Header, Reading, Source
from nhipcau.reading.reader import read_text
from tools import bench_trail
from tools.benches import units as bench_units
from tools.benches.filling import RECORDS, Size

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "documents"
SEEDS = Path(__file__).resolve().parent.parent.parent / "shared" / "seeds"
SAMPLES = Path(__file__).resolve().parent.parent / "src" / "nhipcau" / "site" / "samples"
MEGABYTE = 1_000_000
ROUNDS = 5
PARAGRAPH = 200  # letters: shorter lines are heads, headings and lists
# The cheapest scan that could find a citation at all: a number, a dash or stroke, and a capital.
BARE = re.compile(r"\d+[-/][A-ZĐ]")
US_TEXT = (
    "The court held in Miller v. Harlan, 410 U.S. 113, 120 (1973), and again in State v. Orson, 88 F.3d 201 "
    "(9th Cir. 1996), that notice must be given. See 42 U.S.C. § 1983; Id. at 114. The record shows no more. "
)
SHAPES = {  # name: (what is repeated, how often for one measure)
    "opening brackets": ("(", 100_000),
    "no blank at all": ("nghị12", 16_000),
    "digits": ("1.234", 20_000),
    "one type word again and again": ("Chỉ thị số ", 9_000),
    "capitals": ("ĐỐI NGOẠI NHÂN DÂN ", 5_000),
    "line ends": ("\n", 100_000),
}


@dataclass(frozen=True)
class Timing:
    """Seconds of several rounds of the same work on ``size`` bytes."""

    name: str
    size: int
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The figure to quote."""
        return statistics.median(self.seconds)

    @property
    def rate(self) -> float:
        """Megabytes of UTF-8 a second at the median."""
        return self.size / MEGABYTE / self.median

    @property
    def spread(self) -> str:
        """Fastest and slowest round, in per cent of the median."""
        low, high = min(self.seconds) / self.median, max(self.seconds) / self.median
        return f"{low:.0%} to {high:.0%}"


def measure(name: str, size: int, work: Callable[[], object], rounds: int = ROUNDS) -> Timing:
    """Processor time of ``work`` after one round that does not count; a neighbour's work counts little."""
    work()
    seconds = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        seconds.append(time.process_time() - begun)
    return Timing(name, size, tuple(seconds))


@cache
def paragraphs() -> tuple[str, ...]:
    """The paragraphs of the project's own papers."""
    return tuple(line for paper in papers() for line in paper.splitlines() if len(line) >= PARAGRAPH)


def sample_text(size: int, begin: int = 0) -> str:
    """At least ``size`` bytes of official prose: whole paragraphs, from the one at ``begin`` on."""
    taken, reached, place = [], 0, begin
    while reached < size:
        taken.append(paragraphs()[place % len(paragraphs())])
        reached += len(taken[-1].encode()) + 2
        place += 1
    return "\n\n".join([*taken, ""])


def seeds() -> list[str]:
    """The five real papers, where they lie beside the checkout: prose as offices write it."""
    return [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]


def papers() -> list[str]:
    """The papers of the corpus and of the demo: short, and dense with heads, citations and figures."""
    places = [*sorted(CORPUS.glob("*/*.txt")), *sorted(SAMPLES.glob("*.txt"))]
    return [place.read_text("utf-8") for place in places]


def reading(text: str) -> Reading:
    """Everything the reader does with a text."""
    return read_text(text, Source("bench.txt", "text/plain", len(text), ""))


def read(text: str) -> None:
    """The same, the result thrown away."""
    reading(text)


def cite(text: str) -> None:
    """Citations alone, from the raw text."""
    plain = texts.matching(text)
    find_citations(text, plain, (0, len(text)), header=Header(), kind="party", furniture=())


def read_each(texts_of: list[str]) -> None:
    """Everything, paper by paper."""
    for text in texts_of:
        read(text)


def scan(text: str) -> None:
    """The bare scan."""
    for _ in BARE.finditer(text):
        pass


def rates() -> list[Timing]:
    """Citations, everything, the bare scan and the peer."""
    text, small = sample_text(4 * MEGABYTE), sample_text(MEGABYTE)
    size = len(text.encode())
    singly = papers()
    short = sum(len(paper.encode()) for paper in singly)
    rows = [
        measure("bare re scan (limit)", size, partial(scan, text)),
        measure("citations, dense paragraphs", size, partial(cite, text)),
        measure("everything, dense paragraphs", len(small.encode()), partial(read, small), 3),
        measure("everything, short papers singly", short, partial(read_each, singly), 3),
    ]
    if papers_real := seeds():
        real = "\n\n".join(papers_real)
        long, short_real = real * 70, real * 15
        alone = sum(len(paper.encode()) for paper in papers_real)
        rows += [
            measure("bare re scan of the seeds", len(long.encode()), partial(scan, long)),
            measure("citations, the seeds", len(long.encode()), partial(cite, long)),
            measure("everything, the seeds", len(short_real.encode()), partial(read, short_real), 3),
            measure("everything, the seeds singly", alone, partial(read_each, papers_real)),
        ]
    try:
        from eyecite import get_citations
    except ImportError:
        return rows
    foreign = US_TEXT * 500
    return [*rows, measure("eyecite on US text (peer)", len(foreign), partial(get_citations, foreign), 3)]


def growth() -> list[tuple[str, float]]:
    """How many times the time for ten times the text; also on hostile text."""
    pairs = {"sample papers": (sample_text(100_000), sample_text(1_000_000))}
    pairs |= {name: (what * often, what * often * 10) for name, (what, often) in SHAPES.items()}
    found = []
    for name, (one, ten) in pairs.items():
        small = measure(name, len(one), partial(read, one), 3)
        large = measure(name, len(ten), partial(read, ten), 3)
        found.append((name, large.median / small.median))
    return found


def shell(paths: list[str], *options: str) -> float:
    """Seconds of one ``nhipcau read`` from the shell."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "nhipcau.site.main", "read", "--format", "json", *options, *paths]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def parallel(count: int, size: int = 20_000) -> list[Timing]:
    """``--jobs 1`` and ``--jobs 2`` on ``count`` documents of at least ``size`` bytes, turn by turn."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for place in range(count):
            path = Path(folder) / f"{place:04}.txt"
            path.write_text(f"{place}\n\n{sample_text(size, begin=place * 7)}", "utf-8")
            paths.append(str(path))
        total = sum(Path(path).stat().st_size for path in paths)
        pairs = [(shell(paths, "--jobs", "1"), shell(paths, "--jobs", "2")) for _ in range(3)]
    one, two = zip(*pairs, strict=True)
    return [Timing(f"{count} documents, --jobs 1", total, one), Timing("the same, --jobs 2", total, two)]


def memory(size: int) -> int:
    """Peak resident bytes of a fresh process that reads one text of ``size`` bytes (Linux).

    Not ``ru_maxrss``: it outlives exec, so that a child of a large process never seems small.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(sample_text(size))
        file.flush()
        program = (
            "import sys; from nhipcau.cli.read import main;"
            "main(['--format', 'json', sys.argv[1]]);"
            "status = open('/proc/self/status', encoding='ascii').read();"
            "print(int(status.split('VmHWM:')[1].split()[0]) * 1024, file=sys.stderr)"
        )
        command = [sys.executable, "-c", program, file.name]
        run = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True, text=True
        )
    return int(run.stderr.split()[-1])


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("--large", action="store_true", help="also what takes minutes")
    parser.add_argument(
        "--trail",
        type=int,
        nargs="?",
        const=bench_trail.EVENTS,
        metavar="EVENTS",
        help="only how fast the trail of so many events is looked at (1,000,000)",
    )
    parser.add_argument(
        "--units",
        type=int,
        nargs="?",
        const=RECORDS,
        metavar="RECORDS",
        help="only units, rights and pickers, on so many records (1,000,000), beside Django's admin",
    )
    parser.add_argument(
        "--tryton", default="", metavar="PYTHON", help="a Python with trytond_party, as a peer"
    )
    options = parser.parse_args()
    if options.units:
        bench_units.main(Size(records=options.units), tryton=options.tryton)
        return 0
    if options.trail:
        bench_trail.main(options.trail)
        return 0
    large = options.large
    rows = rates()
    limit = rows[0].rate
    print(f"{'work':36} {'MB/s':>8} {'of limit':>9}  spread of rounds")
    for row in rows:
        print(f"{row.name:36} {row.rate:8.2f} {row.rate / limit:9.1%}  {row.spread}")
    one = min(SAMPLES.glob("*.txt"))
    starts = Timing("", 1, tuple(shell([str(one)]) for _ in range(ROUNDS)))
    print(f"\none paper from the shell: {starts.median:.2f} s (spread {starts.spread})")
    print(f"peak memory of reading 5 MB: {memory(5 * MEGABYTE) / MEGABYTE:.0f} MB")
    print("\nten times the text, times the time:")
    for name, times in growth():
        print(f"  {name:34} {times:5.1f}")
    one_job, two_jobs = parallel(1000 if large else 300)
    print(f"\n--jobs 2 beside --jobs 1: {one_job.median / two_jobs.median:.2f} times as fast")
    return 0


if __name__ == "__main__":
    sys.exit(main())
