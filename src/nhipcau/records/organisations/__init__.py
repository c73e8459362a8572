"""Units and their tree; the only writer of foundation's ancestor table.

May import ``foundation``.
Go on with ``services.py``.
"""
