"""Reads one official document and keeps, for every finding, its place in the text.

Pure: imports nothing of the other floors, no Django, no database, no network, no clock, no environment;
outside programs run only in ``formats/programs.py``.
Go on with ``reader.py`` (the order of the work), ``findings.py`` and ``tables/`` (the knowledge, as data).
"""
