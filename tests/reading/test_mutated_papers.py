"""Hypothesis drives the reader with mutated papers: 20 seconds in every build, a minute with ``--full``."""

from __future__ import annotations

import json
import time
from importlib.resources import files

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau.reading.contract import as_contract
from nhipcau.reading.findings import MarkedError, Source, UnreadableError
from nhipcau.reading.reader import read_bytes, read_text
from tests.documents.expected import texts
from tests.reading.formats.samples import MAKERS

CONTRACT = jsonschema.Draft202012Validator(
    json.loads((files("nhipcau.reading.schemas") / "reading.schema.json").read_text("utf-8"))
)
PAPERS = [path.read_text("utf-8") for path in texts()]
ODD = [
    "\0",
    "\n",
    "\u200b",
    "\u0301",
    "Ð",
    "“",
    "(",
    "1",
    " tỷ ",
    "ngày 30/02/2024",
    "Số:",
    "Nơi nhận:",
    "|",
    "**",
    "Điều 1.",
]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A paper of the corpus with pieces cut out, doubled, moved, put in, or in capitals."""
    text = draw(st.sampled_from(PAPERS))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 400)))
        piece = text[start:end]
        changes = ["", piece * 2, piece.upper(), piece[::-1], piece + draw(st.sampled_from(ODD))]
        text = text[:start] + draw(st.sampled_from(changes)) + text[end:]
    return text


@settings(deadline=None, max_examples=40, database=None, suppress_health_check=list(HealthCheck))
@given(mutated())
def reads(text: str) -> None:
    """A reading by the contract comes out, and every span lies in its text."""
    reading = as_contract(read_text(text, Source("m.txt", "text/plain", len(text), "")))
    CONTRACT.validate(reading)
    for document in reading["documents"]:
        for citation in document["citations"]:
            start, end = citation["span"]
            assert reading["text"][start:end] == citation["surface"]
        for figure in document["figures"]:
            start, end = figure["span"]
            assert reading["text"][start:end] == figure["surface"]


@settings(deadline=None, max_examples=10, database=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def opens(data: st.DataObject) -> None:
    """A file of any format with bytes changed or cut is read, or refused in one sentence."""
    suffix = data.draw(st.sampled_from([".docx", ".odt", ".rtf", ".html", ".zip", ".edxml", ".doc"]))
    raw = bytearray(MAKERS[suffix](data.draw(st.sampled_from(PAPERS))[:1500]))
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=8)):
        raw[place] ^= data.draw(st.integers(1, 255))
    try:
        read_bytes(bytes(raw[: data.draw(st.integers(1, len(raw)))]), f"m{suffix}")
    except (UnreadableError, MarkedError):
        return


def _drive(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        reads()
        opens()


def test_no_mutated_paper_breaks_the_reader() -> None:
    _drive(20)


@pytest.mark.full
def test_no_mutated_paper_breaks_the_reader_in_a_minute() -> None:
    _drive(60)
