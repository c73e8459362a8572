"""Marked and innocent samples at the door of the house: what bears a mark leaves one line, no more."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from nhipcau.reading.findings import MarkedError
from nhipcau.records.documents.models import Paper
from nhipcau.records.documents.services import receive_file
from nhipcau.records.foundation import files
from nhipcau.records.foundation.models import Attachment, Event, Job, Refusal
from tests import world as cast
from tests.records.traces import files_with, rows_of, stored, tables, tables_with

SAMPLES = Path(__file__).resolve().parents[2] / "secrecy"
TEXTS: dict[str, dict[str, str]] = tomllib.loads((SAMPLES / "expected.toml").read_text("utf-8"))
NAMES: dict[str, dict[str, str]] = tomllib.loads((SAMPLES / "names.toml").read_text("utf-8"))
LETTER = "CÔNG VĂN\n\nMời dự họp về giao lưu nhân dân tại xã Bến Trúc, lần thứ {number}.\n"


def sentence_of(path: Path) -> str:
    """The longest line of a sample: words that stand nowhere else."""
    return max((line.strip() for line in path.read_text("utf-8").splitlines()), key=len)


def plain_name(path: Path) -> str:
    """A name that says nothing, so that the text alone decides."""
    return f"giay-to-{path.name[:2]}.txt"


def refused(world: cast.World, name: str, data: bytes) -> str | None:
    """The mark for which a file is refused, ``None`` where it is taken."""
    try:
        receive_file(by=world.clerk, name=name, data=data)
    except MarkedError as marked:
        return marked.mark
    return None


class TestMarked:
    """Refused, with one line each, and nothing of them anywhere."""

    def test_every_marked_text_is_refused_for_its_mark(self, world: cast.World) -> None:
        found = {
            path.name: refused(world, plain_name(path), path.read_bytes())
            for path in sorted((SAMPLES / "marked").glob("*.txt"))
        }
        assert found == TEXTS["marked"]
        assert len(found) >= 14

    def test_every_marked_name_is_refused_for_its_mark_before_its_content_counts(
        self, world: cast.World
    ) -> None:
        found = {
            name: refused(world, name, LETTER.format(number=number).encode())
            for number, name in enumerate(NAMES["marked"])
        }
        assert found == NAMES["marked"]

    def test_one_line_is_kept_of_each_day_account_and_mark(self, world: cast.World) -> None:
        for path in sorted((SAMPLES / "marked").glob("*.txt")):
            refused(world, plain_name(path), path.read_bytes())
        lines = Counter((line.day, line.account, line.mark) for line in Refusal.objects.all())
        wanted = Counter(TEXTS["marked"].values())
        assert lines == {(cast.TODAY, world.clerk.account, mark): n for mark, n in wanted.items()}
        fields = {field.name for field in Refusal._meta.get_fields()}
        assert fields == {"id", "day", "account", "mark"}

    def test_no_sentence_no_name_and_no_hash_of_them_stays(self, world: cast.World) -> None:
        before = {table: rows_of(table) for table in tables()}
        paths = sorted((SAMPLES / "marked").glob("*.txt"))
        for path in paths:
            refused(world, plain_name(path), path.read_bytes())
        left: dict[str, Any] = {}
        for path in paths:
            for words in (sentence_of(path), plain_name(path), files.sha256_of(path.read_bytes())):
                if found := (tables_with(words), files_with(words)):
                    left |= {f"{path.name}: {words[:30]}": found} if any(found) else {}
        assert left == {}
        assert stored() == []
        grown = {table for table in tables() if rows_of(table) != before[table]}
        assert grown == {Refusal._meta.db_table}

    def test_no_marked_name_stays(self, world: cast.World) -> None:
        for number, name in enumerate(NAMES["marked"]):
            refused(world, name, LETTER.format(number=number).encode())
        assert {name: tables_with(name) for name in NAMES["marked"] if tables_with(name)} == {}
        assert tables_with("Mời dự họp") == []
        assert stored() == []

    def test_what_is_refused_for_one_is_refused_for_all(self, world: cast.World) -> None:
        path = min((SAMPLES / "marked").glob("*.txt"))
        for actor in (world.officer, world.neighbour, world.above):
            with pytest.raises(MarkedError):
                receive_file(by=actor, name="a.txt", data=path.read_bytes())
        assert Refusal.objects.values("account").distinct().count() == 3
        assert not Paper.objects.exists()


class TestInnocent:
    """Taken in, although the words of marks stand in them."""

    def test_every_innocent_text_is_kept(self, world: cast.World) -> None:
        paths = sorted((SAMPLES / "innocent").glob("*.txt"))
        found = {path.name: refused(world, plain_name(path), path.read_bytes()) for path in paths}
        assert {name: mark for name, mark in found.items() if mark} == {}
        assert Paper.objects.count() == Job.objects.count() == len(paths) >= 13
        assert not Refusal.objects.exists()

    def test_every_innocent_name_is_kept_as_it_is(self, world: cast.World) -> None:
        found = {
            name: refused(world, name, LETTER.format(number=number).encode())
            for number, name in enumerate(NAMES["innocent"])
        }
        assert {name: mark for name, mark in found.items() if mark} == {}
        assert set(Attachment.objects.values_list("name", flat=True)) == set(NAMES["innocent"])

    def test_the_search_for_traces_sees_what_is_kept(self, world: cast.World) -> None:
        """So that "nothing stays" above is no empty word: what is kept is found in table and file."""
        path = min((SAMPLES / "innocent").glob("*.txt"))
        refused(world, plain_name(path), path.read_bytes())
        cast.run_jobs()
        assert "documents_paper" in tables_with(sentence_of(path)[:60])
        assert Attachment._meta.db_table in tables_with(plain_name(path))
        assert Event.objects.filter(title=plain_name(path)).exists()
        assert len(files_with(sentence_of(path)[:40])) == 1
