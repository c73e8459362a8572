"""What must not be in the tree (others' code, a machine's paths, real papers' numbers), and what must."""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tools import check

from tests.floor_rules.tree import PACKAGE, ROOT, SHARED, name, needs_shared, texts, tracked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STATIC = PACKAGE / "web" / "static"
MOST_DEPENDENCIES = 32
#: Names of other people's scripts and sheets, and marks that packed files bear.
FOREIGN = re.compile(
    r"htmx(\.|-2|-4)|jquery|bootstrap|alpine|tailwind|echarts|\.min\.(js|css)$", re.IGNORECASE
)
PACKED_LINE = 500
NUMBER = re.compile(r"\b\d+[A-Z]?-[A-ZĐ]+/[A-ZĐ]+\b")
WORD = r"[^\W\d_]+"
PERSON = re.compile(rf"\b(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à) ((?:{WORD} ?){{2,4}})")
MACHINE = re.compile(r"(?<![\w.])/(?:work|farm|root|home/\w+)/[a-z.]|(?<![\w.])/tmp/[a-z]")
#: Hosts from which packages come; the tree names none of them.
REGISTRIES = re.compile(r"pypi\.org|pythonhosted|registry\.npm|npmjs|deb\.debian|/simple\b", re.IGNORECASE)
CODE = {".py", ".csv", ".html", ".css", ".js", ".json", ".po", ".toml", ".txt", ".md", ".cmd", ""}


def test_static_files_are_our_own() -> None:
    files = [path for path in STATIC.rglob("*") if path.is_file()]

    assert files
    assert [name(path) for path in files if FOREIGN.search(path.name)] == []
    packed = [
        name(path) for path in files if path.suffix in {".js", ".css"} and longest_line(path) > PACKED_LINE
    ]
    assert packed == []
    assert [name(path) for path in files if "nhipcau" not in path.relative_to(STATIC).parts] == []


def longest_line(path: Path) -> int:
    """The length of a file's longest line."""
    return max(map(len, path.read_text(encoding="utf-8").splitlines()), default=0)


def lists_of_dependencies() -> Iterator[tuple[str, str]]:
    """Each line that names a dependency in pyproject.toml, with the line above it."""
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    section = re.compile(r"^(dependencies|setup|test|check|bench) = \[")
    inside = False
    for above, line in pairwise(lines):
        inside = bool(section.match(above)) or (inside and above != "]")
        if inside and line.strip().startswith('"'):
            yield line.strip(), above.strip()


def test_every_dependency_has_its_reason_above_it() -> None:
    listed = list(lists_of_dependencies())
    reason = False
    without = []
    for line, above in listed:
        # Two of one kind may share a reason, where the second follows the first.
        reason = above.startswith("#") or (reason and above.startswith('"'))
        if not reason:
            without.append(line)

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    count = len(project["dependencies"]) + sum(map(len, project["optional-dependencies"].values()))
    assert len(listed) == count
    assert without == []
    assert len(project["dependencies"]) <= MOST_DEPENDENCIES


def test_every_lint_exception_has_its_reason_beside_it() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    block = text.split("[tool.ruff.lint]")[1].split("[tool.mypy]")[0]
    codes = [line for line in block.splitlines() if re.match(r'\s+"[A-Z]+\d*"', line)]

    assert codes
    assert [line for line in codes if "#" not in line] == []


def test_lock_files_hold_no_address() -> None:
    locks = list((ROOT / "requirements").glob("*.txt"))

    assert {path.stem for path in locks} == {"runtime", "development", "bench"}
    assert check.addresses_in_locks(ROOT) == []


def test_lock_files_pin_every_package_by_hash() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        entries = re.split(r"\n(?=[a-z0-9])", path.read_text(), flags=re.IGNORECASE)

        pinned = [entry for entry in entries if not entry.startswith("#")]
        assert len(pinned) > 20
        assert [
            entry.split()[0] for entry in pinned if "==" not in entry or "--hash=sha256:" not in entry
        ] == []


def test_the_tree_names_no_path_of_a_machine_and_no_registry() -> None:
    found = [
        f"{name(path)}:{number}"
        for path, text in texts().items()
        if path.suffix in CODE and path.name != "test_tree.py"
        for number, line in enumerate(text.splitlines(), start=1)
        if MACHINE.search(line) or REGISTRIES.search(line)
    ]

    assert found == []


def test_nothing_compiled_or_installed_is_committed() -> None:
    assert [
        name(path) for path in tracked() if path.suffix in {".mo", ".pyc"} or path.name == "uv.lock"
    ] == []


def test_there_is_a_change_log_with_todays_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]

    log = (ROOT / "CHANGELOG.md").read_text()
    assert re.search(rf"^## .*\b({re.escape(version)}|Unreleased)\b", log, re.MULTILINE)
    assert re.search(r"^- \w", log, re.MULTILINE)


@pytest.mark.parametrize(
    "path", ["README.md", "README.vi.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "LICENSE", "docs/install.md"]
)
def test_a_newcomer_finds_the_way(path: str) -> None:
    assert (ROOT / path).read_text().strip()


def seeds() -> list[str]:
    """The texts of the five real papers."""
    return [
        unicodedata.normalize("NFC", path.read_text("utf-8")) for path in (SHARED / "seeds").glob("*.txt")
    ]


def seed_citations() -> list[dict[str, str]]:
    """What the handbook says that they cite."""
    with (SHARED / "handbook" / "data" / "seed_citations.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seed_numbers() -> set[str]:
    """The numbers with symbol that the seeds bear or cite."""
    cited = {row["expected_number"] for row in seed_citations() if "/" in row["expected_number"]}
    return cited | {number for text in seeds() for number in NUMBER.findall(text)}


def seed_dates() -> set[str]:
    """The days beside those numbers, in the forms in which they are written."""
    forms = set()
    for row in seed_citations():
        if row["date"]:
            year, month, day = row["date"].split("-")
            forms |= {row["date"], f"{day}/{month}/{year}", f"{int(day)}/{int(month)}/{year}"}
            forms |= {f"{int(day):02}/{int(month)}/{year}", f"ngày {int(day)} tháng {int(month)} năm {year}"}
            forms |= {f"{year}, {int(month)}, {int(day)}"}
    return forms


def seed_persons() -> set[str]:
    """Names after a form of address, and names that stand alone in one of a paper's last lines."""
    found = set()
    for text in seeds():
        for match in PERSON.findall(text):
            words = []
            for word in match.split():
                if not word[0].isupper():
                    break
                words.append(word)
            found.add(" ".join(words))
        for line in text.splitlines()[-15:]:
            words = line.split()
            if 2 <= len(words) <= 3 and all(word[0].isupper() and word.isalpha() for word in words):
                found |= {line.strip(), line.strip().title()}
    return {person for person in found if " " in person}


@needs_shared
def test_the_seeds_give_the_rule_something_to_look_for() -> None:
    assert len(seed_numbers()) >= 9
    assert len(seed_dates()) >= 20
    assert len(seed_persons()) >= 3


@needs_shared
@pytest.mark.parametrize("what", [seed_numbers, seed_dates, seed_persons])
def test_no_number_no_day_and_no_person_of_a_real_paper_is_in_the_product(what: object) -> None:
    assert callable(what)
    words = sorted(unicodedata.normalize("NFC", word) for word in what())
    # Numbers and days in any case; a name only as a name is written.
    flags = re.NOFLAG if what is seed_persons else re.IGNORECASE
    pattern = re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, words))})(?![\w/-])", flags)

    found = [
        f"{name(path)}:{number}"
        for path, text in texts().items()
        if path.is_relative_to(ROOT / "src")
        for number, line in enumerate(unicodedata.normalize("NFC", text).splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []
