"""Readings as one self-contained HTML page: the text with its findings marked, the card and the lists beside.

Nothing is loaded from outside, there is no script, mark and list entry link to each other; it prints on A4.
The style is ``reading.css``, after the look of the product.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from importlib import resources

from nhipcau.interchange.formats import reading_words as words
from nhipcau.reading.findings import Document, Reading, Span
from nhipcau.reading.findings import Mark as SecrecyMark
from nhipcau.reading.marking import FindingMark, Mark, Segment, finding_marks, segments

NAMES = {
    "cite": "Trích dẫn",
    "figure": "Số liệu",
    "due": "Thời hạn",
    "task": "Phân công",
    "wrong": "Cần xem",
}


@lru_cache(maxsize=1)
def _style() -> str:
    return resources.files(__package__).joinpath("reading.css").read_text(encoding="utf-8")


def page(articles: Sequence[str]) -> str:
    """The whole page around articles made by ``article``, ``error`` and ``refusal``."""
    head = (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Kết quả đọc văn bản</title>\n<style>\n{_style()}</style></head>\n<body>\n<main>\n"
    )
    return head + "\n".join(articles) + "\n</main>\n</body></html>\n"


def article(value: Reading, prefix: str = "") -> str:
    """One file's reading; ``prefix`` keeps the anchors of several files of one page apart."""
    found = finding_marks(value.documents)
    source = value.source
    pages = f" · {source.pages} trang" if source.pages else ""
    parts = [f'<article aria-label="{_text(source.name)}">', f"<h1>{_text(source.name)}</h1>"]
    parts.append(
        f'<p class="quiet">{_text(source.media_type)} · {words.number(source.bytes)} byte{pages}'
        f"{' · nhận dạng từ ảnh' if source.ocr else ''}</p>"
    )
    parts.append(_keys(found))
    for number, document in enumerate(value.documents):
        ours = [mark for mark in found if mark.document == number]
        paper = "".join(_piece(piece, prefix) for piece in segments(value.text, ours, document.span))
        parts.append(
            '<div class="cols"><section class="sheet" aria-label="Văn bản">'
            f'<div class="paper">{paper}</div></section>'
            f'<div class="side">{"".join(_side(document, ours, prefix))}</div></div>'
        )
    parts.append("</article>")
    return "\n".join(parts)


def error(name: str, sentence: str) -> str:
    """The article of a file that could not be read."""
    return f'<article><h1>{_text(name)}</h1><p class="notice">{_text(sentence)}</p></article>'


def refusal(name: str, mark: SecrecyMark) -> str:
    """The article of a file that bears a secrecy mark."""
    return error(name, f"Có dấu {mark.upper()}: không đọc, không giữ lại gì.")


def _text(value: str) -> str:
    return escape(value, quote=True)


def _keys(found: Sequence[FindingMark]) -> str:
    """What the marks in the text mean, with their counts."""
    items = []
    for kind, name in NAMES.items():
        count = sum(mark.css == kind for mark in found)
        if count:
            css = "find wrong" if kind == "wrong" else f"find {kind}"
            items.append(f'<span><span class="{css}">{name}</span> {count}</span>')
    return f'<p class="keys">{"".join(items)}</p>' if items else ""


def _piece(piece: Segment, prefix: str) -> str:
    """A piece of the text inside its marks: the innermost is the link, for links cannot nest."""
    inner = _text(piece.text)
    for depth, mark in enumerate(piece.marks):
        warned = isinstance(mark, FindingMark) and mark.warned and mark.css != "wrong"
        css = f"find {mark.css}{' wrong' if warned else ''}"
        anchor = f' id="{prefix}p-{mark.label}"' if mark.start == piece.start else ""
        label = _label(mark, warned=warned) if mark.end == piece.end else ""
        if depth == 0:
            inner = f'<a class="{css}"{anchor} href="#{prefix}f-{mark.label}">{inner}{label}</a>'
        else:
            inner = f'<span class="{css}"{anchor}>{inner}{label}</span>'
    return inner


def _label(mark: Mark, *, warned: bool) -> str:
    sign = " ▲" if warned or mark.css == "wrong" else ""
    return f'<sup><span class="unseen"> {NAMES[mark.css]} </span>{mark.label}{sign}</sup>'


def _side(document: Document, ours: Sequence[FindingMark], prefix: str) -> Iterator[str]:
    """The card and the lists of one document."""
    if document.anomalies:
        yield '<section class="sheet"><h2>Cần xem</h2>'
        for anomaly in document.anomalies:
            jumps = "".join(f" {_jump(mark, prefix)}" for mark in _touching(ours, anomaly.spans))
            yield f'<p class="notice"><b>▲ {_text(words.one_line(anomaly.message))}</b>{jumps}</p>'
        yield "</section>"
    yield f'<section class="sheet"><h2>{_text(words.title(document))}</h2><dl>'
    yield f"<dt>Thể loại</dt><dd>{words.KINDS[document.kind]}</dd>"
    for label, value, _ in words.fields(document.header):
        yield f"<dt>{label}</dt><dd>{_text(words.one_line(value))}</dd>"
    recipients = "<br>".join(_text(words.one_line(item.value)) for item in document.header.recipients)
    if recipients:
        yield f"<dt>Nơi nhận</dt><dd>{recipients}</dd>"
    yield "</dl></section>"
    for kind in ("task", "due", "figure", "cite"):
        rows = [mark for mark in ours if mark.css == kind]
        if rows:
            items = "".join(_row(document, mark, prefix) for mark in rows)
            yield f'<section class="sheet"><h2>{NAMES[kind]} <small>{len(rows)}</small></h2>'
            yield f"<ul>{items}</ul></section>"


def _touching(ours: Sequence[FindingMark], spans: Sequence[Span]) -> Iterator[FindingMark]:
    for mark in ours:
        if mark.warned and any(mark.start < end and start < mark.end for start, end in spans):
            yield mark


def _jump(mark: FindingMark, prefix: str) -> str:
    return f'<a class="jump" href="#{prefix}p-{mark.label}">đến chỗ {mark.label}</a>'


def _row(document: Document, mark: FindingMark, prefix: str) -> str:
    """One finding of a list, linked with its place in the text."""
    first, second = _words_of(document, mark)
    sub = f'<span class="sub">{_text(second)}</span>' if second else ""
    warned = " ▲" if mark.warned else ""
    return (
        f'<li class="{mark.css}" id="{prefix}f-{mark.label}"><b>{mark.label}{warned}</b>'
        f'<span>{_text(first)}{sub}</span><a class="jump" href="#{prefix}p-{mark.label}">đến chỗ</a></li>'
    )


def _words_of(document: Document, mark: FindingMark) -> tuple[str, str]:
    """A finding in one line, and what is to be said of it."""
    if mark.css == "cite":
        citation = document.citations[mark.index]
        return words.citation(citation), words.RELATIONS[citation.relation]
    if mark.css == "figure":
        figure = document.figures[mark.index]
        period = " – ".join(words.day(day) for day in figure.period) if figure.period else ""
        return words.figure(figure), " · ".join(
            filter(None, (figure.what, words.BOUNDS[figure.bound], period))
        )
    if mark.css == "due":
        deadline = document.deadlines[mark.index]
        return words.deadline(deadline), words.one_line(deadline.surface)
    task = document.assignments[mark.index]
    lead = f"chủ trì: {task.lead}" if task.lead else ""
    support = f"phối hợp: {', '.join(task.supporting)}" if task.supporting else ""
    due = "" if task.deadline is None else f"hạn: {words.deadline(document.deadlines[task.deadline])}"
    return words.one_line(task.task), " · ".join(filter(None, (lead, support, due)))
