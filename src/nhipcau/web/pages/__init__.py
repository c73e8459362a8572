"""Pages that are no register: sign-in, desk, receiving, reading, one document, cascades, jobs.

May import ``records``, ``reading`` and the rest of ``web``; a view calls one service, writes nothing itself.
Go on with ``desk.py``.
"""
