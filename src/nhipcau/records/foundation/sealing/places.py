"""Where a seal is broken: the prints of its line in the file held against those of the events there are."""

from __future__ import annotations

from array import array

from nhipcau.records.foundation.sealing import chain
from nhipcau.records.foundation.sealing.findings import Report
from nhipcau.records.foundation.sealing.forms import Seal, Signed

#: Bytes of each leaf's digest that a print keeps.
BYTES = 4
#: The events that a broken seal has: their ids and their prints.
Found = tuple["array[int]", bytearray]


def tell(source: chain.Source, broken: dict[int, Found], report: Report) -> None:
    """Say of each broken seal which events were changed, removed, slipped in or moved."""
    for kept, written in chain.pairs(source):
        signed = chain.trusted(source.verifier, kept, written)
        found = broken.pop(signed.seal.number, None)
        if found is not None:
            _tell_one(signed.seal, written, found, report)


def _tell_one(seal: Seal, written: Signed | None, found: Found, report: Report) -> None:
    ids, now = found[0], _cut(bytes(found[1]))
    then = _cut(bytes.fromhex(written.prints)) if written and _is_hex(written.prints) else []
    facts = {"seal": seal.number, "sealed": chain.moment(seal)}
    if len(then) != seal.count or then == now:
        report.find("seal_broken", **facts, count=seal.count, found=len(now))
        return
    begin, end = _same_ends(then, now)
    old, new = then[begin : len(then) - end], now[begin : len(now) - end]
    events = ids[begin : len(ids) - end]
    if not new:
        report.find("event_removed", **facts, count=len(old), event=ids[begin - 1] if begin else "-")
    elif sorted(old) == sorted(new):
        report.find("event_moved", **facts, event=events[0])
    elif len(old) == len(new):
        for event, before, after in zip(events, old, new, strict=True):
            if before != after:
                report.find("event_changed", **facts, event=event)
    elif not old:
        for event in events:
            report.find("event_inserted", **facts, event=event)
    else:
        report.find("seal_broken", **facts, count=seal.count, found=len(now))


def _cut(prints: bytes) -> list[bytes]:
    return [prints[place : place + BYTES] for place in range(0, len(prints), BYTES)]


def _same_ends(old: list[bytes], new: list[bytes]) -> tuple[int, int]:
    """How many are the same at the beginning, and how many at the end."""
    most = min(len(old), len(new))
    begin = next((place for place in range(most) if old[place] != new[place]), most)
    end = next((place for place in range(most - begin) if old[-1 - place] != new[-1 - place]), most - begin)
    return begin, end


def _is_hex(text: str) -> bool:
    try:
        bytes.fromhex(text)
    except ValueError:
        return False
    return True
