"""How fast the trail is looked at: a database of so many events, sealed minute by minute, then verified.

Run by ``./run bench --trail [EVENTS]``; it starts a server of its own in a folder that goes at the end.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from nhipcau.site.database import embedded, places
from nhipcau.site.launch import migrate

EVENTS = 1_000_000
#: Events of one invented minute; each transaction writes one.
MINUTE = 200
#: Where the invented events were written: not the server that runs, whose numbers are its own.
ELSEWHERE = 1
_EVENTS: LiteralString = """
INSERT INTO foundation_event (public_id, account_id, account_name, role, unit_id, office_id, door, verb, kind,
    record, title, why, cluster, xid)
SELECT gen_random_uuid(), gen_random_uuid(), 'Văn thư Liên hiệp', 'clerk', gen_random_uuid(),
    gen_random_uuid(), 'web', 'correct', 'document', gen_random_uuid(),
    'Công văn ' || n || '-CV/HĐGL', '', %s, n
FROM generate_series(%s::bigint, %s::bigint) n
"""
_VALUES: LiteralString = """
WITH made AS MATERIALIZED (
    SELECT nextval('foundation_eventvalue_id_seq') AS id, e.id AS event, f.field AS field,
        replace(gen_random_uuid()::text, '-', '') AS salt,
        to_jsonb(f.value || e.id) AS value
    FROM foundation_event e, (VALUES ('subject', 'Về việc phối hợp tổ chức giao lưu nhân dân, lần '),
        ('place', 'Sông Ngân ')) AS f (field, value) WHERE e.cluster = %s AND e.xid BETWEEN %s AND %s
), kept AS (
    INSERT INTO foundation_eventvalue (id, event_id, field, side, digest)
    SELECT id, event, field, 'new', encode(sha256(convert_to(salt || value::text, 'UTF8')), 'hex') FROM made
)
INSERT INTO foundation_valuetext (event_value_id, salt, value) SELECT id, salt, value FROM made
"""


@dataclass(frozen=True)
class Looked:
    """What one look came to."""

    seconds: float
    peak: int
    told: dict[str, Any]


def main(events: int = EVENTS) -> None:
    """Make the trail, look at all of it and at its end, and print lines for docs/performance.md."""
    home = Path(tempfile.mkdtemp(prefix="nhipcau-bench-"))
    home.chmod(places.PASSABLE if places.is_root() else places.PRIVATE)
    place = places.Place(home)
    try:
        with embedded.running(place, say=lambda _sentence: None) as server:
            from nhipcau.site.database.addresses import Addresses

            migrate(place, Addresses(server.app, server.owner, server.reader, server))
            with psycopg.connect(**server.owner.parameters, autocommit=True) as owner:
                fill(owner, events)
                seal(owner, place, events)
            whole, end = look(home), look(home, "--since-last")
            print(f"trail: {events:,} events, {whole.told['values']:,} values, {whole.told['seals']:,} seals")
            for name, one in (("verify", whole), ("verify --since-last", end)):
                told = one.told
                print(
                    f"  {name}: {told['seconds']:.2f} s of looking, {one.seconds:.1f} s with the start; "
                    f"peak {one.peak / 1e6:.0f} MB; whole: {told['whole']}"
                )
    finally:
        shutil.rmtree(home, ignore_errors=True)


def fill(owner: psycopg.Connection[Any], events: int) -> None:
    """Write the events with two values each."""
    step = 100_000
    for begin in range(1, events + 1, step):
        end = min(begin + step - 1, events)
        owner.execute(_EVENTS, [ELSEWHERE, begin, end])
        owner.execute(_VALUES, [ELSEWHERE, begin, end])
    owner.execute("ANALYZE")


def seal(owner: psycopg.Connection[Any], place: places.Place, events: int) -> None:
    """Seal them as if a minute had passed after each few; as fast as many sealers were in many years."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.site.settings")
    import django

    django.setup()
    from nhipcau.records.foundation.sealing import keys, rows, sealer
    from nhipcau.records.foundation.sealing.ledger import Ledger

    signer = keys.load_or_make(place.root / "seal.key")
    ledger = Ledger(place.outside / "seals.jsonl")
    with ledger.held():
        for end in range(MINUTE + 1, events + 2, MINUTE):
            with owner.transaction():
                now = rows.Moment(ELSEWHERE, f"{end}:{end}:")
                made = sealer.next_seal(owner, signer, ELSEWHERE, now, "")
            if made is not None:
                ledger.append(made)


def look(home: Path, *options: str) -> Looked:
    """One look by the command line, in a process of its own."""
    command = [sys.executable, "-m", "nhipcau.site.main", "audit", "verify", "--format", "json", *options]
    program = (
        "import resource, subprocess, sys;"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE);"
        "sys.stdout.buffer.write(done.stdout);"
        "sys.stderr.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))"
    )
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", program, *command],
        env={**os.environ, "NHIPCAU_DATA": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = time.perf_counter() - begun
    unit = 1 if sys.platform == "darwin" else 1024
    return Looked(seconds, int(done.stderr.split()[-1]) * unit, json.loads(done.stdout))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS)
