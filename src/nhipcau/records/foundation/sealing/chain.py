"""The seals themselves: the table's beside the file's, each signed, each naming the one before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from nhipcau.records.foundation.sealing import rows
from nhipcau.records.foundation.sealing.findings import Report
from nhipcau.records.foundation.sealing.forms import BEGINNING, BadSealError, Seal, Signed
from nhipcau.records.foundation.sealing.keys import Verifier
from nhipcau.records.foundation.sealing.ledger import Ledger
from nhipcau.records.foundation.sealing.rows import Connection
from nhipcau.records.foundation.sealing.snapshots import parse

#: A seal of the table (or none) beside one of the file (or none); one of the two is always there.
Pair = tuple[Signed | None, Signed | None]


@dataclass(frozen=True, slots=True)
class Source:
    """Where seals are read from: the table, and the file as far as byte ``until``."""

    connection: Connection
    ledger: Ledger
    verifier: Verifier
    until: int


def check_chain(source: Source, report: Report) -> None:
    """Every seal: signed with our key, following the one before, the same in both places."""
    last: Signed | None = None
    ends = _Ends()
    for kept, written in pairs(source, report):
        ends.take(kept, written, report)
        signed = trusted(source.verifier, kept, written)
        _check_one(source.verifier, signed, last, report)
        if kept and written and (kept.seal, kept.signature) != (written.seal, written.signature):
            report.find("seal_differs", seal=kept.seal.number, sealed=moment(signed.seal))
        report.seals += 1
        last = signed
    ends.tell(report)


def check_end(source: Source, last: Signed, written: Signed | None, report: Report) -> None:
    """The last seal of the table alone: its signature, the one before it, and the last line of the file."""
    before = rows.last_seal(source.connection, before=last.seal.number)
    _check_one(source.verifier, last, before, report)
    report.seals += 1
    number, told = last.seal.number, written.seal.number if written else 0
    if written is not None and told > number:
        report.find("tail_cut", seal=number, last=told, sealed=moment(written.seal))
    elif written is not None and told == number and written.seal != last.seal:
        report.find("seal_differs", seal=number, sealed=moment(last.seal))
    elif told == number - 1:
        report.find("file_behind", seal=number)
    elif told < number:
        report.find("file_cut", seal=told + 1, last=number)


def pairs(source: Source, report: Report | None = None) -> Iterator[Pair]:
    """Seals of both places, merged by their numbers."""
    lines = _lines(source, report)
    query, values = rows.seals_after(0)
    with rows.streamed(source.connection, query, values, f"seals_{id(lines)}") as found:
        yield from _merged(map(rows.signed_of, found), lines)


def trusted(verifier: Verifier, kept: Signed | None, written: Signed | None) -> Signed:
    """Of two, the one to build upon: the table's, unless only the file's is signed with our key."""
    if kept is None or written is None or (kept.seal, kept.signature) == (written.seal, written.signature):
        return kept or written  # type: ignore[return-value]  # one of the two is there
    return written if is_signed(verifier, written) and not is_signed(verifier, kept) else kept


def is_signed(verifier: Verifier, signed: Signed) -> bool:
    """Whether it bears a good signature of this key."""
    return signed.seal.key == verifier.fingerprint and verifier.accepts(signed.seal.body(), signed.signature)


def moment(seal: Seal) -> datetime | str:
    """When it was made; the text itself where that is no moment."""
    try:
        return datetime.fromisoformat(seal.at)
    except ValueError:
        return seal.at


def _check_one(verifier: Verifier, signed: Signed, last: Signed | None, report: Report) -> None:
    seal, told = signed.seal, moment(signed.seal)
    if not is_signed(verifier, signed):
        report.find("seal_forged", seal=seal.number, sealed=told)
    if seal.previous != (last.seal.digest() if last else BEGINNING):
        report.find("seal_unchained", seal=seal.number, sealed=told)
    if seal.note:
        report.find("restored", seal=seal.number, sealed=told, note=seal.note)
    if last is not None and _is_before(told, moment(last.seal)):
        report.find("clock_back", seal=seal.number, last=last.seal.number)
    try:
        parse(seal.snapshot)
    except ValueError:
        report.find("seal_unreadable", seal=seal.number)


def _is_before(one: datetime | str, other: datetime | str) -> bool:
    return isinstance(one, datetime) and isinstance(other, datetime) and one < other


@dataclass(slots=True)
class _Ends:
    """Runs of seals that only one of the two places holds."""

    kept: int = 0
    first: Signed | None = None
    last: Signed | None = None
    is_in_file: bool = False

    def take(self, kept: Signed | None, written: Signed | None, report: Report) -> None:
        """Look at the next pair."""
        lone = None if kept and written else kept or written
        if self.last is not None and (lone is None or (written is not None) != self.is_in_file):
            self._tell_within(report)
        if kept is not None:
            self.kept = kept.seal.number
        if lone is not None:
            self.first, self.last, self.is_in_file = self.first or lone, lone, written is not None

    def _tell_within(self, report: Report) -> None:
        if self.first is not None and self.last is not None:
            code = "seal_removed" if self.is_in_file else "file_cut"
            report.find(code, seal=self.first.seal.number, last=self.last.seal.number)
        self.first = self.last = None

    def tell(self, report: Report) -> None:
        """What stands alone at the end: cut off, or not yet added."""
        if self.first is None or self.last is None:
            return
        last = self.last.seal
        if self.is_in_file:
            report.find("tail_cut", seal=self.kept, last=last.number, sealed=moment(last))
        elif self.first is self.last:
            report.find("file_behind", seal=last.number)
        else:
            report.find("file_cut", seal=self.first.seal.number, last=last.number)


def _merged(kept: Iterator[Signed], written: Iterator[Signed]) -> Iterator[Pair]:
    one, other = next(kept, None), next(written, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one.seal.number < other.seal.number):
            yield one, None
            one = next(kept, None)
        elif one is None or other.seal.number < one.seal.number:
            yield None, other
            other = next(written, None)
        else:
            yield one, other
            one, other = next(kept, None), next(written, None)


def _lines(source: Source, report: Report | None) -> Iterator[Signed]:
    """The seals of the file that count: not those which a restored backup left behind, none out of order."""
    tell: Callable[..., None] = report.find if report else lambda _code, **_facts: None
    left = _superseded(source)
    number = 0
    for index, line in enumerate(source.ledger.seals(source.until)):
        while left and left[0][0] <= index:
            left.pop(0)
        if isinstance(line, BadSealError):
            tell("line_unreadable", line=index + 1)
        elif any(line.seal.number >= begin for _index, begin in left):
            continue
        elif line.seal.number <= number:
            tell("line_out_of_place", line=index + 1, seal=line.seal.number)
        else:
            number = line.seal.number
            yield line


def _superseded(source: Source) -> list[tuple[int, int]]:
    """Lines at which a restored backup goes on: their index, and the number from which those before end."""
    found = []
    for index, line in enumerate(source.ledger.seals(source.until)):
        if isinstance(line, Signed) and line.seal.note and is_signed(source.verifier, line):
            found.append((index, line.seal.number))
    return found
