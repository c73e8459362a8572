"""The rules of the house, each a test: floors, writes, sizes, data, languages, what must not be in the tree.

They read the source as text and syntax; only where a rule is about the database do they enter it.
Next: `tree.py`, which lists the files that the rules are about.
"""
