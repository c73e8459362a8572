"""What an enemy with the owner's password does, and that it is found and named."""

from __future__ import annotations

import pytest

from tests.records.foundation.sealing.house import House, codes

_COPY = (
    "INSERT INTO foundation_event (public_id, account_name, role, door, verb, kind, record, title, why, at, "
    "cluster, xid) SELECT gen_random_uuid(), account_name, role, door, verb, kind, record, 'x', why, at, "
    "cluster, xid FROM foundation_event WHERE id = {one}"
)
_FREE = (
    "DELETE FROM foundation_valuetext WHERE event_value_id IN {values}",
    "DELETE FROM foundation_eventvalue WHERE event_id = {one}",
)
_REMOVE = (*_FREE, "DELETE FROM foundation_event WHERE id = {one}")


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (("UPDATE foundation_event SET title = 'x' WHERE id = {one}",), ["event_changed"]),
        (
            ("UPDATE foundation_event SET at = at - interval '1 day' WHERE id = {one}",),
            ["event_changed"],
        ),
        (("UPDATE foundation_event SET account_name = '' WHERE id = {one}",), ["event_changed"]),
        (_REMOVE, ["event_removed"]),
        ((_COPY,), ["event_inserted"]),
        (
            ("UPDATE foundation_event SET public_id = gen_random_uuid() WHERE id IN {three}",),
            ["event_changed"] * 3,
        ),
        (
            ("UPDATE foundation_eventvalue SET digest = repeat('0', 64) WHERE event_id = {one}",),
            ["value_changed", "value_changed", "event_changed"],
        ),
        (
            ("UPDATE foundation_valuetext SET value = '\"khác\"' WHERE event_value_id IN {values}",),
            ["value_changed", "value_changed"],
        ),
        (
            ("DELETE FROM foundation_valuetext WHERE event_value_id IN {values}",),
            ["value_missing", "value_missing"],
        ),
        (_FREE, ["event_changed"]),
        (("DELETE FROM foundation_seal WHERE number = 3",), ["tail_cut"]),
        (("DELETE FROM foundation_seal WHERE number = 2",), ["seal_removed"]),
        (("UPDATE foundation_seal SET count = 3 WHERE number = 2",), ["seal_differs"]),
        (("UPDATE foundation_seal SET snapshot = 'x' WHERE number = 2",), ["seal_differs"]),
        (("UPDATE foundation_seal SET root = repeat('a', 64) WHERE number = 2",), ["seal_differs"]),
    ],
)
def test_what_the_owner_did_is_found(sealed: House, statements: tuple[str, ...], expected: list[str]) -> None:
    with sealed.bent(*statements) as owner:
        report = sealed.look(owner)

    assert codes(report) == expected
    assert sealed.look().is_whole


def test_events_that_changed_places_are_found(sealed: House) -> None:
    with sealed.bent(
        "UPDATE foundation_event e SET title = o.title, public_id = o.public_id, record = o.record FROM "
        "(SELECT a.id, b.title, gen_random_uuid() AS public_id, b.record FROM foundation_event a, "
        "foundation_event b WHERE (a.id, b.id) IN (SELECT min(id) + 4, min(id) + 5 FROM foundation_event "
        "UNION SELECT min(id) + 5, min(id) + 4 FROM foundation_event)) o WHERE e.id = o.id"
    ) as owner:
        assert codes(sealed.look(owner)) == ["event_changed", "event_changed"]


def test_a_later_place_given_to_an_event_is_found(sealed: House) -> None:
    """Moved behind the others of its minute, or into a minute that is not sealed yet."""
    with sealed.bent("UPDATE foundation_event SET xid = xid + 100000 WHERE id = {one}") as owner:
        report = sealed.look(owner)

    assert codes(report) == ["event_removed"]
    assert [one.code for one in report.notices] == ["unsealed"]


def test_the_end_of_the_trail_cut_off_with_its_events_is_found(sealed: House) -> None:
    with sealed.bent(
        "DELETE FROM foundation_valuetext WHERE event_value_id IN {last_values}",
        "DELETE FROM foundation_eventvalue WHERE event_id IN {last}",
        "DELETE FROM foundation_event WHERE id IN {last}",
        "DELETE FROM foundation_seal WHERE number = 3",
    ) as owner:
        report = sealed.look(owner)
        ends = sealed.look(owner, since_last=True)

    assert codes(report) == ["tail_cut", "event_removed"]
    assert codes(ends) == ["tail_cut"]


def test_the_sentence_names_the_seal_the_minute_and_the_event(sealed: House) -> None:
    with sealed.bent("UPDATE foundation_event SET why = 'x' WHERE id = {one}") as owner:
        (fault,) = sealed.look(owner).faults
        row = owner.execute("SELECT (min(id) + 5)::text FROM foundation_event").fetchone()

    assert row is not None
    assert fault.facts["seal"] == 2
    assert row[0] in str(fault)
    assert str(fault.facts["sealed"].astimezone().year) in str(fault)
