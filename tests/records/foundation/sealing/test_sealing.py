"""Sealing: everything committed falls into one seal, once, whatever runs beside it."""

from __future__ import annotations

import json
import threading
from datetime import datetime, tzinfo

import pytest

from nhipcau.records.foundation.sealing import sealer
from tests.records.foundation.sealing.house import House, codes


def test_what_was_written_is_sealed_and_found_whole(house: House) -> None:
    house.minutes(3, 5)

    report = house.look()

    assert report.is_whole, codes(report)
    assert (report.events, report.values, report.seals) == (8, 16, 2)
    assert report.notices == []


def test_a_minute_without_events_makes_no_seal(house: House) -> None:
    house.minutes(1)

    assert house.seal() == []
    assert house.look().seals == 1


def test_the_last_minute_is_not_yet_sealed_and_that_is_told(house: House) -> None:
    house.minutes(2)
    house.write(3)

    report = house.look()

    assert report.is_whole
    assert [(one.code, one.facts["count"]) for one in report.notices] == [("unsealed", 3)]


def test_who_began_early_and_commits_late_falls_into_a_later_seal(house: House) -> None:
    late = house.enter(house.server.app, autocommit=False)
    house.write(2, by=late)
    house.minutes(3, 1)
    assert house.look().events == 4

    late.commit()

    assert [one.seal.count for one in house.seal()] == [2]
    report = house.look()
    assert (report.is_whole, report.events, report.notices) == (True, 6, [])


def test_who_never_commits_holds_nobody_back(house: House) -> None:
    """A long import leaves the seals of others alone."""
    late = house.enter(house.server.app, autocommit=False)
    house.write(1, by=late)

    house.minutes(2, 2)
    late.rollback()
    house.minutes(1)

    report = house.look()
    assert (report.is_whole, report.events, report.notices) == (True, 5, [])


def test_many_late_ones_across_each_other_are_each_sealed_once(house: House) -> None:
    open_ones = [house.enter(house.server.app, autocommit=False) for _one in range(5)]
    for turn, one in enumerate(open_ones):
        house.write(turn + 1, by=one)
        house.minutes(1)
    for one in reversed(open_ones):
        one.commit()
        assert len(house.seal()) == 1

    report = house.look()
    assert (report.is_whole, report.events, report.notices) == (True, 20, [])


def test_two_sealers_at_once_seal_everything_once(house: House) -> None:
    connections = [house.enter(house.server.app) for _one in range(4)]
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for _turn in range(10):
                house.write(1, by=connections[number])
                house.seal(by=connections[number])
        except BaseException as error:  # noqa: BLE001 -- told to the test
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    house.seal()

    assert failed == []
    report = house.look()
    assert (report.is_whole, report.events, report.notices) == (True, 40, [])


def test_sealing_in_a_transaction_that_wrote_something_is_refused(house: House) -> None:
    """Its own events would look as if they had ended."""
    begun = house.enter(house.server.app, autocommit=False)
    house.write(1, by=begun)

    with pytest.raises(RuntimeError, match="written nothing"):
        house.seal(by=begun)


def test_a_clock_that_was_set_back_is_told_and_hurts_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.minutes(2)

    class Earlier(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Earlier:
            return cls(2020, 1, 1, tzinfo=tz)

    monkeypatch.setattr(sealer, "datetime", Earlier)
    house.minutes(2)

    report = house.look()
    assert report.is_whole
    assert [one.code for one in report.notices] == ["clock_back"]


def test_the_application_cannot_choose_the_place_of_an_event(house: House) -> None:
    """Or it could slip one in among those already sealed."""
    (event,) = house.write(1)
    house.app.execute(
        "INSERT INTO foundation_event (public_id, account_name, role, door, verb, kind, record, title, why, "
        "cluster, xid) SELECT gen_random_uuid(), account_name, role, door, verb, kind, record, title, why, "
        "1, 3 FROM foundation_event WHERE id = %s",
        [event],
    )

    places = house.app.execute("SELECT xid > 3, cluster > 1 FROM foundation_event").fetchall()
    assert places == [(True, True), (True, True)]


def test_the_report_is_plain_json_with_sentences(house: House) -> None:
    house.minutes(1)
    house.write(1)

    told = json.loads(json.dumps(house.look().as_plain(), ensure_ascii=False))

    assert (told["whole"], told["events"], told["notices"][0]["code"]) == (True, 2, "unsealed")
    assert told["notices"][0]["sentence"]


def test_since_the_last_seal_only_the_end_is_read(house: House) -> None:
    house.minutes(5, 2)
    house.write(1)

    report = house.look(since_last=True)

    assert (report.is_whole, report.events, report.seals) == (True, 3, 1)
