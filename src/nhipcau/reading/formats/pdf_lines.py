"""The text layer of a PDF page with its empty lines and wide gaps, which pdfium's own text leaves out."""

from __future__ import annotations

import ctypes
import itertools
import re
import statistics

import pypdfium2
import pypdfium2.raw as pdfium

# pdfium marks a hyphen at the end of a line with one of these and leaves the line end out.
LINE_HYPHEN = re.compile("[\ufffe\x02](?:\r?\n)?")
LINE = re.compile("[^\r\n]+")
BLANK = re.compile(r"(?<=\S) (?=\S)")
# A gap between lines of more than so many usual ones shows an empty line.
EMPTY_LINE = 1.75
# A gap in a line wider than so many letters parts two columns.
COLUMN_GAP = 2.5
COLUMNS = "    "
MOST_LINES = 2_000  # of a page; one with more is no page of a paper


def layer(page: pypdfium2.PdfPage) -> str:
    """The text of a page in reading order, line ends as one newline."""
    text_page = page.get_textpage()
    try:
        raw = text_page.get_text_range()
        lines = list(LINE.finditer(raw))
        # Offsets are pdfium's own only where each character is one of its units.
        if len(raw) != text_page.count_chars() or len(lines) > MOST_LINES:
            return _plain(raw)
        return _plain(_spaced(text_page.raw, lines))
    finally:
        text_page.close()


def _plain(raw: str) -> str:
    return LINE_HYPHEN.sub("-\n", raw).replace("\r\n", "\n")


def _spaced(page: pdfium.FPDF_TEXTPAGE, lines: list[re.Match[str]]) -> str:
    """The lines, with an empty one where the page shows it."""
    heights = [_origin(page, line.start())[1] for line in lines]
    steps = [above - below for above, below in itertools.pairwise(heights)]
    usual = statistics.median([step for step in steps if step > 1] or [0.0])
    out: list[str] = []
    for number, line in enumerate(lines):
        if number and usual and steps[number - 1] > EMPTY_LINE * usual:
            out.append("")
        out.append(_columns(page, line))
    return "\n".join(out)


def _columns(page: pdfium.FPDF_TEXTPAGE, line: re.Match[str]) -> str:
    """One line; a wide gap becomes several blanks."""
    first = line.start()
    size = pdfium.FPDFText_GetFontSize(page, first)
    words = line[0]
    if size < 1 or " " not in words:
        return words

    def widened(blank: re.Match[str]) -> str:
        left, right = _box(page, first + blank.start() - 1)[1], _box(page, first + blank.end())[0]
        return COLUMNS if right - left > COLUMN_GAP * size else " "

    return BLANK.sub(widened, words)


def _origin(page: pdfium.FPDF_TEXTPAGE, index: int) -> tuple[float, float]:
    """Where a character stands on its line, in points from the lower left corner."""
    across, up = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(page, index, across, up)
    return across.value, up.value


def _box(page: pdfium.FPDF_TEXTPAGE, index: int) -> tuple[float, float]:
    """The left and right edge of a character in points."""
    left, right, low, high = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(page, index, left, right, low, high)
    return left.value, right.value
