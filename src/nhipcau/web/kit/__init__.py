"""Draws a register from its declaration: list, search, filters, paging, export, history.

May import ``records.foundation`` and ``interchange``; it knows no area, grows no hook for one area (that area
replaces the page by an ordinary view), and its size is capped by a test.
Go on with ``pages.py``.
"""
