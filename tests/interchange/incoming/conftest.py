"""The cast of the records' tests."""

from __future__ import annotations

from tests.records.conftest import _quick_passwords, world

__all__ = ["_quick_passwords", "world"]
