"""Files that come into registers: looked at in memory, columns named, previewed, written by the areas.

May import the records and everything below them; it knows a register only by its declaration.
Go on with ``looking.py`` (the door), then ``planning.py`` (what each row means) and ``work.py`` (the jobs).
"""
