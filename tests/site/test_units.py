"""`nhipcau units load`: what it says, and the way through an installation from nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError

from nhipcau.records.organisations.services import Brought
from nhipcau.records.organisations.shipped import Edition
from nhipcau.site import first_units, main
from nhipcau.site.commands import units

if TYPE_CHECKING:
    from pathlib import Path

DONE = Brought(Edition("2026.12.1", "07/2026/HĐGL", date(2026, 12, 1)), new=2, changed=1, unchanged=5, acts=4)


def test_it_says_how_many_are_new_changed_and_unchanged() -> None:
    assert units.lines(DONE, is_trial=False) == [
        "Units: edition 2026.12.1 of 01/12/2026, up to 07/2026/HĐGL.",
        "Loaded: 2 new, 1 changed, 5 unchanged (4 acts).",
    ]


def test_a_dry_run_says_that_nothing_was_written() -> None:
    assert units.lines(DONE, is_trial=True)[1].startswith("Nothing was written; a load would make: 2 new")


def test_what_stays_is_told_ten_times_and_counted() -> None:
    kept = tuple(f"“Xã {number}” stays as it was entered here." for number in range(12))

    told = units.lines(replace(DONE, kept=kept, differing=("rename/a",)), is_trial=False)

    assert told[2] == "Kept as entered here: 12"
    assert told[3:14] == [*(f"  {sentence}" for sentence in kept[:10]), "  ... and 2 more"]
    assert told[14:] == ["Entered here with another day or basis: 1", "  rename/a"]


def test_what_cannot_be_is_a_sentence_and_a_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*, is_trial: bool) -> Brought:
        raise ValidationError("“Hội Bến Trúc” would stand nowhere.")

    monkeypatch.setattr(first_units, "load", refuse)

    assert units._load(is_trial=False) == 1
    printed = capsys.readouterr()
    assert printed.err == "nhipcau units: “Hội Bến Trúc” would stand nowhere. Nothing was written.\n"
    assert printed.out == ""


def test_wrong_use_has_its_status() -> None:
    with pytest.raises(SystemExit) as ended:
        main.main(["units"])
    assert ended.value.code == main.USAGE_ERROR


def run(home: Path, *words: str) -> tuple[int, str]:
    """The status of a command in this home, and all that it said."""
    command = [sys.executable, "-m", "nhipcau.site.main", "units", *words]
    environment = {**os.environ, "NHIPCAU_DATA": str(home)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.full
def test_before_the_database_is_at_this_version_it_tells_the_cure(home: Path) -> None:
    status, said = run(home, "load")

    assert (status, "nhipcau migrate" in said) == (1, True), said


@pytest.mark.full
def test_a_dry_run_a_load_and_one_that_does_nothing(old_home: Path) -> None:
    for words, expected in (
        (["--dry-run"], "a load would make: 14035 new"),
        ([], "Loaded: 14035 new, 0 changed, 0 unchanged"),
        ([], "Loaded: 0 new, 0 changed, 14035 unchanged (0 acts)"),
    ):
        status, said = run(old_home, "load", *words)
        assert (status, expected in said) == (0, True), said
