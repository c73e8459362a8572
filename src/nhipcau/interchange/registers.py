"""The one tuple of all registers: the menu, addresses, imports and contract tests read it."""

from __future__ import annotations

from nhipcau.records.documents.register import REGISTER as DOCUMENTS
from nhipcau.records.foundation.register import Register
from nhipcau.records.organisations.register import REGISTER as UNITS

REGISTERS: tuple[Register, ...] = (DOCUMENTS, UNITS)
#: Those whose list and card the kit draws; the others have pages of their own.
DRAWN = tuple(register for register in REGISTERS if register.is_drawn)
#: Those into which files may be brought.
INCOMING = tuple(register for register in REGISTERS if register.intake is not None)


def incoming_named(slug: str) -> Register:
    """The register with this slug; ``LookupError`` where no files may be brought into one of that name."""
    for register in INCOMING:
        if register.slug == slug:
            return register
    raise LookupError(slug)
