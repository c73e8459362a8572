"""`nhipcau chain FILE... [--format text|json]`: how papers hang together, proposed from the papers alone.

Exit codes as of `nhipcau read`: 0 all read; 1 a fault of ours; 2 at least one file could not be read; 3 at
least one was refused for its secrecy mark; 64 wrong use. Files that cannot be read are left out, the others
go on.
Imports no Django and starts no database.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import TYPE_CHECKING, NoReturn

from nhipcau.cli.messages import harmless, in_vietnamese, prepare, say, sentence, unwritten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.reading.chain import ChainPaper, Edge, End

READ, FAULT, UNREADABLE, REFUSED, WRONG_USE = 0, 1, 2, 3, 64
_GRAVITY = (READ, UNREADABLE, FAULT, REFUSED)
#: Relation: what the derived document is to its source, in English and Vietnamese.
_RELATIONS = {
    "basis": ("is based on", "căn cứ"),
    "implements": ("implements", "thực hiện"),
    "guides": ("guides", "hướng dẫn"),
    "replaces": ("replaces", "thay thế"),
    "amends": ("amends", "sửa đổi"),
    "forwards": ("forwards", "sao gửi"),
    "attached_to": ("is attached to", "kèm theo"),
    "reports": ("reports on", "đưa tin về"),
    "predecessor": ("comes after", "có sau"),
}
_STRENGTHS = {"printed": ("printed", "văn bản ghi"), "inferred": ("inferred", "suy ra")}


class _Parser(ArgumentParser):
    """Ends with 64 on wrong use."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(WRONG_USE, f"{self.prog}: {message}\n")


def _parser() -> ArgumentParser:
    parser = _Parser(
        prog="nhipcau chain",
        description="Propose how documents derive from one another: which, in what relation, and why.",
        epilog="Exit codes: 0 all read; 1 a fault of ours; 2 a file could not be read; 3 a file was refused"
        " for its secrecy mark; 64 wrong use.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="papers of one matter, in any order")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    return parser


def main(argv: Sequence[str]) -> int:
    """Read the files named and print the edges that they propose; returns the exit code."""
    try:
        options = _parser().parse_args(list(argv))
    except SystemExit as end:
        return int(end.code or 0)
    prepare()
    try:
        return _run(options.files, options.format)
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain again at its end.
        sys.stdout = None
        return READ
    except OSError as error:
        unwritten(error)
        return FAULT


def _run(files: Sequence[str], form: str) -> int:
    from nhipcau.reading.chain import propose_edges

    vietnamese = in_vietnamese()
    papers: list[ChainPaper] = []
    worst = READ
    for path, name in zip(files, _names(files), strict=True):
        found, note, code = _papers(path, name, vietnamese=vietnamese)
        papers += found
        worst = max(worst, code, key=_GRAVITY.index)
        if note:
            say(note, sys.stderr)
    edges = propose_edges(papers)
    sys.stdout.write(as_json(edges) if form == "json" else harmless(as_text(edges, vietnamese=vietnamese)))
    sys.stdout.flush()
    return worst


def _names(files: Sequence[str]) -> list[str]:
    """The files' own names, without their folders where that leaves them apart."""
    short = [path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path for path in files]
    return [path if short.count(name) > 1 else name for path, name in zip(files, short, strict=True)]


def _papers(path: str, name: str, *, vietnamese: bool) -> tuple[tuple[ChainPaper, ...], str, int]:
    """The papers in one file, or a sentence that says why there are none; never raises for what it holds."""
    from nhipcau.cli.opening import CannotOpenError, file_bytes
    from nhipcau.reading.findings import MarkedError, UnreadableError

    try:
        from nhipcau.reading.chain import papers_of
        from nhipcau.reading.reader import read_bytes

        return papers_of(read_bytes(file_bytes(path), name)), "", READ
    except MarkedError as marked:
        return (), sentence("refused", vietnamese, name=name, mark=marked.mark), REFUSED
    except (UnreadableError, CannotOpenError) as error:
        return (), f"{name}: {sentence(error.code, vietnamese, name=name, given=str(error))}", UNREADABLE
    except Exception as fault:  # noqa: BLE001 -- one file's fault must not lose the others
        words = sentence("fault", vietnamese, name=name, given=type(fault).__name__)
        return (), f"{name}: {words}", FAULT


def as_json(edges: Sequence[Edge]) -> str:
    """The edges as one JSON object in the form ``nhipcau.chain.v1``."""
    told = [
        {
            "derived": _json_end(edge.derived),
            "source": _json_end(edge.source),
            "relation": edge.relation,
            "strength": edge.strength,
            "reason": edge.reason,
            "span": list(edge.span),
            "told_in": edge.told_in,
            "ask": edge.ask,
        }
        for edge in edges
    ]
    return json.dumps({"schema": "nhipcau.chain.v1", "edges": told}, ensure_ascii=False, indent=2) + "\n"


def _json_end(end: End) -> dict[str, str | None]:
    return {"number": end.number, "date": end.date, "issuer": end.issuer, "file": end.file}


def as_text(edges: Sequence[Edge], *, vietnamese: bool) -> str:
    """The edges for people: a line for each, its reason under it."""
    if not edges:
        return "Không thấy quan hệ nào giữa các văn bản.\n" if vietnamese else "No relation was found.\n"
    language = 1 if vietnamese else 0
    lines = []
    for edge in edges:
        relation = _RELATIONS.get(edge.relation, (edge.relation, edge.relation))[language]
        strength = _STRENGTHS[edge.strength][language]
        lines.append(f"{_named(edge.derived)}  {relation}  {_named(edge.source)}  [{strength}]")
        lines.append(f"    {edge.reason}")
        if edge.ask:
            lines.append(f"    ? {edge.ask}")
    return "\n".join(lines) + "\n"


def _named(end: End) -> str:
    """A document as a clerk names it: number and day, else type and file."""
    name = end.number or " ".join(part for part in (end.type, end.file and f"({end.file})") if part) or "?"
    return f"{name} ({'/'.join(reversed(end.date.split('-')))})" if end.date and end.number else name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
