"""Writers of files and pages that leave the house, one module a format.

Pure: may import ``nhipcau.reading`` and nothing else of the product, no Django.
Go on with ``reading_html.py`` for the self-contained page of one reading.
"""
