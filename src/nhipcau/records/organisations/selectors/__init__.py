"""Reads of units as of a day: the tree, paths, histories, boundaries, search without marks.

May import this area's models and policies, foundation and the pure floors.
Go on with ``tree.py``, then ``history.py``, ``boundaries.py`` and ``search.py``.
"""

from nhipcau.records.organisations.selectors.acting import Done, Duty, code_lists, done_by, duties
from nhipcau.records.organisations.selectors.boundaries import Landing, Piece, Translation, translate
from nhipcau.records.organisations.selectors.history import (
    acts,
    acts_between,
    changed,
    coded,
    codes,
    focal_point,
    focal_points,
    places,
    predecessors,
    successors,
    versions,
)
from nhipcau.records.organisations.selectors.search import Choice, matching, named, picker
from nhipcau.records.organisations.selectors.tree import (
    Node,
    called_on,
    children,
    path,
    path_nodes,
    subtree,
    tops,
)

__all__ = [
    "Choice",
    "Done",
    "Duty",
    "Landing",
    "Node",
    "Piece",
    "Translation",
    "acts",
    "acts_between",
    "called_on",
    "changed",
    "children",
    "code_lists",
    "coded",
    "codes",
    "done_by",
    "duties",
    "focal_point",
    "focal_points",
    "matching",
    "named",
    "path",
    "path_nodes",
    "picker",
    "places",
    "predecessors",
    "subtree",
    "successors",
    "tops",
    "translate",
    "versions",
]
