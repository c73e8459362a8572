"""The oldest Python that the product runs on reads as the newest does."""

from __future__ import annotations

import importlib
import pkgutil
import re

# Python keeps what a pattern was parsed into in a module without a public name.
import re._constants as opcodes  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from typing import TYPE_CHECKING, Any

import pytest

from nhipcau import reading

if TYPE_CHECKING:
    from collections.abc import Iterator


def patterns() -> dict[str, re.Pattern[str]]:
    """All patterns for text that stand in modules of `reading`, by module and name."""
    found = {}
    for module in pkgutil.walk_packages(reading.__path__, "nhipcau.reading."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found[f"{module.name}.{name}"] = value
    return found


def operations(parsed: object) -> Iterator[Any]:
    """All operations of a parsed pattern, however deep they stand."""
    if isinstance(parsed, parser.SubPattern | list | tuple):
        for part in parsed:
            yield from operations(part)
    elif isinstance(parsed, type(opcodes.ATOMIC_GROUP)):  # characters are numbers, too
        yield parsed


def broken_in_debian(pattern: str, flags: int = 0) -> bool:
    """Whether it repeats a group possessively or is atomic: wrong in `re` up to Python 3.11.4."""
    found = set(operations(parser.parse(pattern, flags & ~re.UNICODE)))
    return bool(found & {opcodes.POSSESSIVE_REPEAT, opcodes.ATOMIC_GROUP})


@pytest.mark.parametrize("name", patterns())
def test_no_pattern_is_possessive(name: str) -> None:
    """Debian 12 brings 3.11.2; there "ba trăm" and "5. 429" were read otherwise than on 3.11.7."""
    pattern = patterns()[name]

    assert not broken_in_debian(pattern.pattern, pattern.flags)


@pytest.mark.parametrize("pattern", [r"(?:a|b)*+c", r"(?>ab)c", r"x(?:\d++[.,]){0,8}+"])
def test_the_rule_sees_what_it_forbids(pattern: str) -> None:
    assert broken_in_debian(pattern)
