"""Small rooms: modules, functions, templates and commands stay within what a reader takes in at once.

Each test prints the worst five, so that the next to split is known before the budget is reached.
"""

from __future__ import annotations

import ast
import statistics
from typing import TYPE_CHECKING

from tests.floor_rules.tree import PACKAGE, ROOT, modules, name, syntax

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MODULE = 300
LONGEST_MODULE = 500
MEDIAN_FUNCTION = 10
NINTH_DECILE_FUNCTION = 35
LONGEST_FUNCTION = 80
TEMPLATE = 200
COMMAND = 40
KIT = 600
SCRIPT = 200


def lines(path: Path) -> int:
    """The length of a file in lines."""
    return len(path.read_text(encoding="utf-8").splitlines())


def worst(sizes: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Largest first; the worst five are printed."""
    ordered = sorted(sizes, reverse=True)
    for size, what in ordered[:5]:
        print(f"{size:5}  {what}")  # noqa: T201 -- shown where a budget is passed
    return ordered


def own_modules() -> list[Path]:
    """All modules but migrations, which Django writes."""
    return [path for path in modules() if "migrations" not in path.parts]


def test_modules_are_short() -> None:
    sizes = worst((lines(path), name(path)) for path in own_modules())

    assert sizes[0][0] <= LONGEST_MODULE, sizes[0]
    within = sum(size <= MODULE for size, _path in sizes)
    assert within >= 0.9 * len(sizes), sizes[:10]


def functions() -> list[tuple[int, str]]:
    """Every function of the product with its length."""
    return [
        ((node.end_lineno or node.lineno) - node.lineno + 1, f"{name(path)}:{node.lineno} {node.name}")
        for path in own_modules()
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_functions_are_short() -> None:
    sizes = worst(functions())
    lengths = [size for size, _name in sizes]

    assert lengths[0] <= LONGEST_FUNCTION, sizes[0]
    assert statistics.median(lengths) <= MEDIAN_FUNCTION
    assert statistics.quantiles(lengths, n=10)[-1] <= NINTH_DECILE_FUNCTION, sizes[: len(sizes) // 10]


def test_templates_are_short() -> None:
    sizes = worst((lines(path), name(path)) for path in PACKAGE.rglob("templates/**/*.html"))

    assert sizes[0][0] <= TEMPLATE, sizes[0]


def test_commands_are_doors() -> None:
    folder = PACKAGE / "site" / "commands"
    doors = [path for path in folder.glob("*.py") if path.stem in {"demo", "serve", "check", "migrate"}]
    sizes = worst((lines(path), name(path)) for path in doors)

    assert len(sizes) == 4
    assert sizes[0][0] <= COMMAND, sizes[0]


def test_the_kit_stays_a_kit() -> None:
    kit = list((PACKAGE / "web" / "kit").glob("*.py"))

    worst((lines(path), name(path)) for path in kit)
    assert sum(map(lines, kit)) <= KIT


def test_scripts_of_pages_are_short() -> None:
    sizes = worst((lines(path), name(path)) for path in PACKAGE.rglob("static/**/*.js"))

    assert all(size <= SCRIPT for size, _name in sizes), sizes[0]


def test_the_doors_of_the_checkout_are_a_few_lines() -> None:
    assert lines(ROOT / "run") <= 15
    assert lines(ROOT / "run.cmd") <= 15
