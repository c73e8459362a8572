"""Sealers that are killed, files that are cut, backups that are restored, and chains made without the key."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from uuid import uuid4

import pytest

from nhipcau.records.foundation.sealing import frozen, keys, rows, sealer
from nhipcau.records.foundation.sealing.forms import Signed, read_line
from nhipcau.records.foundation.sealing.ledger import Ledger
from tests.records.foundation.sealing.house import House, codes, write_event, write_value


def lines(house: House) -> list[str]:
    return house.ledger.path.read_text("utf-8").splitlines()


def put(house: House, *kept: str) -> None:
    house.ledger.path.write_text("".join(f"{line}\n" for line in kept), "utf-8")


def killed(*_given: object) -> None:
    raise KeyboardInterrupt


def test_killed_between_database_and_file_the_next_sealing_adds_the_line(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.minutes(2)
    house.write(2)
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "append", killed)
        with pytest.raises(KeyboardInterrupt):
            house.seal()

    report = house.look()
    assert report.is_whole
    assert [one.code for one in report.notices] == ["file_behind"]

    assert house.seal() == []
    assert house.look().notices == []
    assert all(read_line(line).prints for line in lines(house))


_KILLED = """
import json, os, sys
from pathlib import Path
import psycopg
from nhipcau.records.foundation.sealing import keys, sealer
from nhipcau.records.foundation.sealing.ledger import Ledger
parameters, key, file, where = json.loads(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
die = lambda *_given: os.kill(os.getpid(), 9)
if where == "file":
    Ledger.append = die
else:
    sealer._insert = die
with psycopg.connect(**parameters, autocommit=True) as connection:
    sealer.seal(connection, signer=keys.load(key), ledger=Ledger(file))
"""


@pytest.mark.parametrize(("where", "kept"), [("file", 1), ("database", 0)])
def test_a_sealer_killed_for_real_leaves_nothing_that_the_next_does_not_mend(
    house: House, where: str, kept: int
) -> None:
    """``kill -9``, before the row is written and between the row and the line: locks die with the process."""
    house.minutes(2)
    house.write(2)
    parameters = json.dumps(house.server.app.to(house.database).parameters)
    command = [sys.executable, "-c", _KILLED, parameters, str(house.key_place), str(house.ledger.path), where]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == -9, done.stderr
    row = house.app.execute("SELECT count(*) FROM foundation_seal").fetchone()
    assert row == (1 + kept,)

    house.seal()

    report = house.look()
    assert (report.is_whole, report.events, report.seals, report.notices) == (True, 4, 2, [])


def test_killed_in_the_middle_of_a_line_the_next_sealing_writes_it_anew(house: House) -> None:
    house.minutes(2, 2)
    text = house.ledger.path.read_bytes()
    house.ledger.path.write_bytes(text[:-40])
    assert house.look().is_whole

    house.minutes(1)

    assert (house.look().is_whole, len(lines(house))) == (True, 3)


def test_a_database_that_lost_its_last_commit_gets_the_seal_back_from_the_file(house: House) -> None:
    """A crash of the machine may do so, where the disk lied about what it had written."""
    house.minutes(2, 2)
    house.enter(house.server.owner).execute("DELETE FROM foundation_seal WHERE number = 2")

    assert house.seal() == []
    assert (house.look().is_whole, house.look().seals) == (True, 2)


def test_a_database_that_lost_events_is_not_sealed_until_somebody_says_why(house: House) -> None:
    house.minutes(2, 2)
    owner = house.enter(house.server.owner)
    for table in ("valuetext", "eventvalue", "event"):
        column = {"valuetext": "event_value_id", "eventvalue": "event_id", "event": "id"}[table]
        inner = "SELECT id FROM foundation_event ORDER BY id DESC LIMIT 2"
        values = f"SELECT id FROM foundation_eventvalue WHERE event_id IN ({inner})"  # noqa: S608
        chosen = values if table == "valuetext" else inner
        owner.execute(f"DELETE FROM foundation_{table} WHERE {column} IN ({chosen})".encode())  # noqa: S608
    owner.execute("DELETE FROM foundation_seal WHERE number = 2")
    house.write(1)

    with pytest.raises(sealer.BehindError, match="--restored"):
        house.seal()

    (made,) = house.seal(why="khôi phục bản sao lưu")
    assert (made.seal.number, made.seal.note) == (2, "khôi phục bản sao lưu")
    report = house.look()
    assert report.is_whole, codes(report)
    assert [one.code for one in report.notices] == ["restored"]
    house.minutes(1)
    assert house.look().is_whole


@pytest.mark.parametrize(("kept", "code"), [(1, "file_cut"), (0, "file_cut")])
def test_a_cut_file_is_found(house: House, kept: int, code: str) -> None:
    house.minutes(1, 1, 1)
    put(house, *lines(house)[:kept])

    assert codes(house.look()) == [code]
    assert codes(house.look(since_last=True)) == [code]


def test_a_file_whose_lines_were_moved_or_spoilt_is_found(house: House) -> None:
    house.minutes(1, 1, 1)
    first, second, third = lines(house)

    put(house, first, third, second)
    assert "line_out_of_place" in codes(house.look())
    put(house, first, "spoilt", third)
    assert codes(house.look()) == ["line_unreadable", "file_cut"]
    put(house, first, second.replace('"count":1', '"count":2'), third)
    assert codes(house.look()) == ["seal_differs"]


def test_a_chain_made_anew_without_the_key_is_found(house: House, tmp_path: Path) -> None:
    """The enemy owns database and file, changes an event, and makes all seals again with a key of his own."""
    house.minutes(2, 2)
    owner = house.enter(house.server.owner)
    owner.execute("UPDATE foundation_event SET title = 'x' WHERE id = (SELECT min(id) FROM foundation_event)")
    kept = [rows.signed_of(row) for row in owner.execute(rows.seals_after(0)[0], [0]).fetchall()]
    owner.execute("DELETE FROM foundation_seal")
    house.ledger.path.unlink()
    forger = keys.load_or_make(tmp_path / "forged.key")
    forged: list[Signed] = []
    with house.ledger.held():
        for one in kept:
            now = rows.Moment(one.seal.cluster, one.seal.snapshot)
            with owner.transaction():
                made = sealer.next_seal(owner, forger, one.seal.cluster, now, "")
            assert made is not None
            house.ledger.append(made)
            forged.append(made)

    assert codes(house.look()) == ["seal_forged", "seal_forged"]
    assert codes(house.look(since_last=True)) == ["seal_forged"]


def test_a_forged_signature_under_the_true_fingerprint_is_found(house: House) -> None:
    house.minutes(1)
    (line,) = lines(house)
    told = json.loads(line)
    put(house, json.dumps({**told, "root": "0" * 64}))
    house.enter(house.server.owner).execute("UPDATE foundation_seal SET root = repeat('0', 64)")

    assert codes(house.look()) == ["seal_forged", "seal_broken"]


def test_a_key_that_others_may_read_signs_nothing(house: House) -> None:
    house.key_place.chmod(0o644)

    with pytest.raises(keys.NoKeyError, match="chmod 600"):
        keys.load(house.key_place)


def test_a_frozen_figure_is_held_against_the_digest_of_its_freezing(house: House) -> None:
    """With a kind of the test's own: the figures themselves come later."""
    record, figures = uuid4(), {"now": "a" * 64}
    event = write_event(house.app, "Báo cáo")
    write_value(house.app, event, frozen.FIELD, "a" * 64)
    owner = house.enter(house.server.owner)
    owner.execute(
        "UPDATE foundation_event SET verb = 'freeze', kind = 'test_figure', record = %s WHERE id = %s",
        [record, event],
    )
    house.seal()
    assert [one.code for one in house.look().notices] == ["frozen_unknown"]

    frozen.keep("test_figure", lambda asked: figures.get("now") if asked == record else None)
    try:
        assert house.look().is_whole
        figures["now"] = "b" * 64
        assert codes(house.look()) == ["frozen_changed"]
        figures.clear()
        assert codes(house.look()) == ["frozen_gone"]
    finally:
        frozen.forget("test_figure")


def test_a_large_write_and_sealing_hold_up_no_other_save(house: House) -> None:
    """No global lock: beside an open transaction of 10,000 events, saves take turns with saves alone."""

    def save() -> float:
        begun = time.perf_counter()
        house.write(1)
        return time.perf_counter() - begun

    large, done = house.enter(house.server.app), threading.Event()

    def fill() -> None:
        with large.transaction():
            large.execute(
                "INSERT INTO foundation_event (public_id, account_name, role, door, verb, kind, record, "
                "title, why) SELECT gen_random_uuid(), '', '', 'import', 'x', 'x', gen_random_uuid(), '', '' "
                "FROM generate_series(1, 10000)"
            )
            done.wait(60)

    worker = threading.Thread(target=fill)
    worker.start()
    try:
        # Each of these waits for ever if the open transaction, or a sealer, holds a lock that saves need.
        beside = [save() for _turn in range(20)]
        house.seal()
        beside += [save() for _turn in range(20)]
    finally:
        done.set()
        worker.join()
    alone = [save() for _turn in range(40)]
    house.seal()

    assert house.look().is_whole
    # A wait for the other's end would be thousands of times longer; a busy machine is not.
    assert sorted(beside)[20] < 20 * sorted(alone)[20]
