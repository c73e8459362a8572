"""`nhipcau chain` proposes edges for files on disk, with no database and the exit codes of `nhipcau read`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nhipcau.cli import chain

PLAN = """HUYỆN ỦY TÂY BÌNH
*
Số 44-KH/HU

ĐẢNG CỘNG SẢN VIỆT NAM

Tây Bình, ngày 02 tháng 8 năm 2034

KẾ HOẠCH
giao lưu nhân dân năm 2034
-----

Thực hiện Chỉ thị số 31-CT/TU, ngày 20/6/2034 của Tỉnh ủy, Ban Thường vụ Huyện ủy xây dựng kế hoạch:

Nơi nhận:
- Như trên,
- Lưu Văn phòng.

T/M BAN THƯỜNG VỤ
BÍ THƯ

Đỗ Văn Mẫu
"""


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def printed(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_json_has_the_agreed_form(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert chain.main([str(plan), "--format", "json"]) == 0
    told = printed(capsys)
    assert told["schema"] == "nhipcau.chain.v1"
    (edge,) = told["edges"]
    assert edge["derived"] == {
        "number": "44-KH/HU",
        "date": "2034-08-02",
        "issuer": "Huyện ủy Tây Bình",
        "file": "ke-hoach.txt",
    }
    assert edge["source"] == {"number": "31-CT/TU", "date": "2034-06-20", "issuer": "Tỉnh ủy", "file": None}
    assert (edge["relation"], edge["strength"]) == ("implements", "printed")
    assert PLAN[slice(*edge["span"])] == "Chỉ thị số 31-CT/TU, ngày 20/6/2034"
    assert "Tỉnh ủy" in edge["ask"]
    assert edge["reason"]


def test_text_is_for_people(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert chain.main([str(plan)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "44-KH/HU (02/08/2034)  implements  31-CT/TU (20/06/2034)  [printed]"
    assert "Thực hiện Chỉ thị số 31-CT/TU" in lines[1]


def test_text_is_vietnamese_on_a_vietnamese_system(
    plan: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    chain.main([str(plan)])
    assert "thực hiện  31-CT/TU" in capsys.readouterr().out


def test_no_relation_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Một bài viết không dẫn văn bản nào.", encoding="utf-8")
    assert chain.main([str(path)]) == 0
    assert capsys.readouterr().out == "No relation was found.\n"


def test_a_file_that_cannot_be_read_is_left_out_and_the_others_go_on(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    assert chain.main([str(empty), str(plan), str(tmp_path / "gone.txt"), "--format", "json"]) == 2
    told = capsys.readouterr()
    assert len(json.loads(told.out)["edges"]) == 1
    assert [line.split(":")[0] for line in told.err.splitlines()] == ["empty.txt", "gone.txt"]


def test_a_marked_paper_is_refused_and_nothing_of_it_is_told(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marked = tmp_path / "a.txt"
    marked.write_text(PLAN.replace("Số 44-KH/HU", "Số 45-KH/HU\nMẬT"), encoding="utf-8")
    assert chain.main([str(marked), str(plan), "--format", "json"]) == 3
    told = capsys.readouterr()
    assert "45-KH/HU" not in told.out + told.err
    assert len(json.loads(told.out)["edges"]) == 1


@pytest.mark.parametrize("argv", [[], ["a.txt", "--format", "xml"], ["--nothing"]])
def test_wrong_use_ends_with_64(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert chain.main(argv) == 64
    assert "usage: nhipcau chain" in capsys.readouterr().err


def test_help_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert chain.main(["--help"]) == 0
    assert "FILE" in capsys.readouterr().out


def test_two_files_of_one_name_keep_their_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [tmp_path / folder / "a.txt" for folder in ("one", "two")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(PLAN, encoding="utf-8")
    chain.main([*map(str, paths), "--format", "json"])
    assert [edge["derived"]["file"] for edge in printed(capsys)["edges"]] == [str(path) for path in paths]


def test_neither_django_nor_a_database_is_loaded(plan: Path) -> None:
    words = (
        "import sys; from nhipcau.cli import chain; chain.main(sys.argv[1:]);"
        "print([m for m in sys.modules if m.partition('.')[0] in {'django', 'psycopg'}], file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", words, str(plan)], capture_output=True, text=True, check=True
    )
    assert ended.stderr.strip() == "[]"
