"""Tests of the reader, module by module.

May import the product and the corpus loaders.
Go on with ``formats/``.
"""
