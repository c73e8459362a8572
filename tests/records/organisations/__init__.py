"""Tests of ``records/organisations``.

May import that area and what it stands on.
Go on with the module named after the room.
"""
