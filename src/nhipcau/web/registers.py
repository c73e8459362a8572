"""The one tuple of all registers: addresses, menu and contract tests read it."""

from __future__ import annotations

from nhipcau.records.documents.register import REGISTER as DOCUMENTS
from nhipcau.records.foundation.register import Register

REGISTERS: tuple[Register, ...] = (DOCUMENTS,)
