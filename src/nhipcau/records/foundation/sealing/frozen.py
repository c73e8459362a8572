"""Figures that were frozen: whoever keeps such a kind says here how its digest is computed today.

Freezing writes an event with the verb ``freeze`` whose value ``digest`` is the digest of that day.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

#: From a record's public id to its digest as it stands, or None where it is gone.
DigestOf = Callable[[UUID], str | None]
VERB = "freeze"
FIELD = "digest"

_kinds: dict[str, DigestOf] = {}


def keep(kind: str, digest_of: DigestOf) -> None:
    """Make known how the frozen figures of a kind are looked at."""
    _kinds[kind] = digest_of


def forget(kind: str) -> None:
    """Look at them no more."""
    del _kinds[kind]


def looks_at(kind: str) -> DigestOf | None:
    """How a kind is looked at; None where nobody said."""
    return _kinds.get(kind)
