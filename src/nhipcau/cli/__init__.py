"""The command line: each command a thin door to the same functions as the pages.

May import records, interchange and reading; commands that read files import no Django.
Go on with ``read.py``.
"""
