"""Folders of papers that hang together, each with the edges that a careful clerk draws (`expected.toml`).

This package imports the standard library only, never the program that proposes edges.
Next: `expected.py` loads the folders and says what an edge holds.
"""
