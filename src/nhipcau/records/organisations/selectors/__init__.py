"""Reads of units as of a day: the tree, paths, histories, boundaries, search without marks.

May import this area's models, foundation and the pure floors.
Go on with ``tree.py``, then ``history.py``, ``boundaries.py`` and ``search.py``.
"""

from nhipcau.records.organisations.selectors.search import named
from nhipcau.records.organisations.selectors.tree import path, subtree

__all__ = ["named", "path", "subtree"]
