"""The bars of a cascade on a telephone."""

from __future__ import annotations

from nhipcau.web.drawings.levels import WIDTH, Derived, bars

ROWS = [
    Derived("/a/", "Cấp tỉnh", waits=True, days=5),
    Derived("/a/", "Cấp tỉnh", waits=False, days=40),
    Derived("/b/", "Cấp tỉnh", waits=False, days=None),
    Derived("/c/", "Cấp xã", waits=False, days=None),
]


def test_a_document_counts_once_however_many_edges_tell_of_it() -> None:
    assert [(bar.words, bar.count, bar.waiting) for bar in bars(ROWS)] == [
        ("Cấp tỉnh", 2, 1),
        ("Cấp xã", 1, 0),
    ]


def test_a_bar_is_as_long_as_the_share_of_its_level() -> None:
    province, commune = bars(ROWS)
    assert (province.done + province.waiting_x, commune.done + commune.waiting_x) == (WIDTH, WIDTH // 2)
    assert province.waiting_x == WIDTH // 2


def test_the_longest_lapse_is_told_and_none_where_no_day_is_known() -> None:
    assert [bar.longest for bar in bars(ROWS)] == [40, None]


def test_nothing_has_no_bars() -> None:
    assert bars([]) == []
