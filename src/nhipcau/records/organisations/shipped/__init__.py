"""The tables of ``data/`` as acts of reorganisation, in the order of their days: pure, without the database.

May import foundation's names of levels and hierarchies and nothing that writes.
Go on with ``acts.py`` (what an act does), then ``provinces.py``; ``services/loading.py`` writes.
"""

from nhipcau.records.organisations.shipped.acts import Act
from nhipcau.records.organisations.shipped.bodies import acts_of_bodies
from nhipcau.records.organisations.shipped.communes import acts_of_communes
from nhipcau.records.organisations.shipped.provinces import acts_of_provinces
from nhipcau.records.organisations.shipped.tables import Edition, edition

__all__ = ["Act", "Edition", "edition", "shipped_acts"]


def shipped_acts() -> list[Act]:
    """Every act of the edition shipped, by their days; those of one day in the order they are carried out."""
    told = [*acts_of_bodies(), *acts_of_provinces(), *acts_of_communes()]
    return sorted(told, key=lambda act: act.day)
