"""Reckons with what records hold: the order of Vietnamese names, boundaries of one day in those of another.

Pure: imports nothing of the other floors, no Django, no database, no network, no clock, no environment.
Go on with ``boundaries.py``, then ``sorting.py``.
"""
