"""Tests of Nhịp Cầu: what the product promises, each promise in a test's name or docstring.

They may import the package `nhipcau` and one another; nothing in `src` imports them.
Next: `tests/documents` (papers with their expected readings), `tests/chains` (papers that hang together).
"""
