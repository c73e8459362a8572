"""The command `nhipcau`: finds the command asked for and imports nothing of the others.

Reading files starts no database and imports no Django; each command's module has `main(arguments) -> status`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Command: its module and what it is for.
COMMANDS = {
    "read": ("nhipcau.cli.read", "read documents and print what they are, cite and state"),
    "chain": ("nhipcau.cli.chain", "propose how documents derive from one another"),
    "demo": ("nhipcau.site.commands.demo", "example offices with sample data on this machine"),
    "serve": ("nhipcau.site.commands.serve", "the office's server: pages and jobs"),
    "migrate": ("nhipcau.site.commands.migrate", "bring the database to this version, and grant its roles"),
    "check": ("nhipcau.site.commands.check", "what is wrong with this installation, and the cure"),
    "unlock": ("nhipcau.site.commands.unlock", "let an account in again when no administrator can"),
    "units": ("nhipcau.site.commands.units", "units through time: bring in the edition that is shipped"),
    "audit": ("nhipcau.site.commands.audit", "seal the trail, and look whether anybody bent it"),
    "backup": ("nhipcau.site.commands.backup", "everything the office keeps, in one archive"),
    "restore": ("nhipcau.site.commands.restore", "bring a backup into an empty place"),
}
USAGE_ERROR = 64  # the contract: wrong use
_PARSER_ERROR = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command named first; returns the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] in {"-h", "--help", "help"}:
        print(usage())  # noqa: T201 -- the command line's answer
        return 0 if words else USAGE_ERROR
    if words[0] == "--version":
        from importlib.metadata import version

        print(version("nhipcau"))  # noqa: T201
        return 0
    if words[0] not in COMMANDS:
        print(f"nhipcau: there is no command {words[0]!r}\n\n{usage()}", file=sys.stderr)  # noqa: T201
        return USAGE_ERROR
    module = import_module(COMMANDS[words[0]][0])
    try:
        status: int = module.main(words[1:])
    except SystemExit as end:
        # The parsers of the standard library end with 2, which is a file that could not be read.
        raise SystemExit(USAGE_ERROR if end.code == _PARSER_ERROR else end.code) from None
    return status


def usage() -> str:
    """The list of commands."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name.ljust(width)}  {purpose}" for name, (_module, purpose) in COMMANDS.items()]
    return "\n".join(
        ["usage: nhipcau COMMAND [ARGUMENTS]", "", *lines, "", "nhipcau COMMAND --help says more."]
    )


if __name__ == "__main__":
    sys.exit(main())
