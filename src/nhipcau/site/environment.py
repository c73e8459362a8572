"""Reads settings from the environment; a value that cannot be understood ends the program with its name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"", "0", "false", "no", "off"})


class BadSettingError(RuntimeError):
    """A setting of the environment that cannot be used; the message names it and its cure."""


def flag(name: str, *, default: bool = False, environ: Mapping[str, str] = os.environ) -> bool:
    """A switch: 1/true/yes/on or 0/false/no/off."""
    value = environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in _YES:
        return True
    if value.strip().lower() in _NO:
        return False
    raise BadSettingError(f"{name} must be 1 or 0, not {value!r}")


def number(name: str, default: int, *, lowest: int = 0, environ: Mapping[str, str] = os.environ) -> int:
    """A whole number of at least `lowest`."""
    value = environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdigit() or int(value) < lowest:
        raise BadSettingError(f"{name} must be a whole number from {lowest}, not {value!r}")
    return int(value)


def words(name: str, default: tuple[str, ...] = (), *, environ: Mapping[str, str] = os.environ) -> list[str]:
    """A list, separated by commas."""
    found = [word.strip() for word in environ.get(name, "").split(",") if word.strip()]
    return found or list(default)


def file(name: str, default: Path, *, environ: Mapping[str, str] = os.environ) -> Path:
    """The path of a file or folder; a relative one counts from where the program was started."""
    value = environ.get(name, "").strip()
    return Path(value).expanduser().absolute() if value else default


def secret(name: str, *, environ: Mapping[str, str] = os.environ) -> str:
    """A secret given as such, or as the file that holds it in `<name>_FILE`; empty when neither is there."""
    file = environ.get(f"{name}_FILE", "").strip()
    if not file:
        return environ.get(name, "")
    try:
        return Path(file).read_text().strip()
    except OSError as error:
        raise BadSettingError(f"{name}_FILE names {file}, which cannot be read: {error.strerror}") from error
