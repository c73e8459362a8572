"""Backup and restore: the database and the files of one moment in one archive, with checksums.

May import the rest of ``site`` and, once the environment is set, everything of the house.
Go on with ``archive.py`` (what a backup is), then ``saving.py`` and ``restoring.py``.
"""
