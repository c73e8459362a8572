"""`nhipcau read FILE... [--format text|json|html] [--jobs N]`: reads documents and prints what was found.

Exit codes (the contract): 0 all read; 1 a fault of ours; 2 at least one file could not be read; 3 at least
one was refused for its secrecy mark; 64 wrong use. Of several, refusal wins over fault, fault over
unreadable. Imports no Django and starts no database; several processes are asked of ``workers.py``.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import TYPE_CHECKING, NoReturn

from nhipcau.cli.messages import harmless, in_vietnamese, prepare, say, unwritten
from nhipcau.cli.outcomes import FAULT, GRAVITY, READ, WRONG_USE, outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhipcau.cli.outcomes import Outcome

INTERRUPTED = 130
_MOST_JOBS = 64


class _Parser(ArgumentParser):
    """Ends with 64 on wrong use."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(WRONG_USE, f"{self.prog}: {message}\n")


def _parser() -> ArgumentParser:
    parser = _Parser(
        prog="nhipcau read",
        description="Read documents and print what they are, cite, state, set and give out.",
        epilog="Exit codes: 0 all read; 1 a fault of ours; 2 a file could not be read; 3 a file was refused"
        " for its secrecy mark; 64 wrong use.",
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="text, HTML, DOCX, DOC, ODT, RTF, PDF, image, edXML, ZIP"
    )
    parser.add_argument("--format", choices=("text", "json", "html"), default="text", help="default: text")
    parser.add_argument(
        "--jobs", type=_jobs, default=1, metavar="N", help="processes to read with; default: 1"
    )
    return parser


def _jobs(word: str) -> int:
    number = int(word)
    if not 1 <= number <= _MOST_JOBS:
        raise ValueError(word)
    return number


def main(argv: Sequence[str]) -> int:
    """Read the files named and print them in order; returns the exit code, 64 on wrong use."""
    try:
        options = _parser().parse_args(list(argv))
    except SystemExit as end:
        return int(end.code or 0)
    prepare()
    try:
        return _print_all(options.files, options.format, options.jobs)
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain again at its end.
        sys.stdout = None
        return READ
    except OSError as error:
        unwritten(error)
        return FAULT
    except KeyboardInterrupt:
        return INTERRUPTED


def _print_all(files: list[str], form: str, jobs: int) -> int:
    """Print the outcome of every file in the order given; returns the gravest exit code."""
    several = len(files) > 1
    worst = READ
    articles: list[str] = []
    for text, notes, code in _outcomes(files, form, jobs, several=several):
        worst = max(worst, code, key=GRAVITY.index)
        for note in notes:
            say(note, sys.stderr)
        if form == "html":
            articles.append(text)
        else:
            shown = harmless(text) if form == "text" else text
            sys.stdout.write(shown + ("\n" if form == "json" or several else ""))
    if form == "html":
        from nhipcau.interchange.formats import reading_html

        sys.stdout.write(reading_html.page(articles))
    sys.stdout.flush()
    return worst


def _outcomes(files: list[str], form: str, jobs: int, *, several: bool) -> Iterator[Outcome]:
    vietnamese = in_vietnamese()
    tasks = [
        (path, form, several, f"v{index}-" if several else "", vietnamese) for index, path in enumerate(files)
    ]
    if jobs == 1 or not several:
        return (outcome(*task) for task in tasks)
    from nhipcau.cli.workers import spread

    return spread(tasks, min(jobs, len(files)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
