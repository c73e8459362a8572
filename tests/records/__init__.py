"""Tests of the records floor, one folder an area; the cast stands in ``tests/world.py``.

May import everything below the web.
Go on with ``conftest.py``.
"""
