"""Geometry of drawings: pure functions from rows to coordinates that templates print as inline SVG.

May import the standard library only; texts are translated by the templates.
Go on with ``cascade.py``.
"""
