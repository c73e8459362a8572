"""Turns the tables of an expected reading into values, and says what in them cannot be."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tests.documents.model import (
    ANOMALIES,
    BOUNDS,
    HEADER_TEXTS,
    KINDS,
    RELATIONS,
    URGENCIES,
    ExpectedAnomaly,
    ExpectedAssignment,
    ExpectedCitation,
    ExpectedDeadline,
    ExpectedDocument,
    ExpectedFigure,
    ExpectedHeader,
    Span,
)

# Keys that each table of the TOML file may have.
KEYS: dict[str, frozenset[str]] = {
    "file": frozenset({"note", "documents"}),
    "documents": frozenset(
        {"kind", "starts", "header", "citations", "figures", "deadlines", "assignments", "anomalies"},
    ),
    "header": frozenset({*HEADER_TEXTS, "recipients"}),
    "citations": frozenset({"surface", "nth", "type", "number", "date", "partial", "relation"}),
    "figures": frozenset({"surface", "nth", "value", "unit", "bound"}),
    "deadlines": frozenset({"surface", "nth", "date", "recurs"}),
    "assignments": frozenset({"surface", "nth", "lead", "supporting"}),
    "anomalies": frozenset({"surface", "nth", "code"}),
}

Table = Mapping[str, Any]  # a table as tomllib gives it: its values are checked one by one below
_Found = TypeVar("_Found")


def normalised(raw: str) -> str:
    """Return the text as spans count it: NFC, one newline per line end, no byte-order mark."""
    return unicodedata.normalize("NFC", raw.removeprefix("\ufeff").replace("\r\n", "\n"))


def nth_span(text: str, surface: str, nth: int) -> Span | None:
    """Return the span of the nth occurrence (from 1) of `surface`, None where there are fewer."""
    start = -1
    for _ in range(nth):
        start = text.find(surface, start + 1)
        if start < 0:
            return None
    return start, start + len(surface)


@dataclass(slots=True)
class Checker:
    """Turns the tables of one pair into expectations and keeps what is wrong with them."""

    text: str
    problems: list[str] = field(default_factory=list)
    where: str = ""
    within: Span = (0, 0)

    def say(self, what: str) -> None:
        self.problems.append(f"{self.where}: {what}" if self.where else what)

    def keys(self, kind: str, table: Table) -> None:
        for key in sorted(set(table) - KEYS[kind]):
            self.say(f"unknown key {key!r} in {kind}")

    def word(self, table: Table, key: str, allowed: frozenset[str] | None = None) -> str | None:
        """Return a text value in NFC, or None; complain where it is empty, no text, or not allowed."""
        value = table.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value or value != value.strip():
            self.say(f"{key} is {value!r}, not a plain text")
            return None
        if allowed is not None and value not in allowed:
            self.say(f"bad {key} {value!r}")
        return unicodedata.normalize("NFC", value)

    def number(self, table: Table) -> str | None:
        value = self.word(table, "number")
        if value is not None and (re.search(r"\s", value) or re.search("[‐‑‒–—−]", value)):
            self.say(f"number {value!r} has a blank or a dash that is no plain hyphen")
        return value

    def date(self, table: Table) -> str | None:
        value = self.word(table, "date")
        if value is not None and not _is_iso_day(value):
            self.say(f"date {value!r} is no ISO day")
        return value

    def texts(self, table: Table, key: str) -> tuple[str, ...]:
        values = table.get(key, [])
        if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() == v for v in values):
            self.say(f"{key} is no list of plain texts")
            return ()
        return tuple(unicodedata.normalize("NFC", v) for v in values)

    def place(self, table: Table) -> tuple[str, Span] | None:
        """Return surface and span of a finding, or None, with a problem noted, where it is not there."""
        surface, nth = self.word(table, "surface"), table.get("nth", 1)
        if surface is None or not isinstance(nth, int) or nth < 1:
            self.say(f"no usable surface, or nth {nth!r}")
            return None
        span = nth_span(self.text, surface, nth)
        if span is None:
            found = "not found" if nth_span(self.text, surface, 1) is None else f"has no occurrence {nth}"
            self.say(f"surface {surface!r} {found}")
            return None
        if not (self.within[0] <= span[0] and span[1] <= self.within[1]):
            self.say(f"surface {surface!r} (nth {nth}) stands in another document of the file")
        return surface, span

    def citation(self, table: Table) -> ExpectedCitation | None:
        number, date, partial = self.number(table), self.date(table), table.get("partial", False)
        if not isinstance(partial, bool):
            self.say(f"partial is {partial!r}")
        if partial == bool(number and re.search(r"\D", number.rstrip("abcdđ"))):
            self.say(f"number {number!r} does not go with partial = {partial}")
        if self.word(table, "type") is None:
            self.say("citation without a type")
        if (placed := self.place(table)) is None:
            return None
        relation = self.word(table, "relation", RELATIONS)
        surface, span = placed
        return ExpectedCitation(
            span, surface, self.word(table, "type"), number, date, bool(partial), relation
        )

    def figure(self, table: Table) -> ExpectedFigure | None:
        value, bound = table.get("value"), self.word(table, "bound", BOUNDS)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.say(f"value {value!r} is no number")
            return None
        if bound is None:
            self.say("figure without a bound")
            return None
        if (placed := self.place(table)) is None:
            return None
        surface, span = placed
        return ExpectedFigure(span, surface, float(value), self.word(table, "unit"), bound)

    def deadline(self, table: Table) -> ExpectedDeadline | None:
        date, recurs = self.date(table), self.word(table, "recurs")
        if (date is None) == (recurs is None):
            self.say("a deadline has either a date or a rule")
        if recurs is not None and not recurs.startswith("FREQ="):
            self.say(f"recurs {recurs!r} is no RRULE")
        if (placed := self.place(table)) is None:
            return None
        return ExpectedDeadline(placed[1], placed[0], date, recurs)

    def assignment(self, table: Table) -> ExpectedAssignment | None:
        if (placed := self.place(table)) is None:
            return None
        lead, supporting = self.word(table, "lead"), self.texts(table, "supporting")
        if lead is None and not supporting:
            self.say("an assignment names a body")
        return ExpectedAssignment(placed[1], placed[0], lead, supporting)

    def anomaly(self, table: Table) -> ExpectedAnomaly | None:
        code = self.word(table, "code", ANOMALIES)
        if code is None or (placed := self.place(table)) is None:
            self.say("an anomaly needs a code and a surface")
            return None
        return ExpectedAnomaly(placed[1], placed[0], code)

    def header(self, table: Table) -> ExpectedHeader:
        self.keys("header", table)
        self.word(table, "urgency", URGENCIES)
        self.number(table)
        self.date(table)
        texts = {key: self.word(table, key) for key in HEADER_TEXTS}
        return ExpectedHeader(**texts, recipients=self.texts(table, "recipients"))

    def findings(self, kind: str, document: Table) -> Iterable[tuple[str, Table]]:
        """Yield the tables of one kind of finding, each with its name for messages."""
        tables = document.get(kind, [])
        if not isinstance(tables, list):
            self.say(f"{kind} is no list of tables")
            return
        base = self.where
        for index, table in enumerate(tables):
            self.where = f"{base} {kind}[{index}]"
            self.keys(kind, table)
            yield kind, table
        self.where = base

    def document(self, document: Table, span: Span) -> ExpectedDocument:
        self.within = span
        self.keys("documents", document)
        kind = self.word(document, "kind", KINDS)
        if kind is None:
            self.say("document without a kind")
        header = self.header(document.get("header", {}))
        result = ExpectedDocument(
            kind or "other",
            span,
            header,
            _present(self.citation(t) for _, t in self.findings("citations", document)),
            _present(self.figure(t) for _, t in self.findings("figures", document)),
            _present(self.deadline(t) for _, t in self.findings("deadlines", document)),
            _present(self.assignment(t) for _, t in self.findings("assignments", document)),
            _present(self.anomaly(t) for _, t in self.findings("anomalies", document)),
        )
        self.order("citations", [c.span for c in result.citations])
        self.order("figures", [f.span for f in result.figures])
        return result

    def order(self, kind: str, spans: Sequence[Span]) -> None:
        """Complain about spans that overlap or stand in the wrong order: a sign of a wrong `nth`."""
        for before, after in itertools.pairwise(spans):
            if after[0] < before[1]:
                self.say(
                    f"{kind}: {self.text[slice(*after)]!r} overlaps or precedes the one listed before it"
                )

    def starts(self, documents: Sequence[Table]) -> list[int]:
        """Find where each document begins; the first at 0, the next ones at their `starts`."""
        result = [0]
        for index, document in enumerate(documents[1:], start=1):
            begins = self.word(document, "starts")
            span = None if begins is None else nth_span(self.text, begins, 1)
            if span is None or span[0] <= result[-1]:
                self.say(f"documents[{index}]: starts {begins!r} not found in its order")
            result.append(span[0] if span else result[-1])
        return result


def _present(items: Iterable[_Found | None]) -> tuple[_Found, ...]:
    return tuple(item for item in items if item is not None)


def _is_iso_day(value: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return False
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True
