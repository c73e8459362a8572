"""On the five real papers: the citations checked by eye and no other, also where the text is spoilt."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from nhipcau.reading.citations import find_citations
from nhipcau.reading.findings import Source
from nhipcau.reading.reader import read_text
from nhipcau.reading.text import matching, normalise

SHARED = Path(__file__).resolve().parents[3] / "shared"
LIST = SHARED / "handbook" / "data" / "seed_citations.csv"
pytestmark = pytest.mark.skipif(not LIST.exists(), reason="../shared is not beside the checkout")

# type, number, day, partial
Key = tuple[str, str | None, str | None, bool]

TYPES = "Chỉ thị|Công văn|Quyết định|Hướng dẫn|Kết luận|Nghị quyết|Văn kiện"
SPOILT: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "Ð for Đ": lambda text: text.replace("Đ", "Ð"),
    "en dash": lambda text: text.replace("-", "–"),
    "minus": lambda text: text.replace("-", "−"),
    "NBSP": lambda text: text.replace(" ", "\u00a0"),
    "zero width": lambda text: text.replace("-", "-\u200b"),
    "wide slash": lambda text: text.replace("/", "／"),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "double blanks": lambda text: text.replace(" ", "  "),
    "break after the hyphen": lambda text: re.sub(r"(\d)-(?=[A-ZĐ])", r"\1-\n", text),
    "break after the slash": lambda text: re.sub(r"/(?=[TB])", "/\n", text),
    "break after the type word": lambda text: re.sub(rf"({TYPES}) ", r"\1\n", text),
    "break in the type word": lambda text: re.sub((
        r"(Chỉ|Công|Quyết|Hướng|Kết|Nghị|Văn) (?=[a-zđịếẫậ])"
    ), r"\1\n", text),
    "break at every blank": lambda text: text.replace(" ", "\n"),
    "blanks in numbers": lambda text: re.sub(r"(\d)-([A-ZĐ]{2})/(?=[A-ZĐ])", r"\1 - \2 / ", text),
    "Markdown": lambda text: re.sub(r"(\d+-[A-ZĐ]{2}/[A-ZĐ]+)", r"**\1**", text),
    "old tone places": lambda text: text.replace("khóa", "khoá"),
    "capitals": str.upper,
    "Each Type Word": lambda text: text.replace("Chỉ thị", "Chỉ Thị").replace("Nghị quyết", "Nghị Quyết"),
}  # fmt: skip


def seeds() -> list[Path]:
    return sorted((SHARED / "seeds").glob("*.txt"))


def expected() -> dict[str, list[dict[str, str]]]:
    rows: dict[str, list[dict[str, str]]] = {}
    with LIST.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows.setdefault(row["seed"], []).append(row)
    return rows


def key(row: dict[str, str]) -> Key:
    return row["expected_type"], row["expected_number"] or None, row["date"] or None, row["partial"] == "true"


def found(raw: str) -> list[Key]:
    text = normalise(raw)
    return [(c.type or "", c.number, c.date, c.partial) for c in find_citations(text, matching(text))]


@pytest.mark.parametrize("name", SPOILT)
def test_the_27_citations_and_no_other(name: str) -> None:
    rows = expected()
    count = 0
    for path in seeds():
        wanted = [key(row) for row in rows[path.name[:3]]]
        assert sorted(map(str, found(SPOILT[name](path.read_text("utf-8"))))) == sorted(map(str, wanted)), (
            path.name
        )
        count += len(wanted)
    assert count == 27


def test_each_stands_at_its_place() -> None:
    rows = expected()
    for path in seeds():
        text = normalise(path.read_text("utf-8"))
        places = [(c.span[0], c.surface) for c in find_citations(text, matching(text))]
        assert places == [(int(row["start"]), row["surface"]) for row in rows[path.name[:3]]]


def test_a_reading_has_them_and_the_one_anomaly() -> None:
    """`cited_after_citing` stands in one paper only, and nothing else is wrong in any."""
    rows = expected()
    told: list[str] = []
    for path in seeds():
        reading = read_text(path.read_text("utf-8"), Source(path.name, "text/plain", 0, ""))
        citations = [citation for document in reading.documents for citation in document.citations]
        assert len(citations) == len(rows[path.name[:3]]), path.name
        told += [f"{path.name[:3]} {a.code}" for document in reading.documents for a in document.anomalies]
    assert told == ["004 cited_after_citing"]
