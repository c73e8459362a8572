"""Every write of units: found, rename, move, merge, split, transfer, close, codes, duties, undo, load.

May import this area's models and policies, and foundation.
Go on with ``drafting.py`` (what an act opens and closes), ``writing.py`` (the one way in), ``ancestry.py``.
"""

from nhipcau.records.organisations.services.coding import (
    add_code,
    end_code,
    end_focal_point,
    set_focal_point,
)
from nhipcau.records.organisations.services.drafting import Basis, Draft, Facts
from nhipcau.records.organisations.services.editions import Brought, load_edition
from nhipcau.records.organisations.services.founding import (
    close_office,
    close_unit,
    found_unit,
    open_office,
)
from nhipcau.records.organisations.services.loading import Loaded, load_units
from nhipcau.records.organisations.services.merging import Portion, merge_units, split_unit, transfer
from nhipcau.records.organisations.services.shaping import move_unit, rename_unit
from nhipcau.records.organisations.services.undoing import last_change, undo_last

__all__ = [
    "Basis",
    "Brought",
    "Draft",
    "Facts",
    "Loaded",
    "Portion",
    "add_code",
    "close_office",
    "close_unit",
    "end_code",
    "end_focal_point",
    "found_unit",
    "last_change",
    "load_edition",
    "load_units",
    "merge_units",
    "move_unit",
    "open_office",
    "rename_unit",
    "set_focal_point",
    "split_unit",
    "transfer",
    "undo_last",
]
