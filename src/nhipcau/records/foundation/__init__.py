"""What every area stands on: accounts, offices, grants, policies, references, events, versions, files, jobs.

May import only Django, the libraries and the pure floors.
Go on with ``models/``, then ``access.py`` (who may) and ``events.py`` (what was done).
"""
