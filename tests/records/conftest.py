"""The cast, a quick hash of passwords, and a reader that reads what a test tells it to."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from nhipcau.records.documents import chains, looking
from tests import world as cast
from tests.records.told import edges_told, read_told


class QuickHasher(PBKDF2PasswordHasher):
    """Passwords of the cast guard nothing: one turn is enough."""

    iterations = 1


@pytest.fixture(autouse=True)
def _quick_passwords(settings: object) -> None:
    name = f"{QuickHasher.__module__}.{QuickHasher.__qualname__}"
    setattr(settings, "PASSWORD_HASHERS", [name])  # noqa: B010 (pytest-django's wrapper is untyped)


@pytest.fixture
def world(db: None) -> cast.World:
    """The fixed cast in a database that is rolled back."""
    return cast.build()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The text itself tells its reading (``told.py``): these tests hold whatever the reader learns."""
    monkeypatch.setattr(looking, "read_text", read_told)
    monkeypatch.setattr(chains, "propose_edges", edges_told)
