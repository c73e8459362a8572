"""Events are spelled by the server when they are sealed, and here when they are looked at: both the same."""

from __future__ import annotations

import pytest
from django.db import connection

from nhipcau.records.foundation.sealing import rows

ODD = ["place", "nơi nhận", 'say "so"', "back\\slash", "line\nend\r\t", "\x01\x1f\x7f", "\u2028😀", ""]


@pytest.mark.parametrize("field", ODD)
def test_a_line_is_spelled_here_as_by_the_server(db: None, field: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT json_build_array(%s::text, 'new', %s::text)::text", [field, field])
        told = cursor.fetchone()[0]

    assert rows.lines_of([[7, field, "new", field, "salt", {"any": "value"}]]) == told


def test_lines_stand_in_one_order_however_the_values_come() -> None:
    values = [[1, "đ", "new", "a"], [2, "d", "old", "b"], [3, "d", "new", "c"], [4, "Z", "new", "d"]]

    assert rows.lines_of(values) == rows.lines_of(values[::-1])
    assert rows.lines_of(values).splitlines() == [
        '["Z", "new", "d"]',
        '["d", "new", "c"]',
        '["d", "old", "b"]',
        '["đ", "new", "a"]',
    ]
