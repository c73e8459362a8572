"""Seals over the trail: what was written is closed minute by minute, so that any later change is found.

May import the foundation's models, ``cryptography`` and ``psycopg``; ``tree``, ``snapshots`` and ``forms``
are pure and import nothing of ours but each other.
Go on with ``docs/decisions/0012-seals.md``, then ``sealer.py`` (writes) and ``verifying.py`` (looks).
"""
