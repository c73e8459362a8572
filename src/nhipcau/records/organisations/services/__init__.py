"""Every write of units: found, rename, move, merge, split, transfer, close, codes, duties, undo, load.

May import this area's models and policies, and foundation.
Go on with ``drafting.py`` (what an act opens and closes), ``writing.py`` (the one way in), ``ancestry.py``.
"""

from nhipcau.records.organisations.services.drafting import Basis, Draft, Facts
from nhipcau.records.organisations.services.founding import (
    close_office,
    close_unit,
    found_unit,
    open_office,
)
from nhipcau.records.organisations.services.loading import Loaded, load_units

__all__ = [
    "Basis",
    "Draft",
    "Facts",
    "Loaded",
    "close_office",
    "close_unit",
    "found_unit",
    "load_units",
    "open_office",
]
