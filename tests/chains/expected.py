"""Expected edges of the chains: `<slug>/expected.toml` beside the papers `<slug>/*.txt`.

An edge runs from the paper that derives to the paper it derives from. Each end is a paper of the folder
(`file`, with `part = 2` for the second document in it), or one that is only told of (`number`, and `date`
where it is printed). Strength is "printed" where words say it ("Căn cứ", "Thực hiện", "kèm theo", "sao gửi",
"thay thế"), "inferred" where only the sense does (same folded title at a lower level, a guidance named beside
the directive of the level above, predecessors told in a text).

`optional = true` marks an edge on which careful clerks differ: drawing it is neither right nor wrong.
What is not listed must not be drawn. `traps` says in words what tempts.

`python -m tests.chains.expected` prints every problem and the totals.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
RELATIONS = frozenset(
    {
        "basis",
        "implements",
        "guides",
        "forwards",
        "replaces",
        "amends",
        "attached_to",
        "mentions",
        "reports",
        "predecessor",
    },
)
STRENGTHS = frozenset({"printed", "inferred"})
EDGE_KEYS = frozenset({"derived", "source", "relation", "strength", "reason", "optional"})
END_KEYS = frozenset({"file", "part", "number", "date"})


@dataclass(frozen=True, slots=True)
class End:
    """One end of an edge; `file` is a name in the folder, `date` is ISO, `part` counts documents from 1."""

    file: str | None
    part: int
    number: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation that a clerk draws; `reason` says why in a few words."""

    derived: End
    source: End
    relation: str
    strength: str
    reason: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """One folder: its papers in order of their names, and its edges."""

    slug: str
    note: str
    files: tuple[Path, ...]
    edges: tuple[Edge, ...]


def _end(table: Mapping[str, Any], folder: Path, problems: list[str]) -> End:
    problems.extend(f"unknown key {key!r} at an end" for key in sorted(set(table) - END_KEYS))
    file, number, date = table.get("file"), table.get("number"), table.get("date")
    if file is not None and not (folder / str(file)).is_file():
        problems.append(f"no file {file!r}")
    if number is not None and re.search(r"\s|[‐‑‒–—−]", str(number)):
        problems.append(f"number {number!r} has a blank or a dash that is no plain hyphen")
    if file is None and number is None:
        problems.append("an end names neither file nor number")
    if date is not None:
        problems.extend(_bad_day(str(date)))
    return End(file, int(table.get("part", 1)), number, date)


def _bad_day(value: str) -> list[str]:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return [f"date {value!r} is no ISO day"]
    return []


def _edge(table: Mapping[str, Any], folder: Path, problems: list[str]) -> Edge:
    problems.extend(f"unknown key {key!r} in an edge" for key in sorted(set(table) - EDGE_KEYS))
    relation, strength = str(table.get("relation")), str(table.get("strength"))
    reason = str(table.get("reason", ""))
    if relation not in RELATIONS or strength not in STRENGTHS or not reason:
        problems.append(f"bad relation {relation!r}, strength {strength!r} or reason {reason!r}")
    derived = _end(table.get("derived", {}), folder, problems)
    source = _end(table.get("source", {}), folder, problems)
    problems.extend(
        f"number {end.number!r} is printed in no paper of the folder"
        for end in (derived, source)
        if end.number and not _printed(end.number, folder)
    )
    return Edge(derived, source, relation, strength, reason, bool(table.get("optional", False)))


def _printed(number: str, folder: Path) -> bool:
    """Tell whether any paper of the folder prints this number, blanks aside."""
    texts = (path.read_text(encoding="utf-8") for path in folder.glob("*.txt"))
    return any(number in re.sub(r"\s", "", text) for text in texts)


def read_all() -> tuple[list[Chain], list[str]]:
    """Read every chain; return them with all problems found."""
    chains: list[Chain] = []
    problems: list[str] = []
    for path in sorted(ROOT.glob("*/expected.toml")):
        folder, found = path.parent, list[str]()
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        found.extend(f"unknown key {key!r}" for key in sorted(set(data) - {"note", "traps", "edges"}))
        edges = tuple(_edge(table, folder, found) for table in data.get("edges", []))
        files = tuple(sorted(folder.glob("*.txt")))
        chains.append(Chain(folder.name, str(data.get("note", "")), files, edges))
        problems.extend(f"{folder.name}: {problem}" for problem in found)
    return chains, problems


def load() -> list[Chain]:
    """Return every chain; raise ValueError, listing every problem, where one does not fit its papers."""
    chains, problems = read_all()
    if problems:
        raise ValueError("\n".join(problems))
    return chains


def main() -> int:
    """Print every problem and the totals; return 1 where there is a problem."""
    chains, problems = read_all()
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    for chain in chains:
        count = Counter("optional" if edge.optional else edge.strength for edge in chain.edges)
        sys.stdout.write(f"{chain.slug}: {len(chain.files)} papers, {dict(count)}\n")
    sys.stdout.write(f"{len(problems)} problems\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
