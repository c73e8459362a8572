"""Vietnamese forms of dates and numbers, as offices print them.

May import nothing; Django reads it by the setting `FORMAT_MODULE_PATH`.
Go on with ``formats.py``.
"""
