"""Official documents: files, readings, mentions, candidates, relations, and the register of what came in.

May import ``foundation`` and ``organisations``.
Go on with ``models.py`` and ``services.py``.
"""
