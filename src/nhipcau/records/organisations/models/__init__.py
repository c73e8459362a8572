"""The tables of units through time, one subject a module.

May import foundation's models and each other downwards; holds tables and constraints, no business verbs.
Go on with ``changes.py`` (the acts that open and close every dated row), then ``units.py``.
"""

from nhipcau.records.organisations.models.changes import Change, Dated
from nhipcau.records.organisations.models.duties import FocalPoint
from nhipcau.records.organisations.models.editions import Edition
from nhipcau.records.organisations.models.successions import BOUNDARIES, Succession
from nhipcau.records.organisations.models.units import Hierarchy, ParentLink, UnitCode, UnitVersion

__all__ = [
    "BOUNDARIES",
    "Change",
    "Dated",
    "Edition",
    "FocalPoint",
    "Hierarchy",
    "ParentLink",
    "Succession",
    "UnitCode",
    "UnitVersion",
]
