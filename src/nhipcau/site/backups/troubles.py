"""What can be wrong with a backup; each message is one sentence with its cure."""

from __future__ import annotations


class ArchiveError(RuntimeError):
    """A backup that cannot be written or read."""


class NotEmptyError(RuntimeError):
    """There are data already where a backup should go."""


class ProgramError(RuntimeError):
    """A program of PostgreSQL is missing or failed; the message says which and what it said."""
