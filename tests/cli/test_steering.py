"""Nothing that a paper or its name holds reaches a terminal as a command."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from nhipcau.cli import chain, read

ESCAPE, TURN = "\x1b[2J\x1b[31m", "\u202e"
PAPER = f"""ỦY BAN NHÂN DÂN
TỈNH SÔNG NGÂN

Số: 15/KH-UBND

Sông Ngân, ngày 12 tháng 01 năm 2026

KẾ HOẠCH
Tăng cường {ESCAPE}giao lưu{TURN} nhân dân

Căn cứ Chỉ thị số 07-CT/HĐGL ngày 05/01/2026{ESCAPE} của Hội đồng Giao lưu nhân dân;
"""


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def told(capsys: pytest.CaptureFixture[str]) -> str:
    """Everything that was written to the terminal."""
    out, err = capsys.readouterr()
    return out + err


@pytest.mark.parametrize("command", [read, chain])
def test_no_escape_sequence_of_a_paper_or_of_its_name_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: object
) -> None:
    paper = tmp_path / f"ke{ESCAPE}hoach{TURN}.txt"
    paper.write_text(PAPER, encoding="utf-8")
    empty = tmp_path / f"rong{ESCAPE}\nkhong co gi.txt"
    empty.write_bytes(b"")
    assert isinstance(command, type(read))
    command.main([str(paper), str(empty)])
    words = told(capsys)

    assert "07-CT/HĐGL" in words
    assert not {"\x1b", TURN} & set(words)


def test_a_name_with_a_line_break_stays_one_line_of_the_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else a name could pretend to be a sentence about another file."""
    empty = tmp_path / "rong.txt\nke-hoach.txt: refused"
    empty.write_bytes(b"")
    read.main([str(empty)])

    assert len(capsys.readouterr().err.splitlines()) == 1


def test_what_is_left_out_of_a_container_is_told_in_the_language_of_the_system(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the name of a member looks like a place to fill."""
    folder = tmp_path / "hai.zip"
    with zipfile.ZipFile(folder, "w") as container:
        container.writestr("ke-hoach.txt", PAPER.replace(ESCAPE, ""))
        container.writestr("hong{name}.pdf", b"%PDF-1.4 hong")
    read.main([str(folder)])
    english = capsys.readouterr().err
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    read.main([str(folder)])
    vietnamese = capsys.readouterr().err

    assert english == "hai.zip/hong{name}.pdf: could not be read and was left out.\n"
    assert vietnamese.startswith("hai.zip/hong{name}.pdf: Tệp PDF")
