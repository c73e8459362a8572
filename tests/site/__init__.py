"""The house itself: the embedded database, the roles, the commands and the door ./run.

They may import everything, and start real servers and processes, which each test ends.
Next: `test_ending.py`, which kills what must not be missed.
"""
