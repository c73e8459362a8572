"""`nhipcau read`: formats, exit codes, languages, several files and several processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nhipcau.cli import outcomes, read, workers
from nhipcau.cli.messages import SENTENCES, in_vietnamese, sentence
from nhipcau.reading.findings import MarkedError, Reading, Source, UnreadableError

PAPER = """ỦY BAN NHÂN DÂN
TỈNH SÔNG NGÂN

Số: 15/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Sông Ngân, ngày 12 tháng 01 năm 2026

KẾ HOẠCH
Tăng cường giao lưu nhân dân năm 2026

Căn cứ Chỉ thị số 07-CT/HĐGL ngày 05/01/2026; năm qua tỉnh đón 45 đoàn với gần 1.200 lượt người.

1. Sở Ngoại vụ chủ trì, phối hợp với Công an tỉnh xây dựng kế hoạch, gửi trước ngày 15/3/2026.
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PAPER, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")


def test_one_file_is_one_json_object(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read.main([str(paper), "--format", "json"]) == 0
    reading: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert reading["schema"] == "nhipcau.reading.v1"
    assert reading["source"]["name"] == "ke-hoach.txt"
    (document,) = reading["documents"]
    assert document["header"]["number"]["value"] == "15/KH-UBND"
    assert [item["value"] for item in document["figures"]] == [45, 1200]
    assert document["assignments"][0]["deadline"] == 0


def test_several_files_are_lines_in_the_order_given(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each file has one line, a reading or an error; the gravest exit code is returned."""
    names = [str(paper), str(paper.with_name("none.txt")), str(paper)]
    assert read.main([*names, "--format", "json"]) == 2
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["source"]["name"] for line in lines] == ["ke-hoach.txt", "none.txt", "ke-hoach.txt"]
    assert lines[1] == {"source": {"name": "none.txt"}, "error": "There is no such file."}


def test_text_shows_the_card_before_the_findings(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read.main([str(paper)]) == 0
    text = capsys.readouterr().out
    assert text.index("Số, ký hiệu") < text.index("Trích dẫn (1)") < text.index("Số liệu (2)")
    assert "1.200 lượt người" in text
    assert "chủ trì: Sở Ngoại vụ; phối hợp: Công an tỉnh; hạn: 15/03/2026" in text


def test_html_is_one_page_for_all_files(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read.main([str(paper), str(paper), "--format", "html"]) == 0
    page = capsys.readouterr().out
    assert page.count("<html") == 1
    assert page.count('id="v0-p-T1"') == page.count('id="v1-p-T1"') == 1


@pytest.mark.parametrize(
    "words", [[], ["--format", "xml", "a.txt"], ["--jobs", "0", "a.txt"], ["--what", "a.txt"]]
)
def test_wrong_use_ends_with_64(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert read.main(words) == 64
    assert "usage" in capsys.readouterr().err


def _raising(error: Exception) -> Any:
    def read_bytes(_data: bytes, _name: str) -> Any:
        raise error

    return read_bytes


@pytest.mark.parametrize(
    ("error", "code", "shown"),
    [
        (UnreadableError("encrypted", "Tệp có mật khẩu."), 2, "protected by a password"),
        (MarkedError("tối mật"), 3, "tối mật"),
        (RuntimeError("a secret line of the paper"), 1, "RuntimeError"),
    ],
)
def test_each_kind_of_failure_has_its_exit_code(
    paper: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    code: int,
    shown: str,
) -> None:
    """A fault of ours says its kind, and never what stood in the paper."""
    monkeypatch.setattr("nhipcau.reading.reader.read_bytes", _raising(error))
    assert read.main([str(paper), "--format", "json"]) == code
    captured = capsys.readouterr()
    assert shown in captured.err
    assert "secret line" not in captured.out + captured.err


def test_a_picture_that_nobody_read_is_told_and_the_file_is_read(
    paper: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = Source(
        "a.pdf", "application/pdf", 1, "0", unread_pictures=True, left_out=("a.zip/b.doc: Tệp hỏng.",)
    )
    monkeypatch.setattr("nhipcau.reading.reader.read_bytes", lambda _data, _name: Reading(source, "", ()))
    assert read.main([str(paper), "--format", "json"]) == 0
    told = capsys.readouterr().err.splitlines()
    assert "make sure that it bears no secrecy mark" in told[0]
    assert told[1] == "a.zip/b.doc: could not be read and was left out."


def test_a_refusal_prints_the_mark_and_nothing_of_the_paper(
    paper: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("nhipcau.reading.reader.read_bytes", _raising(MarkedError("mật")))
    read.main([str(paper), "--format", "json"])
    assert json.loads(capsys.readouterr().out) == {"source": {"name": "ke-hoach.txt"}, "refused": "mật"}


def test_refusal_wins_over_unreadable_files(
    paper: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("nhipcau.reading.reader.read_bytes", _raising(MarkedError("mật")))
    assert read.main([str(paper), str(paper.with_name("none.txt"))]) == 3
    assert "none.txt" in capsys.readouterr().out


def test_a_vietnamese_system_is_told_in_vietnamese(
    paper: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reader's own sentence where it has one, else the command line's."""
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    monkeypatch.setattr(
        "nhipcau.reading.reader.read_bytes", _raising(UnreadableError("damaged", "Tệp bị hỏng."))
    )
    read.main([str(paper), str(paper.with_name("none.txt")), "--format", "json"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["error"] for line in lines] == ["Tệp bị hỏng.", "Không có tệp này."]


@pytest.mark.parametrize(
    ("value", "told"), [("vi", True), ("vi_VN.UTF-8", True), ("C", False), ("en_VI", False)]
)
def test_the_language_is_that_of_the_system(monkeypatch: pytest.MonkeyPatch, value: str, told: bool) -> None:
    monkeypatch.setenv("LANG", value)
    assert in_vietnamese() is told


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_is_whole_in_both_languages(code: str) -> None:
    for vietnamese in (False, True):
        words = sentence(code, vietnamese, name="a.txt", mark="mật", given="Lý do.")
        assert words
        assert "{" not in words


def test_folders_and_odd_names_are_told_and_not_raised(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read.main([str(tmp_path), "a\0b"]) == 2
    assert "This is no file." in capsys.readouterr().out


def test_two_processes_print_what_one_prints(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = []
    for index in range(12):
        file = paper.with_name(f"{index}.txt")
        file.write_text(PAPER.replace("45 đoàn", f"{45 + index} đoàn"), encoding="utf-8")
        files.append(str(file))
    files.insert(5, str(paper.with_name("none.txt")))
    assert read.main([*files, "--format", "json"]) == 2
    alone = capsys.readouterr().out
    assert read.main([*files, "--format", "json", "--jobs", "2"]) == 2
    assert capsys.readouterr().out == alone


def _dies(tasks: list[workers.Task]) -> list[outcomes.Outcome]:
    """Stands for a reading that takes its process with it (top level, so that a process finds it)."""
    if any("killer" in task[0] for task in tasks):
        os._exit(9)
    return [outcomes.outcome(*task) for task in tasks]


def test_the_file_that_kills_a_process_is_left_out_alone(
    paper: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every other file is read, in its place, and the exit code says that the fault was ours."""
    monkeypatch.setattr(workers, "read_chunk", _dies)
    files = []
    for name in ("a", "b", "killer", "c", "d", "e"):
        file = paper.with_name(f"{name}.txt")
        file.write_text(PAPER, encoding="utf-8")
        files.append(str(file))
    assert read.main([*files, "--format", "json", "--jobs", "2"]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["source"]["name"][0] for line in lines] == ["a", "b", "k", "c", "d", "e"]
    assert ["error" in line for line in lines] == [False, False, True, False, False, False]


def test_faults_of_the_spreading_itself_are_not_taken_for_dead_processes() -> None:
    with pytest.raises(TypeError):
        list(workers.spread([("only", "two")], 1))  # type: ignore[list-item]


def test_reading_from_the_shell_imports_no_django(paper: Path) -> None:
    code = (
        "import sys; from nhipcau.site.main import main; status = main(['read', sys.argv[1]]); "
        "heavy = {'django', 'psycopg', 'multiprocessing', 'concurrent.futures'} & set(sys.modules); "
        "sys.exit(9 if heavy else status)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(paper)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_output_that_nobody_reads_on_is_no_error(paper: Path) -> None:
    command = [sys.executable, "-m", "nhipcau.cli.read", "--format", "json", *[str(paper)] * 40]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        complaint = process.stderr.read().decode()
    assert "Traceback" not in complaint
    assert "BrokenPipe" not in complaint
