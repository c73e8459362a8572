"""Looks at the whole trail: reads every event once, in the order of sealing, and compares it with its seal.

Nothing is written. Memory holds the seals still open and the prints of their events, never the trail.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from nhipcau.records.foundation.sealing import chain, frozen, places, rows
from nhipcau.records.foundation.sealing.findings import Report
from nhipcau.records.foundation.sealing.forms import BadSealError, Signed
from nhipcau.records.foundation.sealing.snapshots import NOTHING, Snapshot, parse
from nhipcau.records.foundation.sealing.tree import Tree

# The spelling of a value that ``events.digest`` hashes, with the encoder made once.
_spell = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(slots=True)
class _Open:
    """A seal whose events are being read."""

    signed: Signed
    seen: Snapshot
    tree: Tree = field(default_factory=Tree)
    ids: array[int] = field(default_factory=lambda: array("q"))
    prints: bytearray = field(default_factory=bytearray)

    def add(self, event: int, digest: bytes) -> None:
        self.tree.add(digest)
        self.ids.append(event)
        self.prints += digest[: places.BYTES]


@dataclass(slots=True)
class _Look:
    """One look at the trail and what it has found so far."""

    source: chain.Source
    report: Report
    erased: dict[int, str]
    erasures: Counter[str] = field(default_factory=Counter)
    broken: list[_Open] = field(default_factory=list)
    unsealed: int = 0
    since: datetime | None = None

    def events(self, cluster: int, seals: Iterator[Signed], before: Snapshot = NOTHING) -> None:
        """The events of one server since ``before``, each held against the first seal that saw it."""
        waiting = _Window(self, seals)
        values = [cluster, before.below, rows.NO_END]
        with rows.streamed(self.source.connection, rows.WHOLE, values, "events") as found:
            for transaction, event, text, texts in found:
                if before.saw(transaction):
                    continue
                kept = json.loads(texts) if texts else []
                if (place := waiting.place_of(transaction)) is not None:
                    place.add(event, rows.leaf_of(text, rows.lines_of(kept)))
                else:
                    self.unsealed += 1
                    at = rows.written_at(text)
                    self.since = min(self.since or at, at)
                self.values(event, kept)
                self.report.events += 1
        waiting.close_all()

    def values(self, event: int, kept: list[Any]) -> None:
        """The values of one event, held against their digests."""
        for key, name, side, digest, salt, value in kept:
            self.report.values += 1
            if salt is None:
                if key in self.erased:
                    self.erasures[self.erased[key]] += 1
                else:
                    self.report.find("value_missing", event=event, field=name, side=side)
            elif key in self.erased:
                self.report.find("value_back", event=event, field=name, side=side)
            elif sha256((salt + _spell(value)).encode()).hexdigest() != digest:
                self.report.find("value_changed", event=event, field=name, side=side)

    def close(self, one: _Open) -> None:
        """All events of a seal are read: they must come to its root."""
        if one.tree.root().hex() != one.signed.seal.root or one.tree.count != one.signed.seal.count:
            self.broken.append(one)

    def conclude(self) -> Report:
        """Name the places of what is broken, and tell what there is to know."""
        if self.broken:
            places.tell(
                self.source,
                {one.signed.seal.number: (one.ids, one.prints) for one in self.broken},
                self.report,
            )
        for article, count in sorted(self.erasures.items()):
            self.report.find("erased", count=count, article=article)
        if self.unsealed:
            self.report.find("unsealed", count=self.unsealed, since=self.since)
        return self.report


@dataclass(slots=True)
class _Window:
    """The seals that may still get events: transactions come in order, late ones for later seals."""

    look: _Look
    seals: Iterator[Signed]
    open: deque[_Open] = field(default_factory=deque)

    def place_of(self, transaction: int) -> _Open | None:
        """The first seal that saw the transaction; None where no seal did."""
        while self.open and self.open[0].seen.until <= transaction:
            self.look.close(self.open.popleft())
        for one in self.open:
            if one.seen.saw(transaction):
                return one
        while (one_more := self._pull()) is not None:
            if one_more.seen.saw(transaction):
                return one_more
        return None

    def close_all(self) -> None:
        """No more events come."""
        while self._pull() is not None:
            pass
        while self.open:
            self.look.close(self.open.popleft())

    def _pull(self) -> _Open | None:
        for signed in self.seals:
            try:
                self.open.append(_Open(signed, parse(signed.seal.snapshot)))
            except ValueError:  # told when the chain was looked at
                continue
            return self.open[-1]
        return None


def verify(source: chain.Source) -> Report:
    """Look at everything: chain, file, events, values, frozen figures.

    ``source.connection`` should stand in one transaction that sees one moment (REPEATABLE READ).
    """
    look = _Look(source, Report(), _erased(source.connection))
    chain.check_chain(source, look.report)
    for cluster in _clusters(source):
        look.events(cluster, _seals_of(source, cluster))
    _check_frozen(source.connection, look.report)
    if not look.report.seals:
        look.report.find("nothing_sealed")
    return look.conclude()


def verify_since_last(source: chain.Source) -> Report:
    """Look at the last seal, whether it stands in the file too, and at all events since the one before it."""
    report = Report()
    last = rows.last_seal(source.connection)
    if last is None:
        return verify(source)
    look = _Look(source, report, _erased(source.connection))
    try:
        written = source.ledger.last()
    except BadSealError:
        report.find("line_unreadable", line="-1")
        written = None
    chain.check_end(source, last, written, report)
    cluster, number = last.seal.cluster, last.seal.number
    before = rows.last_seal(source.connection, cluster=cluster, before=number)
    look.events(cluster, iter([last]), parse(before.seal.snapshot) if before else NOTHING)
    return look.conclude()


def _seals_of(source: chain.Source, cluster: int) -> Iterator[Signed]:
    for kept, written in chain.pairs(source):
        signed = chain.trusted(source.verifier, kept, written)
        if signed.seal.cluster == cluster:
            yield signed


def _clusters(source: chain.Source) -> list[int]:
    """The servers that events or seals name."""
    found = {*rows.clusters(source.connection)}
    found |= {chain.trusted(source.verifier, *pair).seal.cluster for pair in chain.pairs(source)}
    return sorted(found)


def _erased(connection: rows.Connection) -> dict[int, str]:
    """The values that an erasure names, each with its article of law."""
    found = connection.execute(
        "SELECT a.value #>> '{}', k.value FROM foundation_event e "
        "JOIN foundation_eventvalue va ON va.event_id = e.id AND va.field = 'article' "
        "JOIN foundation_valuetext a ON a.event_value_id = va.id "
        "JOIN foundation_eventvalue vk ON vk.event_id = e.id AND vk.field = 'erased' "
        "JOIN foundation_valuetext k ON k.event_value_id = vk.id "
        "WHERE e.verb = 'erase' AND jsonb_typeof(k.value) = 'array'"
    ).fetchall()
    return {int(key): str(article) for article, keys in found for key in keys}


def _check_frozen(connection: rows.Connection, report: Report) -> None:
    """Each frozen figure must have the digest that its last freezing wrote."""
    found: list[tuple[Any, ...]] = connection.execute(
        "SELECT DISTINCT ON (e.kind, e.record) e.kind, e.record, e.id, t.value #>> '{}' "
        "FROM foundation_event e "
        "JOIN foundation_eventvalue v ON v.event_id = e.id AND v.field = %s "
        "LEFT JOIN foundation_valuetext t ON t.event_value_id = v.id "
        "WHERE e.verb = 'freeze' ORDER BY e.kind, e.record, e.id DESC",
        [frozen.FIELD],
    ).fetchall()
    unknown = set()
    for kind, record, event, digest in found:
        look = frozen.looks_at(kind)
        if look is None:
            unknown.add(kind)
        elif (now := look(record)) is None:
            report.find("frozen_gone", kind=kind, record=str(record), event=event)
        elif now != digest:
            report.find("frozen_changed", kind=kind, record=str(record), event=event)
    for kind in sorted(unknown):
        report.find("frozen_unknown", kind=kind)
