"""Reads tables that come into the house (XLSX, ODS, CSV) row by row, within bounds.

Pure: may import ``nhipcau.reading`` and nothing else of the product, no Django.
Go on with ``book.py`` (what a table is to those who import it), then ``opening.py``.
"""
