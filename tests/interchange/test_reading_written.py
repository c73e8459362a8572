"""A reading as text, JSON and a page: nothing of the paper is lost, nothing of it is run."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from nhipcau.interchange.formats import reading_html, reading_json, reading_text, reading_words
from nhipcau.reading.findings import (
    Anomaly,
    Assignment,
    Citation,
    Deadline,
    Document,
    Figure,
    Found,
    Header,
    Reading,
    Source,
)

TEXT = (
    "Căn cứ Chỉ thị 07-CT/HĐGL, Sở Ngoại vụ chủ trì <b>báo cáo</b> 45 đoàn trước ngày 15/12 hằng năm & gửi."
)


def _span(surface: str) -> tuple[int, int]:
    start = TEXT.index(surface)
    return start, start + len(surface)


def _reading() -> Reading:
    due = "trước ngày 15/12 hằng năm"
    cited, counted = "Chỉ thị 07-CT/HĐGL", "45 đoàn"
    header = Header(number=Found("15/KH-UBND", (0, 3)), date=Found("2026-01-12", (4, 6)))
    document = Document(
        "state",
        (0, len(TEXT)),
        header,
        citations=(
            Citation(
                _span(cited), cited, "Chỉ thị", "07-CT/HĐGL", None, None, partial=False, relation="basis"
            ),
        ),
        figures=(Figure(_span(counted), counted, 45, "đoàn", None, "exact"),),
        deadlines=(Deadline(_span(due), due, None, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),),
        assignments=(Assignment((27, len(TEXT) - 1), "báo cáo", "Sở Ngoại vụ", ("Công an tỉnh",), 0),),
        anomalies=(Anomaly("cited_after_citing", "Ngày sau ngày.", (_span(cited),)),),
    )
    return Reading(Source("a<b>.txt", "text/plain", len(TEXT), "0" * 64), TEXT, (document,))


class _Page(HTMLParser):
    """Collects the text of the paper, the anchors and the links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.paper = ""
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self._open.append("paper" if given.get("class") == "paper" else tag)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if given.get("href"):
            self.links.append(str(given["href"]))
        if tag in ("meta", "br", "link"):
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if "paper" in self._open and "sup" not in self._open:
            self.paper += data


@pytest.fixture
def page() -> _Page:
    parsed = _Page()
    parsed.feed(reading_html.page([reading_html.article(_reading())]))
    return parsed


def test_the_page_holds_the_whole_paper_and_runs_nothing_of_it(page: _Page) -> None:
    assert page.paper == TEXT
    assert "script" not in page.tags


def test_every_link_of_the_page_leads_to_an_anchor_of_the_page(page: _Page) -> None:
    assert page.links
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_nothing_is_loaded_from_outside() -> None:
    text = reading_html.page([reading_html.article(_reading())])
    assert not re.search(r"(?:src|href)=\"(?!#)|url\(|@import", text)
    assert "default-src 'none'" in text


def test_a_warned_mark_is_boxed_and_told_in_words() -> None:
    text = reading_html.page([reading_html.article(_reading())])
    assert 'class="find cite wrong"' in text
    assert html.escape("▲ Ngày sau ngày.") in text


def test_names_of_files_are_escaped() -> None:
    assert "a<b>.txt" not in reading_html.article(_reading())
    assert "<i>" not in reading_html.error("<i>", "<i>")


def test_json_has_one_object_a_line_whatever_the_paper_holds() -> None:
    odd = Reading(Source("a", "text/plain", 1, "0"), "một\u2028hai\u0085ba\n", ())
    line = reading_json.reading(odd, one_line=True)
    assert len(line.splitlines()) == 1
    loaded: dict[str, Any] = json.loads(line)
    assert loaded["text"] == odd.text


def test_text_names_the_line_of_every_finding() -> None:
    text = reading_text.reading(_reading())
    assert "T1   Chỉ thị 07-CT/HĐGL  [căn cứ]  (dòng 1)" in text
    assert "ngày 15/12 hằng năm" in text
    assert "▲ Ngày sau ngày.  (dòng 1)" in text


@pytest.mark.parametrize(
    ("recurs", "words"),
    [
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15", "ngày 15/6, 15/12 hằng năm"),
        ("FREQ=MONTHLY;BYMONTHDAY=20", "ngày 20 hằng tháng"),
        ("FREQ=WEEKLY;BYDAY=TH", "thứ Năm hằng tuần"),
    ],
)
def test_rules_are_told_in_words(recurs: str, words: str) -> None:
    assert reading_words.rule(recurs) == words


@pytest.mark.parametrize(
    ("value", "words"), [(1234.5, "1.234,5"), (45.0, "45"), (33e6, "33.000.000"), (0.5, "0,5")]
)
def test_numbers_are_printed_as_vietnamese_papers_print_them(value: float, words: str) -> None:
    assert reading_words.number(value) == words
