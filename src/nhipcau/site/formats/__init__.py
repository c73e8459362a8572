"""How dates and numbers are written, by language, where it differs from Django's own.

May import nothing; Django reads it by the setting `FORMAT_MODULE_PATH`.
Go on with ``vi/formats.py``.
"""
