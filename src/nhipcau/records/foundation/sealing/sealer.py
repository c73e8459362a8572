"""Makes seals: the only writer of the table ``Seal`` and of the file outside the database.

The row is committed first, the line appended after it. A sealer killed in between leaves a line missing,
which the next one adds. Where the file is ahead, the database lost something: the row is made again from the
file if its events are all there, and if not nothing is sealed until somebody says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from nhipcau.records.foundation.sealing import rows
from nhipcau.records.foundation.sealing.forms import BEGINNING, BadSealError, Seal, Signed
from nhipcau.records.foundation.sealing.keys import Signer
from nhipcau.records.foundation.sealing.ledger import Ledger
from nhipcau.records.foundation.sealing.places import BYTES as PRINT
from nhipcau.records.foundation.sealing.rows import Connection
from nhipcau.records.foundation.sealing.snapshots import NOTHING, Snapshot, all_below, parse
from nhipcau.records.foundation.sealing.tree import Tree

#: Keys of the advisory lock: "seal" in ASCII, and one.
LOCK = (0x7365616C, 1)


class BehindError(Exception):
    """The file holds seals that the database lost; ``str()`` is a sentence with the cure."""


@dataclass(slots=True)
class _Leaves:
    """What the events of one seal come to."""

    root: str
    count: int
    prints: str


def seal(connection: Connection, *, signer: Signer, ledger: Ledger, why: str = "") -> list[Signed]:
    """Seal every event that was committed and not sealed yet; the seals made, none where there was nothing.

    ``connection`` must be in no transaction. Two sealers at once make each seal once. ``why`` says why the
    database goes on from an earlier seal than the file's last (a restored backup). Raises ``BehindError``.
    """
    with ledger.held():
        # On its own, because a moment is taken only before a transaction has written anything.
        with connection.transaction():
            if not _locked(connection):
                return []
            note = _reconcile(connection, signer, ledger, why)
        with connection.transaction():
            made = _new_seals(connection, signer, note) if _locked(connection) else []
        for one in made:
            ledger.append(one)
        return made


def _locked(connection: Connection) -> bool:
    """Whether this transaction is the only one that seals; the file's lock holds on one machine only."""
    row = connection.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK).fetchone()
    return bool(row and row[0])


def _new_seals(connection: Connection, signer: Signer, note: str) -> list[Signed]:
    """One more seal for each server that new events were written on."""
    made: list[Signed] = []
    now = rows.moment(connection)
    for cluster in rows.clusters(connection):
        if new := next_seal(connection, signer, cluster, now, "" if made else note):
            made.append(new)
    return made


def next_seal(
    connection: Connection, signer: Signer, cluster: int, now: rows.Moment, note: str
) -> Signed | None:
    """One more seal over the events of a server, or None where nothing is new."""
    before = _snapshot_of(rows.last_seal(connection, cluster=cluster))
    if cluster == now.cluster:
        seen = parse(now.snapshot)
    else:
        # Events of a server that this database was carried from: nothing runs there any more.
        seen = all_below(max(rows.highest(connection, cluster) + 1, before.until))
    leaves = _leaves(connection, cluster, before, seen)
    if not leaves.count:
        return None
    last = rows.last_seal(connection)
    body = Seal(
        number=last.seal.number + 1 if last else 1,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        cluster=cluster,
        snapshot=str(seen),
        count=leaves.count,
        root=leaves.root,
        previous=last.seal.digest() if last else BEGINNING,
        key=signer.verifier.fingerprint,
        note=note,
    )
    signed = Signed(body, signer.sign(body.body()), leaves.prints)
    _insert(connection, signed)
    return signed


def _leaves(connection: Connection, cluster: int, before: Snapshot, seen: Snapshot) -> _Leaves:
    """The tree over the events that ended after one snapshot and before another."""
    tree, prints = Tree(), bytearray()
    for digest in _digests(connection, cluster, before, seen):
        tree.add(digest)
        prints += digest[:PRINT]
    return _Leaves(tree.root().hex(), tree.count, prints.hex())


def _digests(connection: Connection, cluster: int, before: Snapshot, seen: Snapshot) -> Iterator[bytes]:
    values = [cluster, before.below, seen.until]
    with rows.streamed(connection, rows.LEAVES, values, "leaves") as found:
        for transaction, _id, event, lines in found:
            if seen.saw(transaction) and not before.saw(transaction):
                yield rows.leaf_of(event, lines)


def _reconcile(connection: Connection, signer: Signer, ledger: Ledger, why: str) -> str:
    """Bring the file and the table to one end; the note for the next seal, where a backup was restored."""
    try:
        written = ledger.last()
    except BadSealError as error:
        raise BehindError(
            f"The last line of {ledger.path} is no seal; `nhipcau audit verify` says more."
        ) from error
    kept = rows.last_seal(connection)
    have = kept.seal.number if kept else 0
    told = written.seal.number if written else 0
    if written is not None and kept is not None and told <= have:
        _require_same(connection, ledger, written)
    if told < have:
        _append_missing(connection, ledger, told)
    elif written is not None and told == have + 1 and _is_whole(connection, signer, written, kept):
        _insert(connection, written)
    elif told > have:
        if not why:
            raise BehindError(
                f"The file holds seals up to number {told}, the database only up to {have}. If a backup was "
                "restored, say so: nhipcau audit seal --restored REASON. If not, somebody cut the database."
            )
        return why
    return ""


def _require_same(connection: Connection, ledger: Ledger, written: Signed) -> None:
    """The last seal of the file must be the database's of that number, or nothing may be built upon them."""
    twin = rows.last_seal(connection, before=written.seal.number + 1)
    if twin is None or twin.seal != written.seal:
        raise BehindError(
            f"Seal {written.seal.number} of {ledger.path} is not the one in the database; "
            "`nhipcau audit verify` says more."
        )


def _append_missing(connection: Connection, ledger: Ledger, told: int) -> None:
    """Add the lines that a killed sealer did not write, from the table."""
    query, values = rows.seals_after(told)
    for row in connection.execute(query, values).fetchall():
        one = rows.signed_of(row)
        before = _snapshot_of(rows.last_seal(connection, cluster=one.seal.cluster, before=one.seal.number))
        leaves = _leaves(connection, one.seal.cluster, before, parse(one.seal.snapshot))
        ledger.append(replace(one, prints=leaves.prints))


def _is_whole(connection: Connection, signer: Signer, written: Signed, kept: Signed | None) -> bool:
    """Whether the seal of the file is ours, follows the table's last, and all its events are there."""
    seal_ = written.seal
    if not signer.verifier.accepts(seal_.body(), written.signature):
        return False
    if seal_.previous != (kept.seal.digest() if kept else BEGINNING):
        return False
    before = _snapshot_of(rows.last_seal(connection, cluster=seal_.cluster))
    return _leaves(connection, seal_.cluster, before, parse(seal_.snapshot)).root == seal_.root


def _snapshot_of(signed: Signed | None) -> Snapshot:
    return parse(signed.seal.snapshot) if signed else NOTHING


def _insert(connection: Connection, signed: Signed) -> None:
    one = signed.seal
    connection.execute(
        "INSERT INTO foundation_seal (number, at, cluster, snapshot, count, root, previous, key, note, "
        "signature) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            one.number,
            one.at,
            one.cluster,
            one.snapshot,
            one.count,
            one.root,
            one.previous,
            one.key,
            one.note,
            signed.signature,
        ],
    )
