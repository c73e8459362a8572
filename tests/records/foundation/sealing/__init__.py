"""Tests of the seals. They may import pytest, psycopg and the product, and tamper as the owner may.

The whole machine of sealing works on connections of its own, so these tests open theirs (``house.py``).
Go on with ``test_tampering.py``: what an enemy does, and what is found.
"""
