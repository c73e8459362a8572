"""Looks for secrecy marks (MẬT, TỐI MẬT, TUYỆT MẬT) before anything of a paper is kept."""

from __future__ import annotations

from collections.abc import Iterable

from nhipcau.reading.findings import Mark


def find_mark(text: str, extras: Iterable[str] = (), name: str = "") -> Mark | None:
    """The gravest mark that a paper bears, or None."""
    for part in (name, *extras, text):
        for line in part.splitlines():
            if line.strip() in {"MẬT", "TỐI MẬT", "TUYỆT MẬT"}:
                return line.strip().lower()  # type: ignore[return-value]
    return None
