"""The file store: whole or not at all, each office its own, and nothing of a killed process stays."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from django.conf import settings

from nhipcau.records.foundation import files
from nhipcau.records.foundation.models import Attachment
from tests import world as cast

DATA = "Một văn bản".encode()


def stored() -> list[Path]:
    return [path for path in Path(settings.NHIPCAU_FILES).rglob("*") if path.is_file()]


def test_a_file_stands_under_its_hash_in_its_office(world: cast.World) -> None:
    assert world.clerk.office is not None
    with files.keeping(world.clerk.office, DATA) as sha256:
        assert files.path_of(world.song_ngan.public_id, sha256).read_bytes() == DATA
    assert stored() == [files.path_of(world.song_ngan.public_id, sha256)]


def test_only_we_can_enter_its_folders(world: cast.World) -> None:
    assert world.clerk.office is not None
    with files.keeping(world.clerk.office, DATA) as sha256:
        folder = files.path_of(world.song_ngan.public_id, sha256).parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700


def test_what_fails_takes_a_new_file_away_but_not_one_that_was_there(world: cast.World) -> None:
    assert world.clerk.office is not None
    with pytest.raises(RuntimeError), files.keeping(world.clerk.office, DATA):
        raise RuntimeError
    assert stored() == []
    with files.keeping(world.clerk.office, DATA):
        pass
    with pytest.raises(RuntimeError), files.keeping(world.clerk.office, DATA):
        raise RuntimeError
    assert len(stored()) == 1


def test_a_write_that_breaks_off_leaves_nothing_under_the_hash(
    world: cast.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "disk full")

    monkeypatch.setattr(os, "fsync", full)
    assert world.clerk.office is not None
    with pytest.raises(OSError, match="disk full"), files.keeping(world.clerk.office, DATA):
        pass
    assert stored() == []


def test_the_spool_of_a_killed_process_is_emptied_at_the_next_start(world: cast.World) -> None:
    spool = Path(settings.NHIPCAU_FILES) / "spool"
    spool.mkdir(parents=True)
    (spool / "nua-chung").write_bytes(DATA)
    assert files.clean_spool() == 1
    assert stored() == []
    assert files.clean_spool() == 0


def test_a_spooled_file_that_somebody_writes_just_now_stays(world: cast.World) -> None:
    spool = Path(settings.NHIPCAU_FILES) / "spool"
    spool.mkdir(parents=True)
    with (spool / "dang-ghi").open("xb") as file:
        files._lock(file)
        assert files.clean_spool() == 0
    assert files.clean_spool() == 1


def test_a_stored_file_that_no_attachment_names_is_swept_when_it_is_old(world: cast.World) -> None:
    office = world.clerk.office
    assert office is not None
    with files.keeping(office, DATA) as kept:
        Attachment.objects.create(
            office=office, sha256=kept, name="a", media_type="text/plain", size=len(DATA)
        )
    with files.keeping(office, b"orphan") as orphan:
        pass
    assert files.sweep_orphans() == 0, "a young one may belong to an open transaction"
    os.utime(files.path_of(world.song_ngan.public_id, orphan), (0, 0))
    os.utime(files.path_of(world.song_ngan.public_id, kept), (0, 0))
    assert files.sweep_orphans() == 1
    assert stored() == [files.path_of(world.song_ngan.public_id, kept)]
