"""Tests of what is kept on persons. They may import pytest and the product.

Erasing works in the database itself, so its function is also called here as an enemy would.
Go on with ``test_erasing.py``.
"""
