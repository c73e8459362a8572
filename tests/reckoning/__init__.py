"""Tests of ``reckoning``.

May import the package under test and nothing of the other floors.
Go on with ``test_boundaries.py``.
"""
