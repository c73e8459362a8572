"""An archive says when it is not whole, was changed, or needs another key; and holds no more than a piece."""

from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING

import pytest

from nhipcau.site.backups import archive
from nhipcau.site.backups.troubles import ArchiveError

if TYPE_CHECKING:
    from pathlib import Path

DUMP = bytes(range(256)) * 100_000  # more than three pieces


def made(folder: Path, *recipients: str) -> Path:
    """An archive with a dump of several pieces, a file and a file of what stands outside."""
    paper = folder / "paper"
    paper.write_bytes(b"noi dung")
    target = folder / "saved.nhipcau"
    with archive.writing(target, about={"made_at": "2026-11-23"}, recipients=recipients) as writer:
        writer.add_pieces("database", io.BytesIO(DUMP))
        writer.add_file("files/0a1b/ff00", paper)
        writer.add_file("outside/seals/2026.jsonl", paper)
    return target


def test_what_was_put_in_comes_out(tmp_path: Path) -> None:
    about = archive.unpack(made(tmp_path), tmp_path / "out")
    assert about == {"format": archive.FORMAT, "made_at": "2026-11-23"}
    assert (tmp_path / "out/database").read_bytes() == DUMP
    assert (tmp_path / "out/files/0a1b/ff00").read_bytes() == b"noi dung"
    assert (tmp_path / "out/outside/seals/2026.jsonl").read_bytes() == b"noi dung"


def test_an_encrypted_one_opens_with_its_key_only_and_tells_nothing(tmp_path: Path) -> None:
    secret, public = archive.new_key()
    other, other_public = archive.new_key()
    target = made(tmp_path, public, other_public)
    assert b"noi dung" not in target.read_bytes()
    assert archive.is_encrypted(target)
    for number, key in enumerate((secret, other)):
        archive.unpack(target, tmp_path / f"out{number}", identity=key)
        assert (tmp_path / f"out{number}/database").read_bytes() == DUMP
    with pytest.raises(ArchiveError, match="--key"):
        archive.unpack(target, tmp_path / "none")
    stranger, _public = archive.new_key()
    with pytest.raises(ArchiveError, match="cannot be opened with this key"):
        archive.unpack(target, tmp_path / "wrong", identity=stranger)
    with pytest.raises(ArchiveError, match="AGE-SECRET-KEY"):
        archive.unpack(target, tmp_path / "wrong", identity="mat khau")


@pytest.mark.parametrize("is_encrypted", [False, True])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_one_that_was_broken_off_is_refused(tmp_path: Path, share: float, *, is_encrypted: bool) -> None:
    secret, public = archive.new_key()
    target = made(tmp_path, *([public] if is_encrypted else []))
    whole = target.read_bytes()
    # The end of a plain tar is filled with zeros, which may be missing: cut well before.
    target.write_bytes(whole[: int((len(whole) - 20_000) * share)])
    with pytest.raises(ArchiveError):
        archive.unpack(target, tmp_path / "out", identity=secret)


@pytest.mark.parametrize("is_encrypted", [False, True])
def test_one_changed_byte_anywhere_is_refused(tmp_path: Path, *, is_encrypted: bool) -> None:
    secret, public = archive.new_key()
    target = made(tmp_path, *([public] if is_encrypted else []))
    whole = target.read_bytes()
    places = [whole.index(b"noi dung")] if not is_encrypted else [len(whole) // 2]
    for place in [*places, len(whole) // 3]:
        target.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(ArchiveError):
            archive.unpack(target, tmp_path / f"out{place}", identity=secret)


@pytest.mark.parametrize(
    "name", ["../out", "/etc/x", "files/../../x", "files/.hidden", "other/x", "database", "about.json"]
)
def test_a_member_that_would_go_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    target = tmp_path / "bad.nhipcau"
    with tarfile.open(target, "w") as tar:
        for member in ("about.json", name):
            tar.addfile(tarfile.TarInfo(member))
    with pytest.raises(ArchiveError):
        archive.unpack(target, tmp_path / "out")
    assert not [path for path in tmp_path.rglob("*") if path.name in {"x", ".hidden"}]


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "bad.nhipcau"
    with tarfile.open(target, "w") as tar:
        member = tarfile.TarInfo("files/a")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(member)
    with pytest.raises(ArchiveError):
        archive.unpack(target, tmp_path / "out")


def test_what_is_no_archive_is_told(tmp_path: Path) -> None:
    for number, content in enumerate((b"", b"xin chao" * 1000, b"age-encryption.org/v1\nhong")):
        source = tmp_path / f"{number}.bin"
        source.write_bytes(content)
        with pytest.raises(ArchiveError):
            archive.unpack(source, tmp_path / f"out{number}", identity=archive.new_key()[0])


def test_writing_that_fails_leaves_nothing(tmp_path: Path) -> None:
    _secret, public = archive.new_key()
    for recipients in ((), (public,)):
        with pytest.raises(ZeroDivisionError):
            break_off(tmp_path / "new", recipients)
        assert list(tmp_path.iterdir()) == []


def break_off(target: Path, recipients: tuple[str, ...]) -> None:
    """Fail in the middle of an archive."""
    with archive.writing(target, about={}, recipients=recipients) as writer:
        writer.add("database/000000", b"x" * 100)
        _ = 1 / 0


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    target = made(tmp_path)
    before = target.read_bytes()
    with pytest.raises(ArchiveError, match="exists already"), archive.writing(target, about={}):
        pass
    assert target.read_bytes() == before
    assert target.stat().st_mode & 0o077 == 0


def test_what_is_no_public_key_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with (
        pytest.raises(ArchiveError, match="age1"),
        archive.writing(tmp_path / "x", about={}, recipients=["AGE"]),
    ):
        pass
    assert list(tmp_path.iterdir()) == []
