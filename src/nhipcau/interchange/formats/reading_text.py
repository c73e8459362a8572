"""A reading as plain text for people: the card first, then what was found, each with its line in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from nhipcau.interchange.formats import reading_words as words
from nhipcau.reading.findings import Document, Mark, Reading
from nhipcau.reading.marking import finding_marks

_LABEL = 18  # width of the labels of the card
_SURFACE = 60  # width of a quotation


class _Lines:
    """Line numbers of offsets, from 1."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def of(self, offset: int) -> int:
        return bisect_right(self._starts, offset)


def reading(value: Reading) -> str:
    """The reading of one file as text that ends with a line break."""
    lines = _Lines(value.text)
    source = value.source
    pages = f", {source.pages} trang" if source.pages else ""
    scanned = ", nhận dạng từ ảnh" if source.ocr else ""
    blocks = [f"{source.name}  ({source.media_type}, {words.number(source.bytes)} byte{pages}{scanned})"]
    labels = {(mark.document, mark.css, mark.index): mark.label for mark in finding_marks(value.documents)}
    for number, document in enumerate(value.documents):
        head = words.title(document)
        if len(value.documents) > 1:
            head = f"[{number + 1}/{len(value.documents)}] {head}"
        blocks.append("\n".join([head, "=" * min(len(head), 78), *_card(document, lines)]))
        blocks += _findings(document, number, lines, labels)
    return "\n\n".join(blocks) + "\n"


def error(name: str, sentence: str) -> str:
    """The lines of a file that could not be read."""
    return f"{name}\n  {sentence}\n"


def refusal(name: str, mark: Mark) -> str:
    """The lines of a file that bears a secrecy mark."""
    return f"{name}\n  Có dấu {mark.upper()}: không đọc, không giữ lại gì.\n"


def _card(document: Document, lines: _Lines) -> Iterator[str]:
    yield f"{'Thể loại':<{_LABEL}}{words.KINDS[document.kind]}"
    for label, value, found in words.fields(document.header):
        where = f"  (dòng {lines.of(found.span[0])})" if found else ""
        yield f"{label:<{_LABEL}}{words.one_line(value)}{where}"
    for index, recipient in enumerate(document.header.recipients):
        label = "Nơi nhận" if index == 0 else ""
        yield f"{label:<{_LABEL}}- {words.one_line(recipient.value)}"


def _findings(
    document: Document, number: int, lines: _Lines, labels: dict[tuple[int, str, int], str]
) -> Iterator[str]:
    """The lists of findings that are not empty, each as a block."""

    def row(kind: str, index: int, text: str, note: str, start: int) -> str:
        label = labels.get((number, kind, index), "")
        return f"  {label:<5}{text}{f'  [{note}]' if note else ''}  (dòng {lines.of(start)})"

    warnings = [
        f"  ▲ {words.one_line(anomaly.message)}"
        + (f"  (dòng {lines.of(anomaly.spans[0][0])})" if anomaly.spans else "")
        for anomaly in document.anomalies
    ]
    citations = [
        row("cite", index, words.citation(item), words.RELATIONS[item.relation], item.span[0])
        for index, item in enumerate(document.citations)
    ]
    figures = [
        row("figure", index, words.figure(item), words.one_line(item.surface)[:_SURFACE], item.span[0])
        for index, item in enumerate(document.figures)
    ]
    deadlines = [
        row("due", index, words.deadline(item), words.one_line(item.surface)[:_SURFACE], item.span[0])
        for index, item in enumerate(document.deadlines)
    ]
    tasks = []
    for index, item in enumerate(document.assignments):
        note = f"chủ trì: {item.lead}" if item.lead else ""
        if item.supporting:
            note += f"; phối hợp: {', '.join(item.supporting)}"
        if item.deadline is not None:
            note += f"; hạn: {words.deadline(document.deadlines[item.deadline])}"
        tasks.append(row("task", index, words.one_line(item.task)[: 2 * _SURFACE], note, item.span[0]))
    lists = (
        ("Cần xem", warnings),
        ("Trích dẫn", citations),
        ("Số liệu", figures),
        ("Thời hạn", deadlines),
        ("Phân công", tasks),
    )
    for name, rows in lists:
        if rows:
            yield "\n".join([f"{name} ({len(rows)})", *rows])
