"""Invented papers in the forms that offices use (`frames.toml`), each with the header that it must give."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nhipcau.reading.findings import Document, Found, Header, Reading, Source
from nhipcau.reading.reader import read_text

_PAPERS = Path(__file__).with_name("frames.toml")


@dataclass(frozen=True, slots=True)
class Paper:
    """One text and, for each document in it, its kind and the header fields that it prints."""

    name: str
    text: str
    documents: tuple[dict[str, Any], ...]


@cache
def papers() -> tuple[Paper, ...]:
    """All papers of the file, in its order."""
    tables = tomllib.loads(_PAPERS.read_text(encoding="utf-8"))["paper"]
    return tuple(Paper(one["name"], one["text"], tuple(one["documents"])) for one in tables)


def read(text: str) -> Reading:
    """A reading of a text that came from nowhere."""
    return read_text(text, Source("thu.txt", "text/plain", len(text), ""))


def first(text: str) -> Document:
    """The first document of a text."""
    return read(text).documents[0]


def printed(header: Header) -> dict[str, Any]:
    """The fields of a header that are not null, as plain values."""
    fields: dict[str, Any] = {}
    for name in Header.__slots__:
        value = getattr(header, name)
        if name == "recipients":
            value = [found.value for found in value]
        elif isinstance(value, Found):
            value = value.value
        if value:
            fields[name] = value
    return fields


def found_in(header: Header) -> list[Found]:
    """Every value of a header that has a place."""
    values = [getattr(header, name) for name in Header.__slots__]
    return [value for value in values if isinstance(value, Found)] + list(header.recipients)
