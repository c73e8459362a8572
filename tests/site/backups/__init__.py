"""Backup and restore: what an archive holds, and that nothing is lost between the two.

May import ``nhipcau.site`` and the fixtures of ``tests/site``.
Go on with ``test_archive.py``.
"""
