"""In and out of the house: writers of files, and readers of what is no document.

May import the records and everything below them; ``formats`` alone is pure.
Go on with ``formats/``.
"""
