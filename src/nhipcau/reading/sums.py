"""Totals that their printed parts do not make: "186 đoàn, gồm 143 đoàn vào và 41 đoàn ra", and in tables.

Only where the parts are told as all of it ("gồm", a row "Tổng cộng"), where every part is a plain number of
the total's unit, and where nothing else in the sentence could be a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from nhipcau.reading.findings import Anomaly, Document, Figure, Span
from nhipcau.reading.text import fold

_REACH = 700
# "186 đoàn ra, vào, gồm" and "1.240 triệu đồng, bao gồm:".
_CONSISTS = re.compile(r"[^.;:\n\d]{0,60}?(?<!\w)(?:bao[ \n]gồm|gồm|chia[ \n]ra)(?:[ \n]có)?[ \n]{0,2}:?")
_SENTENCE_END = re.compile(r"\.(?=\s|\Z)|\n[ \t]*\n")
# What follows one of these is a comparison or a detail, no further part.
_ASIDE = re.compile(
    r"(?<!\w)(?:tăng|giảm|so với|trong đó|đạt|với|trị giá|cùng kỳ|nhiều hơn|ít hơn|bằng|chiếm|"
    r"bình quân|cho|vượt)(?!\w)"
)
# A part that is not counted: then nothing can be said of the sum.
_UNCOUNTED = re.compile(r"\d|(?<!\w)(?:một|vài|khác|còn lại|các|những|nhiều|số còn)(?!\w)")
_TOTAL_LINE = re.compile(
    r"^[ \t*_|]*(?:\d{1,3}[ \t|]+)?(?:[Tt]ổng(?: cộng| số)?|TỔNG(?: CỘNG| SỐ)?|[Cc]ộng|CỘNG)[ \t*_:|]*",
    re.MULTILINE,
)
_CELL = re.compile(r"\t|\||[ ]{3,}")
_PLAIN_NUMBER = re.compile(r"[*_ ]*(?P<n>\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,3})?|\d{1,9}(?:,\d{1,3})?)[*_ ]*\Z")
_SUBTOTAL = re.compile(r"[*_ ]*(?:[IVX]{1,5}|[A-ZĐ])[.)]?[*_ ]*\Z")
# Rounded amounts may miss their sum by this share; counts may not.
_ROUNDING = 0.006
_MONEY = frozenset({"VND", "USD", "EUR", "%"})


def find_sums(text: str, plain: str, document: Document) -> Iterator[Anomaly]:
    """An anomaly ``sum_mismatch`` for every total of the document that its parts do not make."""
    figures = document.figures
    for index, total in enumerate(figures):
        if total.bound == "exact" and (parts := _parts(plain, figures, index, document.span[1])):
            yield from _judged(
                total.value, [part.value for part in parts], _exact(total, parts), total, parts[-1]
            )
    yield from _rows(text, document)
    yield from _stacked(plain, document)


def _exact(total: Figure, parts: Sequence[Figure]) -> bool:
    return total.unit not in _MONEY and all(
        value == int(value) for value in (total.value, *(p.value for p in parts))
    )


def _judged(
    total: float,
    parts: Sequence[float],
    exact: bool,
    first: Figure | Span,
    last: Figure | Span,
) -> Iterator[Anomaly]:
    made = sum(parts)
    if abs(made - total) <= (0 if exact else _ROUNDING * abs(total)):
        return
    begin = first.span[0] if isinstance(first, Figure) else first[0]
    end = last.span[1] if isinstance(last, Figure) else last[1]
    yield Anomaly(
        "sum_mismatch",
        f"Tổng ghi {_shown(total)} nhưng các phần cộng lại được {_shown(made)}; cần kiểm tra lại số liệu.",
        ((begin, end),),
    )


def _shown(value: float) -> str:
    """A number as a clerk writes it: 1.234,5."""
    whole, _, rest = f"{value:,.2f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def _parts(plain: str, figures: Sequence[Figure], index: int, end: int) -> list[Figure]:
    """The parts that are told to make up the figure at ``index``, or nothing where that is not sure."""
    total = figures[index]
    opened = _CONSISTS.match(plain, total.span[1], min(end, total.span[1] + 90))
    if not opened or index + 2 >= len(figures):
        return []
    start = opened.end()
    stop = _sentence_end(plain, start, min(end, start + _REACH))
    inside = takewhile(lambda figure: figure.span[1] <= stop, figures[index + 1 :])
    parts: list[Figure] = []
    position = start
    for figure in inside:
        between = plain[position : figure.span[0]]
        if (
            _ASIDE.search(between)
            or fold(figure.unit or "") != fold(total.unit or "")
            or figure.bound != "exact"
        ):
            break
        if _UNCOUNTED.search(between):
            return []
        parts.append(figure)
        position = figure.span[1]
    aside = _ASIDE.search(plain, position, stop)
    if len(parts) < 2 or _UNCOUNTED.search(plain, position, aside.start() if aside else stop):  # noqa: PLR2004 - a sum
        return []
    return parts


def _sentence_end(plain: str, start: int, stop: int) -> int:
    match = _SENTENCE_END.search(plain, start, stop)
    return match.start() if match else stop


def _stacked(plain: str, document: Document) -> Iterator[Anomaly]:
    """A table whose cells stand one on a line: the amounts above "Tổng cộng" and the one below it."""
    begin, end = document.span
    by_start = {figure.span[0]: figure for figure in document.figures}
    for match in _TOTAL_LINE.finditer(plain, begin, end):
        below = plain.find("\n", match.end(), end)
        total = by_start.get(match.end() + 1) if plain[match.end() : match.end() + 1] == "\n" else None
        if below < 0 or total is None or total.bound != "exact":
            continue
        above = plain.rfind("\n\n", begin, match.start())
        parts = _whole_lines(plain, document.figures, max(begin, above), match.start(), total.unit)
        if len(parts) > 1:
            first = (match.start(), match.end())
            yield from _judged(
                total.value, [part.value for part in parts], _exact(total, parts), first, total
            )


def _whole_lines(
    plain: str, figures: Sequence[Figure], begin: int, end: int, unit: str | None
) -> list[Figure]:
    """The figures of ``unit`` in ``plain[begin:end]`` that fill a line of their own."""
    return [
        figure
        for figure in figures
        if begin <= figure.span[0] and figure.span[1] <= end and figure.unit == unit
        if plain[figure.span[0] - 1] == "\n" and plain[figure.span[1] : figure.span[1] + 1] == "\n"
    ]


def _rows(text: str, document: Document) -> Iterator[Anomaly]:
    """Tables whose rows stand on lines: each column of numbers against its row "Tổng cộng"."""
    begin, end = document.span
    for match in _TOTAL_LINE.finditer(text, begin, end):
        line_end = text.find("\n", match.start(), end)
        line_end = end if line_end < 0 else line_end
        totals = _cells(text[match.start() : line_end])
        rows = _rows_above(text, begin, match.start(), len(totals))
        for place in range(1, len(totals)):
            column = [_number(row[-place]) for row in rows if len(row) > place]
            total = _number(totals[-place])
            numbers = [value for value in column if value is not None]
            if total is None or len(numbers) < 2 or len(numbers) != len(rows):  # noqa: PLR2004 - a sum
                continue
            whole = total == int(total) and all(value == int(value) for value in numbers)
            yield from _judged(total, numbers, whole, (match.start(), line_end), (match.start(), line_end))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in _CELL.split(line.strip(" |\t")) if cell.strip()]


def _rows_above(text: str, begin: int, end: int, width: int) -> list[list[str]]:
    """The rows of numbers right above a total; none where a row is itself a subtotal."""
    rows: list[list[str]] = []
    for line in reversed(text[max(begin, end - 6_000) : end].rstrip("\n").split("\n")):
        cells = _cells(line)
        if len(cells) < 2 or _number(cells[-1]) is None or abs(len(cells) - width) > 1:  # noqa: PLR2004 - a row
            if cells and set("".join(cells)) <= set("-:+= "):
                continue
            break
        if _SUBTOTAL.match(cells[0]):
            return []
        rows.append(cells)
    return rows


def _number(cell: str) -> float | None:
    match = _PLAIN_NUMBER.match(cell)
    return float(match["n"].replace(".", "").replace(",", ".")) if match else None
