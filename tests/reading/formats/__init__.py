"""Tests of the readers of formats.

May import the product and the sample makers beside it.
Go on with ``samples.py``, which builds the bytes of every format from a text.
"""
