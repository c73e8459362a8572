"""The registers into which files may be brought: one tuple, read by the jobs and by the pages."""

from __future__ import annotations

from nhipcau.records.foundation.register import Register
from nhipcau.records.organisations.register import REGISTER as UNITS

INCOMING: tuple[Register, ...] = (UNITS,)


def register_named(slug: str) -> Register:
    """The register with this slug; ``LookupError`` where no files may be brought into one of that name."""
    for register in INCOMING:
        if register.slug == slug:
            return register
    raise LookupError(slug)
