"""A reading, an error or a refusal as JSON, by the contract ``nhipcau.reading.v1``."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

from nhipcau.reading.contract import as_contract
from nhipcau.reading.findings import Mark, Reading


def reading(value: Reading, *, one_line: bool) -> str:
    """The reading as one JSON object: indented for one file, on one line for JSON Lines."""
    return dumped(as_contract(value), one_line=one_line)


def error(name: str, sentence: str, *, one_line: bool) -> str:
    """The object of a file that could not be read."""
    return dumped({"source": {"name": name}, "error": sentence}, one_line=one_line)


def refusal(name: str, mark: Mark, *, one_line: bool) -> str:
    """The object of a file that bears a secrecy mark: its name and the mark, nothing else."""
    return dumped({"source": {"name": name}, "refused": mark}, one_line=one_line)


def dumped(value: dict[str, Any], *, one_line: bool) -> str:
    """JSON with Vietnamese letters as they are; Unicode's line separators are escaped.

    What is indented is written piece by piece: the list of its pieces would be larger than the reading.
    """
    if one_line:
        text = json.dumps(value, ensure_ascii=False)
    else:
        out = StringIO()
        out.writelines(json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(value))
        text = out.getvalue()
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\u0085", "\\u0085")
