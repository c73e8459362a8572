"""./run accuracy: precision, recall and F1 of each kind of finding, per batch and in all, gains and losses.

    python -m tools.accuracy [--differences BATCH] [--write]

Compares with the scores of the last commit (`tests/documents/scores.json`) and says what was gained and lost.
`--write` stores today's scores there, the first scores of a new batch in `first_scores.json` (an old first
score is never touched), and the tables in `docs/accuracy.md`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypedDict

from tests.documents import expected, seeds
from tests.documents.model import Sample
from tests.documents.scoring import ROWS, Scores, Tally, score

from nhipcau.reading.findings import Reading, Source
from nhipcau.reading.reader import read_text

ROOT = Path(__file__).resolve().parents[1]
SCORES = ROOT / "tests" / "documents" / "scores.json"
FIRST = ROOT / "tests" / "documents" / "first_scores.json"
REPORT = ROOT / "docs" / "accuracy.md"
BEGIN, END = "<!-- tables: written by ./run accuracy --write -->", "<!-- end of tables -->"
_SHOWN = 40  # gains and losses that are printed


class Kept(TypedDict):
    """A tally as it is stored."""

    right: int
    missed: list[str]
    extra: list[str]


Store = dict[str, dict[str, Kept]]  # "batch/slug" to row of the report to tally


def read(sample: Sample) -> Reading:
    """Read one sample's text, without its file's name, which a reader may not use."""
    raw = sample.path.read_bytes()
    return read_text(raw.decode("utf-8"), Source(sample.path.name, "text/plain", len(raw), ""))


def scores(samples: Iterable[Sample]) -> dict[str, Scores]:
    """The tallies of every sample, by "batch/slug"; of a seed only what is known of it."""
    result: dict[str, Scores] = {}
    for sample in samples:
        tallies = score(sample, read(sample))
        if sample.batch == "seeds":
            unknown = [row for row in tallies if row.startswith("header")]
            unknown += ["deadlines", "assignments", "relations"]
            for row in unknown:
                tallies[row] = Tally()
        result[f"{sample.batch}/{sample.slug}"] = tallies
    return result


def totals(found: dict[str, Scores]) -> dict[str, Scores]:
    """The tallies per batch, and of all batches but the seeds."""
    result: dict[str, Scores] = {}
    for key, tallies in found.items():
        batch = key.partition("/")[0]
        for name in (batch, *(() if batch == "seeds" else ("all",))):
            into = result.setdefault(name, {row: Tally() for row in ROWS})
            for row, tally in tallies.items():
                into[row].add(tally)
    return result


def table(tallies: Scores) -> list[str]:
    """Lines of precision, recall and F1 for the rows that hold anything."""
    lines = [f"{'':24}{'right':>6}{'missed':>8}{'extra':>7}{'precision':>11}{'recall':>9}{'F1':>9}"]
    for row in ROWS:
        tally = tallies[row]
        if tally.right or tally.missed or tally.extra:
            lines.append(
                f"{row:24}{tally.right:>6}{len(tally.missed):>8}{len(tally.extra):>7}"
                f"{tally.precision:>11.4f}{tally.recall:>9.4f}{tally.f1:>9.4f}"
            )
    return lines


def kept(found: dict[str, Scores]) -> Store:
    """The tallies as they are stored; nothing of the seeds, whose words stay outside the repository."""
    return {
        key: {
            row: {"right": tally.right, "missed": tally.missed, "extra": tally.extra}
            for row, tally in tallies.items()
            if not row.startswith("header.") and (tally.right or tally.missed or tally.extra)
        }
        for key, tallies in sorted(found.items())
        if not key.startswith("seeds/")
    }


def last_commit() -> Store:
    """The scores of the last commit; empty where there are none."""
    place = SCORES.relative_to(ROOT).as_posix()
    shown = subprocess.run(["git", "show", f"HEAD:{place}"], cwd=ROOT, capture_output=True, check=False)
    return json.loads(shown.stdout) if shown.returncode == 0 else {}


def changes(old: Store, new: Store) -> tuple[list[str], list[str]]:
    """What was gained and what was lost, as lines; samples that are new or gone count for neither."""
    gained: list[str] = []
    lost: list[str] = []
    for key in sorted(old.keys() & new.keys()):
        for row in ROWS:
            before, after = old[key].get(row), new[key].get(row)
            for name, into, out in (("missed", gained, lost), ("extra", gained, lost)):
                was = set(before[name]) if before else set()  # type: ignore[literal-required]
                now = set(after[name]) if after else set()  # type: ignore[literal-required]
                into += [f"{key}: {row} no longer {name}: {line}" for line in sorted(was - now)]
                out += [f"{key}: {row} now {name}: {line}" for line in sorted(now - was)]
    return gained, lost


def differences(found: dict[str, Scores], batch: str) -> list[str]:
    """Everything missed and extra in a batch ("all" for every one), as lines."""
    lines: list[str] = []
    for key, tallies in found.items():
        if batch not in ("all", key, key.partition("/")[0]):
            continue
        for row in ROWS:
            if row.startswith("header."):
                continue
            lines += [f"{key}: {row} missed {line}" for line in tallies[row].missed]
            lines += [f"{key}: {row} extra  {line}" for line in tallies[row].extra]
    return lines


def _markdown(found: dict[str, Scores], first: dict[str, dict[str, list[int]]]) -> str:
    """The tables of docs/accuracy.md: today's figures beside each batch's first ones."""
    parts: list[str] = []
    for batch, tallies in totals(found).items():
        parts += [
            f"### {batch}",
            "",
            "| finding | first F1 | precision | recall | F1 | right | missed | extra |",
        ]
        parts.append("|---|---|---|---|---|---|---|---|")
        for row in ROWS:
            tally = tallies[row]
            if not (tally.right or tally.missed or tally.extra):
                continue
            counts = first.get(batch, {}).get(row)
            begun = f"{_f1(*counts):.4f}" if counts else "–"
            cells = (row, begun, *(f"{value:.4f}" for value in (tally.precision, tally.recall, tally.f1)))
            parts.append("| " + " | ".join([*cells, *map(str, _counts(tally))]) + " |")
        parts.append("")
    return "\n".join(parts)


def _counts(tally: Tally) -> list[int]:
    return [tally.right, len(tally.missed), len(tally.extra)]


def _f1(right: int, missed: int, extra: int) -> float:
    return Tally(right, [""] * missed, [""] * extra).f1


def write(found: dict[str, Scores]) -> None:
    """Store today's scores, first scores of what has none yet, and the tables of the report."""
    SCORES.write_text(json.dumps(kept(found), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    first: dict[str, dict[str, list[int]]] = json.loads(FIRST.read_text("utf-8")) if FIRST.exists() else {}
    for batch, tallies in totals(found).items():
        for row, tally in tallies.items():
            if tally.right or tally.missed or tally.extra:
                first.setdefault(batch, {}).setdefault(row, _counts(tally))
    FIRST.write_text(json.dumps(first, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if REPORT.exists():
        text = REPORT.read_text("utf-8")
        head, _, rest = text.partition(BEGIN)
        tail = rest.partition(END)[2]
        REPORT.write_text(f"{head}{BEGIN}\n\n{_markdown(found, first)}\n{END}{tail}", encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Print the report; 1 where an expected reading does not fit its text."""
    parser = argparse.ArgumentParser(prog="./run accuracy", description=__doc__)
    parser.add_argument("--differences", metavar="BATCH", help="list what is missed and extra (or: all)")
    parser.add_argument("--write", action="store_true", help="store scores and tables")
    options = parser.parse_args(argv)
    samples, problems = expected.read_all()
    found = scores([*samples, *seeds.load()])
    for batch, tallies in totals(found).items():
        files = sum(batch in ("all", key.partition("/")[0]) for key in found)
        print(f"\n{batch} ({files} files)" if batch != "all" else "\nall batches but the seeds")
        print("\n".join(table(tallies)))
    gained, lost = changes(last_commit(), kept(found))
    print(f"\nAgainst the last commit: {len(gained)} gained, {len(lost)} lost")
    print("\n".join([f"  + {line}" for line in gained[:_SHOWN]] + [f"  - {line}" for line in lost[:_SHOWN]]))
    if options.differences:
        print("\n".join(differences(found, options.differences)))
    if options.write:
        write(found)
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
