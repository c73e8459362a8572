"""Bytes to text, one module a format; every size, ratio and time is bounded (``limits.py``).

May import only the standard library, lxml, olefile, Pillow and pypdfium2; outside programs run in
``programs.py`` alone.
Go on with ``opening.py``, which chooses the format by content.
"""
