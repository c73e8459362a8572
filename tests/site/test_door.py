"""The door ./run: what it sets up, when it does nothing, and what it says when it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from tools import browser, catalogue, check, install, run

from tests.site.conftest import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with lock files and an environment in which nothing was installed."""
    (tmp_path / "requirements").mkdir()
    for lock in install.LOCKS:
        (tmp_path / "requirements" / f"{lock}.txt").write_text(f"{lock}==1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (tmp_path / ".venv").mkdir()
    return tmp_path


def remember(checkout: Path, lock: str) -> None:
    """As if `lock` had just been installed."""
    install.stamp(checkout).write_text(f"{lock} {install.digest(checkout, lock)}\n")


def test_nothing_is_installed_twice(checkout: Path) -> None:
    assert not install.is_installed(checkout, "runtime")

    remember(checkout, "runtime")

    assert install.is_installed(checkout, "runtime")


def test_a_larger_lock_file_holds_the_smaller_but_not_the_other_way(checkout: Path) -> None:
    remember(checkout, "development")

    assert install.is_installed(checkout, "runtime")
    assert not install.is_installed(checkout, "bench")


@pytest.mark.parametrize("changed", ["requirements/runtime.txt", "pyproject.toml"])
def test_a_change_of_what_is_locked_installs_again(checkout: Path, changed: str) -> None:
    remember(checkout, "runtime")

    (checkout / changed).write_text("changed\n")

    assert not install.is_installed(checkout, "runtime")


def test_a_python_without_venv_is_told_with_its_cure(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        raise subprocess.CalledProcessError(1, ["ensurepip"])

    monkeypatch.setattr(venv.EnvBuilder, "create", broken)

    with pytest.raises(install.SetUpError, match=r"apt-get install python3\.\d+-venv"):
        install.make_environment(checkout / "new")


def test_packages_that_cannot_be_installed_end_the_set_up() -> None:
    with pytest.raises(install.SetUpError, match="were not installed; the reason stands above"):
        install.run([sys.executable, "-c", "raise SystemExit(1)"])


def test_an_unknown_command_prints_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["tset"]) == 2
    assert capsys.readouterr().err == run.USAGE + "\n"


def test_every_command_of_the_door_is_told() -> None:
    assert all(f"\n  {name} " in run.USAGE for name in run.COMMANDS)


def test_the_shell_finds_a_python_and_hands_over() -> None:
    done = subprocess.run([ROOT / "run", "--help"], capture_output=True, text=True, check=False, cwd="/")

    assert (done.returncode, done.stderr) == (0, run.USAGE + "\n")


def test_without_a_fitting_python_the_shell_says_so(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    for name in ("dirname", "sh"):
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")

    done = subprocess.run(
        ["/bin/sh", ROOT / "run", "test"],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": str(tmp_path)},
    )

    assert done.returncode == 1
    assert "needs Python 3.11 or later, and found none" in done.stderr


def test_long_tests_run_with_full_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "find_or_install", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(os, "cpu_count", lambda: 1)

    assert run.test_arguments(["-x"]) == (
        ["-x", "-m", "not full", "-rs"],
        {"NHIPCAU_CHROMIUM": "/usr/bin/chromium"},
    )
    assert run.test_arguments(["--full"])[0] == ["-rs"]


def test_the_whole_suite_uses_the_cores_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "find_or_install", lambda: "/usr/bin/chromium")
    for cores, asked in ((2, "2"), (64, str(run.MOST))):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        assert run.test_arguments([])[0][:4] == ["-n", asked, "--dist", "loadfile"]
        assert "-n" not in run.test_arguments(["tests/web"])[0]


def test_without_a_browser_its_tests_are_left_out_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(browser, "find_or_install", lambda: None)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)

    assert run.test_arguments([]) == (["-m", "not full and not browser", "-rs"], {})
    assert "there is no Chromium" in capsys.readouterr().out


def test_a_browser_is_installed_only_where_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def ran(step: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        asked.append(step)
        return subprocess.CompletedProcess(step, 0, "", "")

    monkeypatch.setattr(browser, "find", lambda: None)
    monkeypatch.setattr(subprocess, "run", ran)

    monkeypatch.setattr(browser, "may_install", lambda: False)
    assert browser.find_or_install() is None
    assert asked == []

    monkeypatch.setattr(browser, "may_install", lambda: True)
    browser.find_or_install()
    assert [step[:2] for step in asked] == [["apt-get", "update"], ["apt-get", "install"]]


def test_the_browser_that_is_named_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHIPCAU_CHROMIUM", sys.executable)

    assert browser.find() == sys.executable


CATALOGUE = """#, fuzzy
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

# a comment
msgid "one"
msgstr ""
"mộ"
"t"

#, fuzzy
msgid "guessed"
msgstr "đoán"

msgctxt "verb"
msgid "read"
msgstr "đọc"

msgid "%(count)s paper"
msgid_plural "%(count)s papers"
msgstr[0] "%(count)s văn bản"

#~ msgid "gone"
#~ msgstr "đã bỏ"
msgid "quote \\"q\\""
msgstr "“q”"
"""


def test_a_catalogue_is_read_with_contexts_plurals_and_marks(tmp_path: Path) -> None:
    source = tmp_path / "vi" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE)

    messages = {message.msgid: message for message in catalogue.read(source)}

    assert list(messages) == ["", "one", "guessed", "read", "%(count)s paper", 'quote "q"']
    assert messages["one"].texts == {0: "một"}
    assert messages["guessed"].is_fuzzy
    assert messages["read"].context == "verb"
    assert messages["%(count)s paper"].plural == "%(count)s papers"


def test_catalogues_are_compiled_once_and_only_what_is_whole(tmp_path: Path) -> None:
    import gettext

    source = tmp_path / "vi" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE)

    assert catalogue.compile_all(tmp_path) == [source.with_suffix(".mo")]
    assert catalogue.compile_all(tmp_path) == []
    with source.with_suffix(".mo").open("rb") as file:
        found = gettext.GNUTranslations(file)
    assert found.gettext("one") == "một"
    assert found.pgettext("verb", "read") == "đọc"
    assert found.ngettext("%(count)s paper", "%(count)s papers", 2) == "%(count)s văn bản"
    assert found.gettext("guessed") == "guessed"


def test_a_line_that_is_none_of_a_catalogue_is_named(tmp_path: Path) -> None:
    source = tmp_path / "django.po"
    source.write_text('msgid "one"\nmsgstr broken\n')

    with pytest.raises(ValueError, match=r"django\.po, line 2"):
        catalogue.read(source)


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://mirror.example/index",
        "thing @ https://example.org/thing.whl",
        "thing @ file:///opt/thing.whl",
        "--find-links /opt/wheels",
    ],
)
def test_an_address_in_a_lock_file_is_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "runtime.txt").write_text(f"a==1 \\\n    --hash=sha256:0\n{line}\n")

    assert check.addresses_in_locks(tmp_path) == [f"runtime.txt:3: {line}"]


def test_only_one_set_up_runs_at_a_time(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[2])\n"
        "from tools import install\n"
        "with install.alone(pathlib.Path(sys.argv[1])): print('in', flush=True)"
    )
    with install.alone(tmp_path):
        other = subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path), str(ROOT)], stdout=subprocess.PIPE, env=os.environ
        )
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(1)

    out, _errors = other.communicate(timeout=20)
    assert out == b"in\n"
