"""The same paper in another layout gives the same header."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from tests.reading.frames import Paper, papers, printed, read

Layout = Callable[[str], str]

# When every line stands alone, an addressee over two lines without a dash looks like the first line of the
# body, and a cover of three lines does not tell how its lines are spaced.
NEEDS_BLANKS = {"right_first", "ubtw_lhhn", "cover"}


def close(text: str) -> str:
    """No empty line anywhere."""
    return "\n".join(line for line in text.split("\n") if line.strip())


def loose(text: str) -> str:
    """An empty line between any two lines."""
    return "\n\n".join(line for line in text.split("\n") if line.strip())


def indented(text: str) -> str:
    """Every line moved to the right, as in the text of a PDF."""
    return "\n".join(f"      {line}" for line in text.split("\n"))


def bold(text: str) -> str:
    """Lines that are no entry of a list between the marks of a converter."""
    marked = (
        line.strip() if line[:1].isalpha() and "   " not in line and "\t" not in line else ""
        for line in text.split("\n")
    )
    return "\n".join(
        f"**{words}**" if words else line for words, line in zip(marked, text.split("\n"), strict=True)
    )


def decomposed(text: str) -> str:
    """Marks apart from their letters."""
    return unicodedata.normalize("NFD", text)


def windows(text: str) -> str:
    """Line ends and byte order mark of another system."""
    return "\ufeff" + text.replace("\n", "\r\n")


def odd_letters(text: str) -> str:
    """Look-alike capitals and blanks that do not break."""
    return text.replace("Đ", "Ð").replace(" ", "\u00a0")


@pytest.mark.parametrize("layout", [close, loose, indented, bold, decomposed, windows, odd_letters])
@pytest.mark.parametrize("paper", papers(), ids=lambda paper: paper.name)
def test_layout_changes_no_header(paper: Paper, layout: Layout) -> None:
    """Empty lines, indents, marks of converters and encodings are no part of what a paper says."""
    if layout is loose and paper.name in NEEDS_BLANKS:
        pytest.skip("in this paper only the empty lines tell what belongs together")
    documents = read(layout(paper.text)).documents
    assert [{"kind": one.kind, **printed(one.header)} for one in documents] == list(paper.documents)
