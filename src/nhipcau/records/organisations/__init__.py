"""Units through time: versions, places in the tree, successions, codes; sole writer of the ancestor table.

May import ``foundation`` and the pure floors.
Go on with ``models/`` (what is kept), then ``services/`` (what may happen) and ``selectors/`` (as of a day).
"""
