"""Settings, addresses, the embedded database and the entry point: where the house is put together.

May import everything; nothing imports it.
Go on with ``main.py`` (the commands), ``settings.py`` and ``database/``.
"""
