"""Whatever a service does is told in words: no code of a verb stands where people read."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from nhipcau.web.history import COMMON, KINDS
from tests.floor_rules.tree import modules, name, syntax

if TYPE_CHECKING:
    from pathlib import Path

WORDS = {*COMMON, *(verb for told in KINDS.values() for verb in told.verbs)}


def verbs(path: Path) -> set[str]:
    """The verbs of the events that a module writes, as far as they stand there as words."""
    return {
        str(keyword.value.value)
        for call in ast.walk(syntax(path))
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "verb" and isinstance(keyword.value, ast.Constant)
    }


@pytest.mark.parametrize("path", [path for path in modules() if verbs(path)], ids=name)
def test_every_verb_of_a_service_is_told_in_words(path: Path) -> None:
    assert verbs(path) - WORDS == set()


def test_the_services_are_found() -> None:
    """So that the rule above is no empty word."""
    found = {verb for path in modules() for verb in verbs(path)}

    assert {"confirm", "found", "sign_in"} <= found
