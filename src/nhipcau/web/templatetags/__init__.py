"""Template tags of the pages: how a cell, a day and a lapse are written.

May import Django and ``records.foundation``; holds no queries.
Go on with ``cells.py``.
"""
