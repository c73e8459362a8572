"""Data of persons: what is kept on somebody, who read it, what was asked, and erasing it for good.

May import the foundation's models, events and policies, and ``reckoning``. The erasing itself is a
function of the database's owner: the application may only call it.
Go on with ``services.py``, then ``sheet.py`` (what the page shows) and ``outside.py`` (for restored backups).
"""
